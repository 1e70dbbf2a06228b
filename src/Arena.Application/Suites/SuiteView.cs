using Arena.Application.Entries;
using Arena.Application.Leaderboards;

namespace Arena.Application.Suites;

/// <summary>A suite as its page shows it.</summary>
/// <param name="Classes">Samples per class, in the suite's order (nothing per sample: labels stay on the server).</param>
/// <param name="Groups">Samples per group.</param>
/// <param name="Versions">All versions, newest first.</param>
public sealed record SuiteView(
    string Slug,
    string Title,
    string Description,
    string Family,
    int Version,
    string Checksum,
    DateTimeOffset PublishedAt,
    int SampleCount,
    string Licence,
    string Source,
    IReadOnlyList<SuitePart> Classes,
    IReadOnlyList<SuitePart> Groups,
    IReadOnlyList<SuiteVersionSummary> Versions,
    IReadOnlyList<LeaderboardSummary> Boards,
    IReadOnlyList<EntrySummary> Entries);

/// <summary>How many samples a class or group has.</summary>
public sealed record SuitePart(string Name, int Samples);

/// <summary>A suite version in a list.</summary>
public sealed record SuiteVersionSummary(int Number, string Checksum, DateTimeOffset PublishedAt, int SampleCount);

/// <summary>A suite in a list.</summary>
public sealed record SuiteSummary(string Slug, string Title, string Family, int Version, int SampleCount, DateTimeOffset PublishedAt);
