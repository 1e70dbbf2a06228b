namespace Arena.Ranking.Games;

/// <summary>Expected payoffs under mixed strategies, and what they say about an equilibrium.</summary>
internal sealed class PopulationGame(PayoffTables tables)
{
    private readonly int[] _strategies = [.. tables.Strategies];

    /// <summary>What each strategy of each population gets when the others mix as given.</summary>
    public void Payoffs(double[][] mixed, double[][] payoffs)
    {
        foreach (double[] own in payoffs)
        {
            Array.Clear(own);
        }

        if (tables.IsSymmetric)
        {
            ReadOnlySpan<double> table = tables.Payoffs(0);
            int n = _strategies[0];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    payoffs[0][i] += table[i * n + j] * mixed[0][j];
                }
            }

            return;
        }

        int players = _strategies.Length;
        Span<int> profile = stackalloc int[Math.Min(players, 64)];
        profile = players > 64 ? new int[players] : profile;
        profile.Clear();
        for (int cell = 0; cell < tables.Cells; cell++)
        {
            for (int k = 0; k < players; k++)
            {
                double probability = 1;
                for (int other = 0; other < players; other++)
                {
                    probability *= other == k ? 1 : mixed[other][profile[other]];
                }

                payoffs[k][profile[k]] += probability * tables.Payoffs(k)[cell];
            }

            for (int k = players - 1; k >= 0 && ++profile[k] == _strategies[k]; k--)
            {
                profile[k] = 0;
            }
        }
    }

    /// <summary>Room for one number a strategy.</summary>
    public double[][] Room() => Array.ConvertAll(_strategies, own => new double[own]);

    /// <summary>What the players could gain by leaving, added up.</summary>
    public static double Gap(double[][] mixed, double[][] payoffs) => mixed.Zip(payoffs, (p, u) => u.Max() - Expected(p, u)).Sum();

    /// <summary>What a population gets that mixes so.</summary>
    public static double Expected(double[] p, double[] u) => p.Zip(u, (a, b) => a * b).Sum();
}
