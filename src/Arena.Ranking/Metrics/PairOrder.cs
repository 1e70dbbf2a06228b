namespace Arena.Ranking.Metrics;

/// <summary>How the pairs of n items stand in two lists of numbers: counted in O(n log n) by sorting and merging (Knight 1966).</summary>
/// <param name="Concordant">Pairs that both lists order alike.</param>
/// <param name="Discordant">Pairs that the lists order oppositely.</param>
/// <param name="TiedFirst">Pairs equal in the first list, in the second or not.</param>
/// <param name="TiedSecond">Pairs equal in the second list, in the first or not.</param>
/// <param name="TiedBoth">Pairs equal in both lists.</param>
public sealed record PairOrder(long Concordant, long Discordant, long TiedFirst, long TiedSecond, long TiedBoth)
{
    /// <summary>All pairs, n(n − 1)/2.</summary>
    public long Pairs => Concordant + Discordant + TiedFirst + TiedSecond - TiedBoth;

    /// <summary>Counts the pairs.</summary>
    /// <param name="first">n numbers, none of them NaN.</param>
    /// <param name="second">n numbers of the same items.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a number is NaN.</exception>
    public static PairOrder Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Numbers.RequirePaired(first, second);
        int n = first.Length;
        double[] x = first.ToArray(), y = second.ToArray();
        var order = new int[n];
        for (int i = 0; i < n; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => x[a].CompareTo(x[b]) is not 0 and var c ? c : y[a].CompareTo(y[b]));
        long tiedFirst = 0, tiedBoth = 0;
        var sorted = new double[n];
        for (int k = 0, runX = 0, runBoth = 0; k < n; k++)
        {
            bool sameX = k > 0 && x[order[k]].Equals(x[order[k - 1]]);
            runX = sameX ? runX + 1 : 0;
            runBoth = sameX && y[order[k]].Equals(y[order[k - 1]]) ? runBoth + 1 : 0;
            tiedFirst += runX;
            tiedBoth += runBoth;
            sorted[k] = y[order[k]];
        }

        long discordant = Inversions(sorted, new double[n]);
        long tiedSecond = 0;
        for (int k = 1, run = 0; k < n; k++)
        {
            run = sorted[k].Equals(sorted[k - 1]) ? run + 1 : 0;
            tiedSecond += run;
        }

        long pairs = (long)n * (n - 1) / 2;
        return new PairOrder(pairs - discordant - tiedFirst - tiedSecond + tiedBoth, discordant, tiedFirst, tiedSecond, tiedBoth);
    }

    /// <summary>Sorts ascending and counts pairs that stood the other way round.</summary>
    private static long Inversions(Span<double> values, Span<double> buffer)
    {
        if (values.Length < 2)
        {
            return 0;
        }

        int half = values.Length / 2;
        long inversions = Inversions(values[..half], buffer[..half]) + Inversions(values[half..], buffer[half..]);
        for (int left = 0, right = half, next = 0; next < values.Length; next++)
        {
            if (right == values.Length || (left < half && values[left] <= values[right]))
            {
                buffer[next] = values[left++];
            }
            else
            {
                inversions += half - left;
                buffer[next] = values[right++];
            }
        }

        buffer[..values.Length].CopyTo(values);
        return inversions;
    }
}
