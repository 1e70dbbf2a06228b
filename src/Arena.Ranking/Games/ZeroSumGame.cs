namespace Arena.Ranking.Games;

/// <summary>Optimal strategies of a game whose payoffs add up to a constant, by linear program.</summary>
internal static class ZeroSumGame
{
    public static Equilibrium Solve(PayoffTables tables)
    {
        int rows = tables.Strategies[0], columns = tables.Strategies[^1];
        (double[] first, double[] second, int pivots, bool unique) = Solve(tables.Payoffs(0), rows, columns);
        return new Equilibrium(tables.IsSymmetric ? [first] : [first, second], unique, new FitDiagnostics(pivots, StopReason.Converged, double.PositiveInfinity, []));
    }

    /// <summary>
    /// With payoffs moved into 1 … 2, the second player maximises Σ y subject to B y ≤ 1, y ≥ 0; y and the rows' prices, each brought to sum 1,
    /// are both players' optimal strategies.
    /// </summary>
    private static (double[] First, double[] Second, int Pivots, bool Unique) Solve(ReadOnlySpan<double> payoffs, int rows, int columns)
    {
        (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double payoff in payoffs)
        {
            (least, most) = (Math.Min(least, payoff), Math.Max(most, payoff));
        }

        double range = most > least ? most - least : 1;
        var matrix = new double[payoffs.Length];
        for (int i = 0; i < matrix.Length; i++)
        {
            matrix[i] = 1 + (payoffs[i] - least) / range;
        }

        double[] costs = new double[columns], bounds = new double[rows];
        Array.Fill(costs, 1);
        Array.Fill(bounds, 1);
        LinearProgram.Optimum optimum = LinearProgram.Maximise(costs, matrix, bounds)
            ?? throw new InvalidOperationException("A game with positive payoffs has a bounded program.");
        return (Normalised(optimum.Dual), Normalised(optimum.Primal), optimum.Pivots, optimum.PrimalIsUnique && optimum.DualIsUnique);
    }

    private static double[] Normalised(double[] weights)
    {
        double sum = weights.Sum();
        return Array.ConvertAll(weights, w => w / sum);
    }
}
