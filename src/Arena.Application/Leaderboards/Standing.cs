namespace Arena.Application.Leaderboards;

/// <summary>One row of a leaderboard.</summary>
/// <param name="Entry">The entry's slug.</param>
/// <param name="EntryName">The entry's name for people.</param>
/// <param name="EntryVersion">Which version of the entry was measured.</param>
/// <param name="Rating">Of the method: a mean of the metric, or a Bradley–Terry rating (1000 + 400/ln 10 · θ).</param>
/// <param name="Low">Lower end of the pointwise 95 % interval, in the unit of <paramref name="Rating"/>.</param>
/// <param name="High">Upper end.</param>
/// <param name="RankLow">Best rank that the evidence allows (simultaneous over all pairs).</param>
/// <param name="RankHigh">Worst rank that the evidence allows.</param>
/// <param name="Evidence">What was observed.</param>
public sealed record Standing(
    string Entry,
    string EntryName,
    int EntryVersion,
    double Rating,
    double Low,
    double High,
    int RankLow,
    int RankHigh,
    Evidence Evidence);

/// <summary>The observations behind a row. One sample is one observation, however many pairs of entries it compares.</summary>
/// <param name="Samples">Samples on which the entry was measured.</param>
/// <param name="Discordant">Those of them on which not all entries did equally well.</param>
/// <param name="SuiteSamples">Samples of the suite version: below this the row is provisional.</param>
public sealed record Evidence(int Samples, int Discordant, int SuiteSamples)
{
    /// <summary>On boards that stand on votes: what was cast for and against the entry; null on others.</summary>
    public VoteEvidence? Votes { get; init; }
}

/// <summary>The votes behind a row.</summary>
/// <param name="Ballots">Ballots that count on which the entry stood.</param>
/// <param name="Voters">Different people who cast them.</param>
/// <param name="Samples">Different samples that they were cast on.</param>
public sealed record VoteEvidence(int Ballots, int Voters, int Samples);
