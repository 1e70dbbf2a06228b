using MathNet.Numerics.LinearAlgebra;
using static System.Numerics.BitOperations;

namespace Arena.Ranking.Voting;

/// <summary>All extreme optimal strategies of a small symmetric zero-sum game, by trying every support with every set of tight answers.</summary>
internal static class OptimalVertices
{
    /// <summary>Largest game tried: 11,440 linear systems.</summary>
    public const int Most = 8;

    /// <summary>Strategies differ when a probability differs by more than this.</summary>
    public const double Same = 1e-9;

    /// <summary>All of them.</summary>
    /// <param name="payoffs">n × n, row by row, antisymmetric, at most 1.</param>
    /// <param name="n">Choices, at most <see cref="Most"/>.</param>
    public static List<double[]> All(double[] payoffs, int n)
    {
        var vertices = new List<double[]>();
        for (uint support = 1; support < 1u << n; support++)
        {
            for (uint tight = 0; tight < 1u << n; tight++)
            {
                if (PopCount(tight) == PopCount(support) - 1
                    && Solve(payoffs, n, Members(support), Members(tight)) is { } strategy
                    && IsOptimal(payoffs, strategy))
                {
                    AddNew(vertices, strategy);
                }
            }
        }

        return vertices;
    }

    public static void AddNew(List<double[]> strategies, double[] strategy)
    {
        if (!strategies.Exists(s => s.Zip(strategy, (a, b) => Math.Abs(a - b)).Max() <= Same))
        {
            strategies.Add(strategy);
        }
    }

    /// <summary>The one strategy on a support that draws against the tight answers, if there is just one.</summary>
    private static double[]? Solve(double[] payoffs, int n, int[] support, int[] tight)
    {
        int k = support.Length;
        Matrix<double> system = Matrix<double>.Build.Dense(k, k, (row, column) => row == k - 1 ? 1 : payoffs[support[column] * n + tight[row]]);
        if (Math.Abs(system.Determinant()) <= 1e-12)
        {
            return null;
        }

        Vector<double> solution = system.LU().Solve(Vector<double>.Build.Dense(k, row => row == k - 1 ? 1 : 0));
        var strategy = new double[n];
        for (int s = 0; s < k; s++)
        {
            strategy[support[s]] = Math.Max(0, solution[s]);
        }

        return solution.Minimum() >= -Same ? strategy : null;
    }

    private static bool IsOptimal(double[] payoffs, double[] strategy)
    {
        int n = strategy.Length;
        for (int j = 0; j < n; j++)
        {
            double wins = 0;
            for (int i = 0; i < n; i++)
            {
                wins += strategy[i] * payoffs[i * n + j];
            }

            if (wins < -Same)
            {
                return false;
            }
        }

        return true;
    }

    private static int[] Members(uint set) => [.. Enumerable.Range(0, 32).Where(i => (set >> i & 1) != 0)];
}
