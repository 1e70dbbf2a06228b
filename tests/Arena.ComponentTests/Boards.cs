using Arena.Application.Leaderboards;

namespace Arena.ComponentTests;

/// <summary>Small boards to render.</summary>
internal static class Boards
{
    public static Standing Row(string entry, double rating, int rankLow, int rankHigh, int samples = 899) =>
        new(entry, entry.ToUpperInvariant(), 1, rating, rating - 0.02, rating + 0.02, rankLow, rankHigh, new Evidence(samples, 214, 899));

    public static LeaderboardContent Content(params Standing[] rows) => new(
        [
            new MethodStandings("mean", rows, 1, null),
            new MethodStandings("bradley-terry", [.. rows.Select(row => row with { Rating = 1000 + (100 * row.Rating), Low = 1000, High = 1200 })], 2, null),
        ],
        899,
        214,
        0.95,
        2000);

    public static LeaderboardView Board(LeaderboardContent? content, params RunProgress[] runs) =>
        new("digits", "Digits", "digits", "Handwritten digits", 1, "accuracy", content is null ? 0 : 41, content is null ? 0 : 41, content is null ? null : DateTimeOffset.UnixEpoch, content, runs);

    public static RunProgress Run(string state, int measured, string? reason = null, string? fault = null, string entry = "a") =>
        new(entry, entry.ToUpperInvariant(), state, measured, 899, reason, fault);
}
