using Arena.Application.Leaderboards;
using Arena.Data;
using Arena.Data.Voting;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Voting;

/// <summary>Reads arenas for pages and for the API.</summary>
public sealed class ArenaQueries(IDbContextFactory<ArenaDbContext> contexts, ArenaCatalog arenas, LiveArenas ratings, LeaderboardQueries boards)
{
    /// <summary>Arenas that are open, then those that are closed; drafts only where asked for.</summary>
    public async Task<IReadOnlyList<ArenaSummary>> ListAsync(bool drafts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var slugs = await context.VotingArenas.AsNoTracking().OrderBy(arena => arena.Title).Select(arena => arena.Slug).ToListAsync(cancellationToken);
        List<ArenaSummary> summaries = [];
        foreach (var slug in slugs)
        {
            if (await FindAsync(slug, cancellationToken) is { } summary && (drafts || summary.State != ArenaState.Draft))
            {
                summaries.Add(summary);
            }
        }

        return [.. summaries.OrderBy(summary => summary.State == ArenaState.Closed)];
    }

    /// <summary>One arena; null when there is none of that name.</summary>
    public async Task<ArenaSummary?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        if (await arenas.FindAsync(slug, cancellationToken) is not { } arena)
        {
            return null;
        }

        var live = (await ratings.AfterAsync(arena, 0, cancellationToken)).State;
        var board = await boards.FindAsync(arena.Board, null, cancellationToken);
        return new(
            arena.Slug,
            arena.Title,
            arena.Question,
            arena.State,
            arena.SlateSize,
            arena.Contestants.Count(contestant => contestant.Active),
            arena.Samples.Count(sample => !sample.IsGold),
            live.Counted,
            live.Voters,
            arena.Board,
            board?.Content is { Votes: { } votes } content ? Gauge(content, votes) : null,
            BattleDrawer.Refuse(arena));
    }

    private static GoalGauge Gauge(LeaderboardContent content, VoteTotals votes)
    {
        var names = content.Methods[0].Standings.ToDictionary(row => row.Entry, row => row.EntryName, StringComparer.Ordinal);
        var next = votes.NextPairs.Count > 0 ? votes.NextPairs[0] : null;
        return new(
            votes.Pairs,
            votes.Pairs - content.Methods[0].PairsNotSeparated,
            votes.Ballots,
            next is null ? null : (names[next.First], names[next.Second]),
            next?.BallotsNeeded ?? 0,
            votes.Ballots > 0 ? 0.5 / votes.Ballots : 1);
    }
}
