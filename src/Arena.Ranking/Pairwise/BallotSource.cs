namespace Arena.Ranking.Pairwise;

/// <summary>Ballots to be read more than once: held in memory, or passing in batches.</summary>
/// <param name="Held">All of them, where they are held.</param>
/// <param name="Read">A fresh pass over the batches.</param>
internal sealed record BallotSource(Ballots? Held, Func<IEnumerable<Ballots>> Read)
{
    public static BallotSource Of(Ballots ballots) => new(ballots, () => [ballots]);
}
