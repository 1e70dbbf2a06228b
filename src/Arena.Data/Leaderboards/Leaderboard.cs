using Arena.Data.Ids;

namespace Arena.Data.Leaderboards;

/// <summary>A definition from which snapshots are made.</summary>
public sealed class Leaderboard
{
    /// <summary>Stands for the metric of boards that stand on votes.</summary>
    public const string VotesMetric = "votes";

    public LeaderboardId Id { get; init; }

    public required string Slug { get; init; }

    public required string Title { get; set; }

    public SuiteId SuiteId { get; init; }

    /// <summary>What it stands on.</summary>
    public BoardSource Source { get; init; }

    /// <summary>The metric of the suite that it ranks by; <see cref="VotesMetric"/> for votes.</summary>
    public required string Metric { get; init; }

    /// <summary>Parameter of every resampling behind it, so that the same evidence gives the same numbers.</summary>
    public long Seed { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
