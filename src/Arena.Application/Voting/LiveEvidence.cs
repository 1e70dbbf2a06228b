using Arena.Ranking;

namespace Arena.Application.Voting;

/// <summary>What a refit starts from: all of one moment.</summary>
/// <param name="Ballots">Those that count; null while there is none.</param>
/// <param name="Ratings">Where the live ratings stand.</param>
/// <param name="OnlineMean">μ of the online ratings.</param>
/// <param name="OnlineDeviation">σ of the online ratings.</param>
/// <param name="State">Counts, and the last ballot.</param>
public sealed record LiveEvidence(Ballots? Ballots, double[] Ratings, double[] OnlineMean, double[] OnlineDeviation, LiveState State);
