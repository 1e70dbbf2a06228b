namespace Arena.Ranking.Metrics;

/// <summary>How far two lists of numbers of the same items are apart, as orders and as numbers.</summary>
public static class RankDistance
{
    /// <summary>Pair inversions: pairs that the two lists order oppositely (Kendall's distance). A pair tied in either is no inversion.</summary>
    public static long Inversions(ReadOnlySpan<double> first, ReadOnlySpan<double> second) => PairOrder.Of(first, second).Discordant;

    /// <summary>Inversions / pairs, in [0, 1]; null with fewer than two items.</summary>
    public static double? InversionShare(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        PairOrder order = PairOrder.Of(first, second);
        return order.Pairs == 0 ? null : (double)order.Discordant / order.Pairs;
    }

    /// <summary>Inversions + ½ · pairs tied in one list only: the distance between rankings with ties (Kemeny 1959, p = ½ of Fagin and others 2004).</summary>
    public static double InversionsWithTies(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        PairOrder order = PairOrder.Of(first, second);
        return order.Discordant + (order.TiedFirst + order.TiedSecond - 2 * order.TiedBoth) / 2.0;
    }

    /// <summary>Spearman's footrule: Σ |rank in the first − rank in the second|, equal numbers sharing the average rank.</summary>
    public static double Footrule(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Numbers.RequirePaired(first, second);
        double[] x = Numbers.AverageRanks(first), y = Numbers.AverageRanks(second);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += Math.Abs(x[i] - y[i]);
        }

        return sum;
    }

    /// <summary>Root of the mean squared difference after each list's mean is taken off: for log-strengths, which have no zero. Null without an item.</summary>
    public static double? CentredRootMeanSquare(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Numbers.RequirePaired(first, second);
        if (first.IsEmpty)
        {
            return null;
        }

        double[] x = first.ToArray(), y = second.ToArray();
        MeanZero.Centre(x);
        MeanZero.Centre(y);
        return Math.Sqrt(x.Zip(y, (a, b) => (a - b) * (a - b)).Average());
    }

    /// <summary>
    /// Share of the k best by the first list that are among the k best by the second, in [0, 1]. Where a tie crosses
    /// place k, each of the tied has an equal part of the places left, and parts are added as min of the two.
    /// </summary>
    /// <param name="first">n numbers, larger is better.</param>
    /// <param name="second">n numbers of the same items.</param>
    /// <param name="k">1 … n.</param>
    public static double TopOverlap(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int k)
    {
        Numbers.RequirePaired(first, second);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, first.Length);
        double[] x = Membership(first, k), y = Membership(second, k);
        return x.Zip(y, Math.Min).Sum() / k;
    }

    /// <summary>Ranks from 1, largest number first; equal numbers share the average of their places.</summary>
    /// <exception cref="ArgumentException">A number is NaN.</exception>
    public static double[] AverageRanks(ReadOnlySpan<double> values)
    {
        Numbers.Require(values);
        double[] ranks = Numbers.AverageRanks(values);
        for (int i = 0; i < ranks.Length; i++)
        {
            ranks[i] = ranks.Length + 1 - ranks[i];
        }

        return ranks;
    }

    private static double[] Membership(ReadOnlySpan<double> values, int k)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted, (a, b) => b.CompareTo(a));
        double edge = sorted[k - 1];
        int above = sorted.Count(v => v > edge), at = sorted.Count(v => v.Equals(edge));
        double part = (double)(k - above) / at;
        var membership = new double[values.Length];
        for (int i = 0; i < membership.Length; i++)
        {
            membership[i] = values[i] > edge ? 1 : values[i].Equals(edge) ? part : 0;
        }

        return membership;
    }
}
