using Arena.Ranking.Resampling;

namespace Arena.Ranking.Tests.Games;

/// <summary>Games drawn from a seed.</summary>
internal static class RandomGames
{
    public static PayoffTables Symmetric(int strategies, int seed, double size = 1)
    {
        var random = new Xoshiro256((ulong)seed, 0);
        double[] payoffs = new double[strategies * strategies];
        for (int i = 0; i < payoffs.Length; i++)
        {
            payoffs[i] = Payoff(ref random, size);
        }

        return PayoffTables.Symmetric(strategies, payoffs);
    }

    public static PayoffTables Antisymmetric(int strategies, int seed)
    {
        PayoffTables any = Symmetric(strategies, seed);
        ReadOnlySpan<double> payoffs = any.Payoffs(0);
        double[] difference = new double[payoffs.Length];
        for (int i = 0; i < strategies; i++)
        {
            for (int j = 0; j < strategies; j++)
            {
                difference[i * strategies + j] = payoffs[i * strategies + j] - payoffs[j * strategies + i];
            }
        }

        return PayoffTables.Symmetric(strategies, difference);
    }

    public static PayoffTables General(int[] strategies, int seed, double size = 1)
    {
        var random = new Xoshiro256((ulong)seed, 1);
        int cells = strategies.Aggregate(1, (a, b) => a * b);
        double[][] payoffs = new double[strategies.Length][];
        for (int k = 0; k < payoffs.Length; k++)
        {
            payoffs[k] = new double[cells];
            for (int i = 0; i < cells; i++)
            {
                payoffs[k][i] = Payoff(ref random, size);
            }
        }

        return PayoffTables.General(strategies, payoffs);
    }

    /// <summary>A symmetric game with its strategies in another order.</summary>
    public static PayoffTables Permuted(PayoffTables tables, int[] order)
    {
        int n = order.Length;
        double[] payoffs = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                payoffs[i * n + j] = tables.Payoffs(0)[order[i] * n + order[j]];
            }
        }

        return PayoffTables.Symmetric(n, payoffs);
    }

    private static double Payoff(ref Xoshiro256 random, double size) => Math.Round(size * (2 * random.NextDouble() - 1), 3);
}
