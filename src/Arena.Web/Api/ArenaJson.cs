using Arena.Application.Voting;

namespace Arena.Web.Api;

/// <summary>An arena, as <c>GET /api/v1/arenas</c> gives it.</summary>
/// <param name="Slug">Name in addresses.</param>
/// <param name="State"><c>open</c> or <c>closed</c>.</param>
/// <param name="SlateSize">How many outputs a battle shows.</param>
/// <param name="Ballots">That count, now.</param>
/// <param name="Leaderboard">Where its standings are.</param>
/// <param name="NotNow">Why nobody can vote at the moment, a sentence; null when they can.</param>
public sealed record ArenaJson(
    string Slug, string Title, string Question, string State, int SlateSize, int Entries, int Samples, long Ballots, int Voters, string Leaderboard, string? NotNow, string Url)
{
    internal static ArenaJson Of(ArenaSummary arena) => new(
        arena.Slug,
        arena.Title,
        arena.Question,
        arena.State.ToString().ToLowerInvariant(),
        arena.SlateSize,
        arena.Entries,
        arena.Samples,
        arena.Ballots,
        arena.Voters,
        "/api/v1/leaderboards/" + arena.Board,
        arena.NotNow,
        "/api/v1/arenas/" + arena.Slug);
}
