using MathNet.Numerics;

namespace Arena.Ranking.Metrics;

/// <summary>The distribution of Kendall's statistic when the two orders have nothing to do with each other.</summary>
internal static class KendallTest
{
    private const int MostExact = 33;

    public static double PValue(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        PairOrder order = PairOrder.Of(first, second);
        int n = first.Length;
        long fewer = Math.Min(order.Discordant, order.Pairs - order.Discordant);
        if (order.TiedFirst == 0 && order.TiedSecond == 0 && (n <= MostExact || fewer <= 1))
        {
            return Exact(n, fewer);
        }

        double statistic = order.Concordant - order.Discordant;
        (double x0, double x1, double xv) = Ties(first);
        (double y0, double y1, double yv) = Ties(second);
        double m = n * (n - 1.0);
        double variance = (m * (2 * n + 5) - xv - yv) / 18
            + 2 * x0 * y0 / m
            + (n > 2 ? x1 * y1 / (9 * m * (n - 2)) : 0);
        return SpecialFunctions.Erfc(Math.Abs(statistic) / Math.Sqrt(2 * variance));
    }

    /// <summary>P(at most c or at least pairs − c inversions) of a random permutation of n; the counts per n by the usual recursion, each divided by n at once.</summary>
    private static double Exact(int n, long c)
    {
        if (2 * c == (long)n * (n - 1) / 2)
        {
            return 1;
        }

        // share[k] of permutations of m items have k inversions
        var share = new double[c + 1];
        share[0] = 1;
        for (int m = 2; m <= n; m++)
        {
            double window = 0;
            var next = new double[c + 1];
            for (long k = 0; k <= c; k++)
            {
                window += share[k] - (k >= m ? share[k - m] : 0);
                next[k] = window / m;
            }

            share = next;
        }

        return Math.Min(1, 2 * share.Sum());
    }

    /// <summary>Over groups of t equal values: Σ t(t−1)/2, Σ t(t−1)(t−2), Σ t(t−1)(2t+5).</summary>
    private static (double Pairs, double Triples, double Variance) Ties(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        (double pairs, double triples, double variance) = (0, 0, 0);
        for (int from = 0, to = 0; from < sorted.Length; from = to)
        {
            while (to < sorted.Length && sorted[to].Equals(sorted[from]))
            {
                to++;
            }

            double t = to - from;
            pairs += t * (t - 1) / 2;
            triples += t * (t - 1) * (t - 2);
            variance += t * (t - 1) * (2 * t + 5);
        }

        return (pairs, triples, variance);
    }
}
