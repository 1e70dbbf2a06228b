namespace Arena.Web.Api;

/// <summary>A leaderboard as <c>GET /api/v1/leaderboards/{slug}</c> gives it. Property names are snake_case on the wire.</summary>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Version">Of the standings; 0 while there are none.</param>
/// <param name="NewestVersion">Greater than <paramref name="Version"/> when an older one was asked for.</param>
/// <param name="AsOf">When this version was made; null while there is none.</param>
/// <param name="Confidence">Of every interval, for example 0.95; null while there are no standings.</param>
/// <param name="Method">By which <paramref name="Standings"/> are.</param>
/// <param name="Methods">Every method, the leading one first.</param>
public sealed record LeaderboardJson(
    string Slug,
    string Title,
    SuiteJson Suite,
    string Metric,
    long Version,
    long NewestVersion,
    DateTimeOffset? AsOf,
    double? Confidence,
    string? Method,
    IReadOnlyList<StandingJson> Standings,
    IReadOnlyList<MethodJson> Methods);

/// <summary>Which suite, and which version of it, was measured.</summary>
public sealed record SuiteJson(string Slug, string Title, int Version, int? Samples, int? DiscordantSamples);

/// <summary>The standings by one method.</summary>
public sealed record MethodJson(string Method, int PairsNotSeparated, string? Diagnosis, IReadOnlyList<StandingJson> Standings);

/// <summary>One row. Ranks are 1-based: the best and the worst that the evidence allows. Low and high are null where no interval can be made.</summary>
public sealed record StandingJson(string Entry, string Name, int EntryVersion, double Rating, double? Low, double? High, int RankLow, int RankHigh, EvidenceJson Evidence);

/// <summary>What was observed. One sample, on boards of votes one ballot, is one observation. Ballots and voters are null on other boards.</summary>
public sealed record EvidenceJson(int Samples, int Discordant, int SuiteSamples, int? Ballots = null, int? Voters = null);

/// <summary>A leaderboard in <c>GET /api/v1/leaderboards</c>.</summary>
public sealed record LeaderboardSummaryJson(
    string Slug, string Title, string Suite, string Metric, long Version, DateTimeOffset? AsOf, int Entries, int Samples, StandingJson? Leader, int RunsWaiting, string Url);
