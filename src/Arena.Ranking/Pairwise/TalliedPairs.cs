namespace Arena.Ranking.Pairwise;

/// <summary>Pairs of a tally: votes on two, pairs derived from longer ballots, and what everything stands on.</summary>
internal sealed record TalliedPairs(PairCells Votes, PairCells? Derived, Evidence Board, Evidence[] Evidence)
{
    public (int Common, int Discordant) Between(int i, int j)
    {
        (int common, int discordant) = Of(Votes, i, j);
        if (Derived is not null && Of(Derived, i, j) is var more)
        {
            (common, discordant) = (common + more.Common, discordant + more.Discordant);
        }

        return (common, discordant);
    }

    private static (int Common, int Discordant) Of(PairCells cells, int i, int j) =>
        cells.Find(i, j) is var at and >= 0 ? (cells.Common[at], cells.Discordant[at]) : default;
}
