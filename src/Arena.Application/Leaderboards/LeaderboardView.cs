namespace Arena.Application.Leaderboards;

/// <summary>A leaderboard as a page shows it: one version of its standings, and the runs behind it as they are now.</summary>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Title">For people.</param>
/// <param name="Suite">The suite's slug.</param>
/// <param name="SuiteTitle">The suite's title.</param>
/// <param name="SuiteVersion">The suite version that was measured.</param>
/// <param name="Metric">What is ranked by, for example <c>accuracy</c>.</param>
/// <param name="Version">Snapshot version; 0 while there is none.</param>
/// <param name="NewestVersion">Greater than <paramref name="Version"/> when an older one was asked for.</param>
/// <param name="AsOf">When this version was made; null while there is none.</param>
/// <param name="Content">Null while there is none.</param>
/// <param name="Progress">Every run that feeds it.</param>
public sealed record LeaderboardView(
    string Slug,
    string Title,
    string Suite,
    string SuiteTitle,
    int SuiteVersion,
    string Metric,
    long Version,
    long NewestVersion,
    DateTimeOffset? AsOf,
    LeaderboardContent? Content,
    IReadOnlyList<RunProgress> Progress)
{
    /// <summary>The slug of the arena whose votes the board stands on; null when it stands on measurements.</summary>
    public string? Arena { get; init; }

    /// <summary>Whether the votes were recorded elsewhere, so that there are no outputs and nobody votes here.</summary>
    public bool Recorded { get; init; }

    /// <summary>The ratings of this moment, in which newer ballots are counted than in <see cref="Content"/>; null when there are none newer, or the board is published with a delay.</summary>
    public LiveRatings? Live { get; init; }
}

/// <summary>Ratings that are newer than the newest snapshot, of the same likelihood, without intervals of their own.</summary>
/// <param name="NewBallots">Ballots counted since the snapshot; below 0 when some were excluded.</param>
/// <param name="Ratings">By entry slug, in points.</param>
public sealed record LiveRatings(long NewBallots, IReadOnlyDictionary<string, double> Ratings);

/// <summary>How far a run is.</summary>
/// <param name="Entry">The entry's slug.</param>
/// <param name="EntryName">The entry's name.</param>
/// <param name="State">queued, running, finished, failed or cancelled.</param>
/// <param name="Measured">Samples measured.</param>
/// <param name="Total">Samples to measure.</param>
/// <param name="FailureReason">Why it failed, or null.</param>
/// <param name="FailureFault">Whose fault: worker, entry or suite; or null.</param>
public sealed record RunProgress(string Entry, string EntryName, string State, int Measured, int Total, string? FailureReason, string? FailureFault);

/// <summary>A leaderboard in a list.</summary>
public sealed record LeaderboardSummary(
    string Slug,
    string Title,
    string SuiteTitle,
    string Metric,
    long Version,
    DateTimeOffset? AsOf,
    int Entries,
    int Samples,
    Standing? Leader,
    int RunsWaiting)
{
    /// <summary>The slug of the arena whose votes the board stands on; null when it stands on measurements.</summary>
    public string? Arena { get; init; }

    /// <summary>On boards of votes: ballots that count.</summary>
    public int Ballots { get; init; }
}
