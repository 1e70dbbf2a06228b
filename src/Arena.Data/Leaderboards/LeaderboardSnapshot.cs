using Arena.Data.Ids;

namespace Arena.Data.Leaderboards;

/// <summary>What a leaderboard said at one moment; immutable.</summary>
public sealed class LeaderboardSnapshot
{
    public LeaderboardId LeaderboardId { get; init; }

    /// <summary>1, 2, 3 … without gaps within the leaderboard.</summary>
    public long Version { get; init; }

    public SuiteVersionId SuiteVersionId { get; init; }

    /// <summary>What it was made from, in short: equal fingerprints mean equal evidence.</summary>
    public required string Fingerprint { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Standings and diagnostics as JSON, written and read by the Leaderboards use cases.</summary>
    public required string Content { get; init; }
}
