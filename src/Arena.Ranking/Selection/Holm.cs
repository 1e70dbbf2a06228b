namespace Arena.Ranking.Selection;

/// <summary>Holm's correction (Holm 1979) for several comparisons on one page: whatever their dependence, the chance of any false finding stays at α.</summary>
public static class Holm
{
    /// <summary>Adjusted p-values, in the order given: max over smaller ones of (m − rank + 1)·p, at most 1. Those at or under α are findings.</summary>
    /// <exception cref="ArgumentException">A p-value is not inside [0, 1].</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues) => Adjust(pValues, pValues.Length);

    /// <summary>The same for the smallest p-values of that many tests: those above α correct nothing that is a finding.</summary>
    internal static double[] Adjust(ReadOnlySpan<double> pValues, int tests)
    {
        (int[] order, double[] adjusted) = PValues.Sort(pValues);
        double most = 0;
        for (int k = 0; k < order.Length; k++)
        {
            most = Math.Max(most, Math.Min(1, (tests - k) * pValues[order[k]]));
            adjusted[order[k]] = most;
        }

        return adjusted;
    }
}
