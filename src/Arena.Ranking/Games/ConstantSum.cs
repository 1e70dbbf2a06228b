namespace Arena.Ranking.Games;

/// <summary>Games of two whose payoffs add up to the same in every cell.</summary>
internal static class ConstantSum
{
    /// <summary>What both get together, or null when that differs or there are not two players.</summary>
    public static double? Of(PayoffTables tables)
    {
        ReadOnlySpan<double> first = tables.Payoffs(0);
        double sum = tables.IsSymmetric ? 2 * first[0] : tables.Players == 2 ? first[0] + tables.Payoffs(1)[0] : double.NaN;
        for (int cell = 0; cell < first.Length; cell++)
        {
            double other = Other(tables, cell);
            if (!(Math.Abs(first[cell] + other - sum) <= 1e-14 + 1e-12 * (Math.Abs(first[cell]) + Math.Abs(other) + Math.Abs(sum))))
            {
                return null;
            }
        }

        return sum;
    }

    /// <summary>What the first player's opponent gets in a cell.</summary>
    private static double Other(PayoffTables tables, int cell)
    {
        if (!tables.IsSymmetric)
        {
            return tables.Players == 2 ? tables.Payoffs(1)[cell] : double.NaN;
        }

        (int row, int column) = Math.DivRem(cell, tables.Strategies[0]);
        return tables.Payoffs(0)[column * tables.Strategies[0] + row];
    }
}
