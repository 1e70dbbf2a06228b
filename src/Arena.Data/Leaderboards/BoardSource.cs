namespace Arena.Data.Leaderboards;

/// <summary>What a leaderboard stands on. Stored by name.</summary>
public enum BoardSource
{
    /// <summary>A metric, measured on the samples of a suite.</summary>
    Measurements,

    /// <summary>The ballots of a voting arena.</summary>
    Votes,
}
