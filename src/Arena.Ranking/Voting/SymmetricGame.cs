using Arena.Ranking.Games;

namespace Arena.Ranking.Voting;

/// <summary>Optimal strategies of a game in which both players have the same choices and what one wins the other loses: value 0.</summary>
internal static class SymmetricGame
{
    /// <summary>Above this many choices, a strategy that the simplex tableau does not show to be unique is called not unique without looking.</summary>
    private const int MostExplored = 60;

    /// <summary>An optimal strategy.</summary>
    /// <param name="Strategy">Probabilities.</param>
    /// <param name="Gap">What the best answer wins against it.</param>
    /// <param name="Unique">Whether it is the only one.</param>
    public sealed record Solution(double[] Strategy, double Gap, bool Unique);

    /// <summary>An optimal strategy.</summary>
    /// <param name="payoffs">n × n, row by row, antisymmetric.</param>
    /// <param name="n">Choices.</param>
    public static Solution Solve(double[] payoffs, int n)
    {
        (double[] strategy, bool unique) = Optimum(payoffs, n);
        if (!unique && n <= MostExplored)
        {
            List<double[]> extremes = n <= OptimalVertices.Most ? OptimalVertices.All(Scaled(payoffs), n) : Extremes(Scaled(payoffs), n);
            (strategy, unique) = (Average(extremes), extremes.Count == 1);
        }

        return new Solution(strategy, Gap(payoffs, strategy), unique);
    }

    /// <summary>One optimal strategy, as quickly as can be.</summary>
    public static double[] AnyStrategy(double[] payoffs, int n) => Optimum(payoffs, n).Strategy;

    /// <summary>
    /// With the value v = 2 of payoffs lifted to 1 … 3: the shadow prices of max Σ y, B y ≤ 1 satisfy xᵀB ≥ 1 with Σ x = ½.
    /// </summary>
    private static (double[] Strategy, bool Unique) Optimum(double[] payoffs, int n)
    {
        double[] lifted = Scaled(payoffs), ones = new double[n];
        Array.Fill(ones, 1);
        for (int k = 0; k < lifted.Length; k++)
        {
            lifted[k] += 2;
        }

        LinearProgram.Optimum optimum = LinearProgram.Maximise(ones, lifted, ones)
            ?? throw new InvalidOperationException("The program of a game with positive payoffs is bounded, but no bound was found.");
        return (Normalised(optimum.Dual), optimum.DualIsUnique);
    }

    /// <summary>For every choice the optimal strategy that plays it most, each strategy once: max pᵢ with pᵀM ≥ 0, Σ p ≤ 1.</summary>
    private static List<double[]> Extremes(double[] scaled, int n)
    {
        var rows = new double[(n + 1) * n];
        for (int i = 0; i < n; i++)
        {
            rows[n * n + i] = 1;
            for (int j = 0; j < n; j++)
            {
                rows[j * n + i] = -scaled[i * n + j];
            }
        }

        var bounds = new double[n + 1];
        bounds[n] = 1;
        var extremes = new List<double[]>();
        for (int i = 0; i < n; i++)
        {
            var costs = new double[n];
            costs[i] = 1;
            if (LinearProgram.Maximise(costs, rows, bounds) is { } optimum && optimum.Primal[i] > OptimalVertices.Same)
            {
                OptimalVertices.AddNew(extremes, Normalised(optimum.Primal));
            }
        }

        return extremes;
    }

    private static double[] Average(List<double[]> strategies)
    {
        var average = new double[strategies[0].Length];
        foreach (double[] strategy in strategies)
        {
            for (int i = 0; i < average.Length; i++)
            {
                average[i] += strategy[i] / strategies.Count;
            }
        }

        return average;
    }

    private static double Gap(double[] payoffs, double[] strategy)
    {
        int n = strategy.Length;
        double gap = 0;
        for (int j = 0; j < n; j++)
        {
            double loses = 0;
            for (int i = 0; i < n; i++)
            {
                loses -= strategy[i] * payoffs[i * n + j];
            }

            gap = Math.Max(gap, loses);
        }

        return gap;
    }

    private static double[] Scaled(double[] payoffs)
    {
        double most = payoffs.Max(Math.Abs);
        return [.. payoffs.Select(p => most > 0 ? p / most : 0)];
    }

    private static double[] Normalised(double[] weights)
    {
        double sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }
}
