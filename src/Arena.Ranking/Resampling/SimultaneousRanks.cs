using System.Runtime.InteropServices;

namespace Arena.Ranking.Resampling;

/// <summary>What is known of a pair before simultaneity: the estimate, its errors, and how many samples stand behind it.</summary>
/// <param name="Difference">How much better the first is.</param>
/// <param name="StandardError">For the pointwise interval.</param>
/// <param name="Scale">For the simultaneous one; 0 when the two cannot be told apart at all.</param>
/// <param name="Samples">Samples behind it (for small-sample factors).</param>
/// <param name="Common">Samples that both were measured on.</param>
/// <param name="Discordant">Those of them on which they differ.</param>
/// <param name="Bound">Half-width, pointwise and simultaneous, where the data give no standard error; 0 elsewhere.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PairEstimate(
    double Difference,
    double StandardError,
    double Scale,
    int Samples,
    int Common,
    int Discordant,
    (double Point, double Simultaneous) Bound = default);

/// <summary>
/// From bootstrap maxima to separated pairs and rank intervals. Two competitors are separated only when the interval
/// difference ± critical · scale · factor excludes 0, where critical is the quantile over rounds of
/// max over pairs |difference* − difference| / scale, never less than the pointwise normal quantile, and
/// factor widens pairs that share few samples.
/// </summary>
internal static class SimultaneousRanks
{
    public static (PairComparisons Pairs, double Critical) Separate(
        int competitors, ReadOnlySpan<PairEstimate> estimates, double[] roundMaxima, Quantiles quantiles, bool normalQuantiles = false)
    {
        Array.Sort(roundMaxima);
        double critical = Math.Max(quantiles.Normal, quantiles.Upper(roundMaxima));
        var pairs = new PairComparison[estimates.Length];
        for (int k = 0; k < pairs.Length; k++)
        {
            PairEstimate e = estimates[k];
            bool comparable = e.Scale > 0 && e.Samples >= 2;
            double point = Math.Max(e.Bound.Point, e.StandardError * (normalQuantiles ? quantiles.Normal : quantiles.StudentOf(e.Samples)));
            double half = comparable ? critical * e.Scale * quantiles.SmallSampleFactor(e.Samples) : 0;
            half = Math.Max(Math.Max(half, point), e.Bound.Simultaneous);
            pairs[k] = new PairComparison(
                e.Difference,
                e.StandardError,
                e.Difference - point,
                e.Difference + point,
                e.Difference - half,
                e.Difference + half,
                e.Common,
                e.Discordant,
                comparable && Math.Abs(e.Difference) > half);
        }

        return (new PairComparisons(competitors, pairs), critical);
    }

    /// <summary>Best and worst rank of each competitor: 1 + certainly better, n − certainly worse.</summary>
    public static (int Low, int High)[] Ranks(PairComparisons pairs)
    {
        int n = pairs.Competitors;
        var (better, worse) = (new int[n], new int[n]);
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                if (pairs[i, j] is { Separated: true } pair)
                {
                    Count(i, j, pair.Difference, better, worse);
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => (1 + better[i], n - worse[i]))];
    }

    /// <summary>The same from ratings and the half-width of each pair's simultaneous interval (asked for with the smaller index first); no half-width separates nobody.</summary>
    public static (int Low, int High)[] Ranks(double[] ratings, Func<int, int, double> halfWidth)
    {
        int n = ratings.Length;
        var (better, worse) = (new int[n], new int[n]);
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                double difference = ratings[i] - ratings[j], half = halfWidth(i, j);
                if (half > 0 && Math.Abs(difference) > half)
                {
                    Count(i, j, difference, better, worse);
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => (1 + better[i], n - worse[i]))];
    }

    private static void Count(int i, int j, double difference, int[] better, int[] worse)
    {
        (int winner, int loser) = difference > 0 ? (i, j) : (j, i);
        better[loser]++;
        worse[winner]++;
    }

    /// <summary>Competitors best first; equal ones by index.</summary>
    public static int[] Order(double[] offsets) =>
        [.. Enumerable.Range(0, offsets.Length).OrderByDescending(i => offsets[i]).ThenBy(i => i)];
}
