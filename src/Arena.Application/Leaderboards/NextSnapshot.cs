using Arena.Data.Ids;

namespace Arena.Application.Leaderboards;

/// <summary>What a new snapshot will hold.</summary>
/// <param name="SuiteVersion">Whose samples its evidence is on.</param>
/// <param name="Fingerprint">Of the evidence.</param>
/// <param name="Content">The standings.</param>
public sealed record NextSnapshot(SuiteVersionId SuiteVersion, string Fingerprint, LeaderboardContent Content);
