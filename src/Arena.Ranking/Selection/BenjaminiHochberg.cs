namespace Arena.Ranking.Selection;

/// <summary>Benjamini–Hochberg (1995): of all findings a share of at most q is false, on average, for independent or positively dependent tests.</summary>
public static class BenjaminiHochberg
{
    /// <summary>Adjusted p-values, in the order given: min over larger ones of m·p/rank. Those at or under q are findings.</summary>
    /// <exception cref="ArgumentException">A p-value is not inside [0, 1].</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        (int[] order, double[] adjusted) = PValues.Sort(pValues);
        double least = 1;
        for (int k = order.Length - 1; k >= 0; k--)
        {
            least = Math.Min(least, order.Length * pValues[order[k]] / (k + 1));
            adjusted[order[k]] = least;
        }

        return adjusted;
    }
}
