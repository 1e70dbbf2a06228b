namespace Arena.Ranking.Games;

/// <summary>Games behind payoffs. Where nobody counted, a payoff is one observation.</summary>
internal static class PayoffEvidence
{
    /// <summary>Games of the board, of every strategy of a population, and (a single population) of two strategies against each other.</summary>
    public static (Evidence Board, Evidence[] Strategies, Func<int, int, (int Common, int Discordant)>? Pairs) Of(PayoffTables tables, int population)
    {
        if (tables.IsSymmetric)
        {
            return OfSymmetric(tables);
        }

        int own = tables.Strategies[population];
        int below = 1;
        for (int k = population + 1; k < tables.Populations; k++)
        {
            below *= tables.Strategies[k];
        }

        var games = new long[own];
        ReadOnlySpan<int> counts = tables.Counts(population);
        for (int cell = 0; cell < tables.Cells; cell++)
        {
            games[cell / below % own] += counts.IsEmpty ? 1 : counts[cell];
        }

        return (Both(games.Sum()), Array.ConvertAll(games, Both), null);
    }

    private static (Evidence Board, Evidence[] Strategies, Func<int, int, (int Common, int Discordant)>? Pairs) OfSymmetric(PayoffTables tables)
    {
        int n = tables.Strategies[0];
        var games = new long[n];
        var discordant = new long[n];
        (long all, long allDiscordant) = (0, 0);
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                (int common, int apart) = Pair(i, j);
                (games[i], games[j], all) = (games[i] + common, games[j] + common, all + common);
                (discordant[i], discordant[j], allDiscordant) = (discordant[i] + apart, discordant[j] + apart, allDiscordant + apart);
            }
        }

        return (new Evidence(Whole(all), Whole(allDiscordant)), [.. games.Zip(discordant, (g, d) => new Evidence(Whole(g), Whole(d)))], Pair);

        // (i, j) and (j, i) are two views of the same games; the larger count stands where they differ
        (int Common, int Discordant) Pair(int i, int j)
        {
            ReadOnlySpan<double> payoffs = tables.Payoffs(0);
            ReadOnlySpan<int> counts = tables.Counts(0);
            int common = counts.IsEmpty ? 1 : Math.Max(counts[i * n + j], counts[j * n + i]);
            return (common, ResponseSpace.Gain(payoffs[i * n + j], payoffs[j * n + i]) == 0 ? 0 : common);
        }
    }

    private static Evidence Both(long games) => new(Whole(games), Whole(games));

    private static int Whole(long games) => (int)Math.Min(games, int.MaxValue);
}
