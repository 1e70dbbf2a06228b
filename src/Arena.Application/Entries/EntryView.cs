using Arena.Application.Leaderboards;

namespace Arena.Application.Entries;

/// <summary>An entry as its page shows it.</summary>
public sealed record EntryView(
    string Slug,
    string Name,
    string Kind,
    bool Baseline,
    int Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset? RetiredAt,
    string Description,
    string? Licence,
    long? Parameters,
    string? Training,
    long ArtifactBytes,
    string ArtifactSha256,
    string Preprocessing,
    IReadOnlyList<EntryResult> Results);

/// <summary>What one suite found out about an entry.</summary>
/// <param name="Suite">The suite's slug.</param>
/// <param name="SuiteTitle">Its title.</param>
/// <param name="SuiteVersion">Its version.</param>
/// <param name="Board">The leaderboard's slug, or null.</param>
/// <param name="Standing">The row on that board, or null.</param>
/// <param name="Metric">What the classes are measured by.</param>
/// <param name="Run">How far the run is.</param>
/// <param name="Classes">Per class of the suite; empty until something is measured.</param>
/// <param name="Groups">Per group of the suite.</param>
/// <param name="Confusion">Counts, true class by predicted class in the order of <paramref name="Classes"/>; null until known.</param>
/// <param name="Hardware">What it ran on; null until known.</param>
public sealed record EntryResult(
    string Suite,
    string SuiteTitle,
    int SuiteVersion,
    string? Board,
    Standing? Standing,
    string Metric,
    RunProgress Run,
    IReadOnlyList<PartResult> Classes,
    IReadOnlyList<PartResult> Groups,
    IReadOnlyList<IReadOnlyList<int>>? Confusion,
    string? Hardware);

/// <summary>The metric over one part (class or group) of a suite.</summary>
/// <param name="Name">Of the part.</param>
/// <param name="Samples">Measured samples in it.</param>
/// <param name="Mean">Of the metric.</param>
/// <param name="Low">Lower end of its 95 % interval (Wilson for a 0/1 metric).</param>
/// <param name="High">Upper end.</param>
public sealed record PartResult(string Name, int Samples, double Mean, double Low, double High);

/// <summary>An entry in a list.</summary>
public sealed record EntrySummary(string Slug, string Name, string Kind, bool Baseline, int Version, long? Parameters, DateTimeOffset CreatedAt, bool Retired);
