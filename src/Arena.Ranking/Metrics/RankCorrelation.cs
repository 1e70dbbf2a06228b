using MathNet.Numerics.Distributions;

namespace Arena.Ranking.Metrics;

/// <summary>
/// How alike two lists of numbers order the same items, from −1 (opposite) to 1 (alike). Where a coefficient is not
/// defined (fewer than two items, a list without any difference) the answer is null, never NaN.
/// </summary>
public static class RankCorrelation
{
    /// <summary>Kendall's τ-a: (concordant − discordant) / pairs; a tie counts as neither. Null with fewer than two items.</summary>
    public static double? KendallTauA(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        PairOrder order = PairOrder.Of(first, second);
        return Ratio(order.Concordant - order.Discordant, order.Pairs);
    }

    /// <summary>Kendall's τ-b: (C − D) / √((pairs − tied in the first)(pairs − tied in the second)) (Kendall 1945). O(n log n).</summary>
    public static double? KendallTauB(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        PairOrder order = PairOrder.Of(first, second);
        return Ratio(order.Concordant - order.Discordant, Math.Sqrt(order.Pairs - order.TiedFirst) * Math.Sqrt(order.Pairs - order.TiedSecond));
    }

    /// <summary>Stuart's τ-c: 2 (C − D) / (n² (m − 1)/m), m the fewer of the two lists' distinct values.</summary>
    public static double? KendallTauC(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        PairOrder order = PairOrder.Of(first, second);
        double n = first.Length, m = Math.Min(Numbers.Distinct(first), Numbers.Distinct(second));
        return m < 2 ? null : Ratio(2.0 * (order.Concordant - order.Discordant), n * n * (m - 1) / m);
    }

    /// <summary>Somers' D of the second given the first: (C − D) / pairs that differ in the first.</summary>
    public static double? SomersD(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        PairOrder order = PairOrder.Of(first, second);
        return order.Pairs == order.TiedSecond ? null : Ratio(order.Concordant - order.Discordant, order.Pairs - order.TiedFirst);
    }

    /// <summary>
    /// Vigna's weighted τ (2015) with hyperbolic additive weights 1/(r + 1) + 1/(s + 1): exchanges at the top count
    /// most. Ranks by the first list and by the second, averaged. O(n²).
    /// </summary>
    public static double? WeightedTau(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Numbers.RequirePaired(first, second);
        return (Weighted(first.ToArray(), second.ToArray()) + Weighted(second.ToArray(), first.ToArray())) / 2;
    }

    /// <summary>Spearman's ρ: Pearson's correlation of average ranks.</summary>
    public static double? Spearman(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Numbers.RequirePaired(first, second);
        return Pearson(Numbers.AverageRanks(first), Numbers.AverageRanks(second));
    }

    /// <summary>Pearson's correlation of the numbers themselves.</summary>
    public static double? Pearson(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Numbers.RequirePaired(first, second);
        if (first.Length < 2 || Numbers.Distinct(first) < 2 || Numbers.Distinct(second) < 2)
        {
            return null;
        }

        (double meanX, double meanY, double xx, double yy, double xy) = (0, 0, 0, 0, 0);
        for (int i = 0; i < first.Length; i++)
        {
            meanX += first[i] / first.Length;
            meanY += second[i] / second.Length;
        }

        for (int i = 0; i < first.Length; i++)
        {
            double dx = first[i] - meanX, dy = second[i] - meanY;
            (xx, yy, xy) = (xx + dx * dx, yy + dy * dy, xy + dx * dy);
        }

        return Ratio(xy, Math.Sqrt(xx) * Math.Sqrt(yy)) is { } r ? Math.Clamp(r, -1, 1) : null;
    }

    /// <summary>
    /// Two-sided p-value of τ-b = 0. Exact (Kendall 1970) without ties and with at most 33 items or all but one pair
    /// alike; normal with the variance corrected for ties otherwise.
    /// </summary>
    public static double? KendallPValue(ReadOnlySpan<double> first, ReadOnlySpan<double> second) =>
        KendallTauB(first, second) is null ? null : KendallTest.PValue(first, second);

    /// <summary>Two-sided p-value of ρ = 0, by Student's t with n − 2 degrees of freedom. Null with fewer than three items.</summary>
    public static double? SpearmanPValue(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        int freedom = first.Length - 2;
        if (freedom < 1 || Spearman(first, second) is not { } rho)
        {
            return null;
        }

        if (Math.Abs(rho) >= 1)
        {
            return 0;
        }

        double t = Math.Abs(rho) * Math.Sqrt(freedom / ((1 + rho) * (1 - rho)));
        return 2 * StudentT.CDF(0, 1, freedom, -t);
    }

    private static double? Weighted(double[] x, double[] y)
    {
        int[] order = [.. Enumerable.Range(0, x.Length).OrderBy(i => x[i]).ThenBy(i => y[i])];
        var weight = new double[x.Length];
        for (int k = 0; k < order.Length; k++)
        {
            weight[order[k]] = 1.0 / (order.Length - k);
        }

        (double both, double ofX, double ofY) = (0, 0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = i + 1; j < x.Length; j++)
            {
                double w = weight[i] + weight[j];
                int sx = x[i].CompareTo(x[j]), sy = y[i].CompareTo(y[j]);
                both += w * sx * sy;
                ofX += w * (sx * sx);
                ofY += w * (sy * sy);
            }
        }

        return Ratio(both, Math.Sqrt(ofX) * Math.Sqrt(ofY));
    }

    /// <summary>A coefficient, which lies in [−1, 1], but for rounding.</summary>
    private static double? Ratio(double over, double under) => under > 0 && double.IsFinite(over / under) ? Math.Clamp(over / under, -1, 1) : null;
}
