using System.Text.Json;
using Arena.Application.Voting;
using Arena.Data;
using Arena.Data.Leaderboards;
using Arena.Data.Runs;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Leaderboards;

/// <summary>Reads leaderboards for pages and for the API.</summary>
public sealed class LeaderboardQueries(IDbContextFactory<ArenaDbContext> contexts, ArenaCatalog arenas, LiveArenas ratings)
{
    /// <summary>Every leaderboard, by title.</summary>
    public async Task<IReadOnlyList<LeaderboardSummary>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        List<LeaderboardSummary> summaries = [];
        foreach (var board in await context.Leaderboards.AsNoTracking().OrderBy(board => board.Title).ToListAsync(cancellationToken))
        {
            if (await ReadAsync(context, board, null, cancellationToken) is { } view)
            {
                summaries.Add(Summary(view));
            }
        }

        return summaries;
    }

    /// <summary>One leaderboard; null when there is none of that name, or no such version of it.</summary>
    public async Task<LeaderboardView?> FindAsync(string slug, long? version, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var board = await context.Leaderboards.AsNoTracking().SingleOrDefaultAsync(board => board.Slug == slug, cancellationToken);
        return board is null ? null : await ReadAsync(context, board, version, cancellationToken);
    }

    internal static LeaderboardSummary Summary(LeaderboardView view)
    {
        var leading = view.Content?.Methods[0].Standings ?? [];
        return new(
            view.Slug,
            view.Title,
            view.SuiteTitle,
            view.Metric,
            view.Version,
            view.AsOf,
            view.Arena is null ? view.Progress.Count : leading.Count,
            view.Content?.Samples ?? view.Progress.Select(run => run.Total).FirstOrDefault(),
            leading.Count > 0 ? leading[0] : null,
            view.Progress.Count(run => run.State is "queued" or "running"))
        {
            Arena = view.Arena,
            Ballots = view.Content?.Votes?.Ballots ?? 0,
        };
    }

    private async Task<LeaderboardView?> ReadAsync(ArenaDbContext context, Leaderboard board, long? asked, CancellationToken cancellationToken)
    {
        var newest = await context.LeaderboardSnapshots.Where(snapshot => snapshot.LeaderboardId == board.Id).MaxAsync(snapshot => (long?)snapshot.Version, cancellationToken) ?? 0;
        var version = asked ?? newest;
        var snapshot = version == 0 ? null : await context.LeaderboardSnapshots.AsNoTracking()
            .SingleOrDefaultAsync(snapshot => snapshot.LeaderboardId == board.Id && snapshot.Version == version, cancellationToken);
        if (snapshot is null && asked is not null)
        {
            return null;
        }

        // an older version is shown with its own suite version; the newest one with the suite's newest, whose runs may still wait
        var suite = await context.SuiteVersions.AsNoTracking()
            .Where(suite => suite.SuiteId == board.SuiteId && (asked != null && asked != newest ? suite.Id == snapshot!.SuiteVersionId : suite.RetiredAt == null))
            .OrderByDescending(suite => suite.Number)
            .Select(suite => new { suite.Id, suite.Suite!.Slug, suite.Title, suite.Number, suite.SampleCount, suite.Family })
            .FirstOrDefaultAsync(cancellationToken);
        if (suite is null)
        {
            return null;
        }

        var measured = snapshot is null
            ? suite.Number
            : await context.SuiteVersions.Where(suite => suite.Id == snapshot.SuiteVersionId).Select(suite => suite.Number).SingleAsync(cancellationToken);
        var runs = board.Source == BoardSource.Votes ? [] : await BoardEvidence.ReadRunsAsync(context, suite.Id, board.Metric, cancellationToken);
        var content = snapshot is null ? null : JsonSerializer.Deserialize<LeaderboardContent>(snapshot.Content, LeaderboardContent.Json);
        var view = new LeaderboardView(
            board.Slug,
            board.Title,
            suite.Slug,
            suite.Title,
            measured,
            board.Metric,
            snapshot?.Version ?? 0,
            newest,
            snapshot?.CreatedAt,
            content,
            [.. runs.Where(run => run.State is not RunState.Cancelled).Select(run => run.Progress(suite.SampleCount))])
        {
            Recorded = string.Equals(suite.Family, RecordedArenas.Family, StringComparison.Ordinal),
        };
        return board.Source == BoardSource.Votes ? await WithVotesAsync(context, board, view, cancellationToken) : view;
    }

    private async Task<LeaderboardView> WithVotesAsync(ArenaDbContext context, Leaderboard board, LeaderboardView view, CancellationToken cancellationToken)
    {
        var slug = await context.VotingArenas.Where(arena => arena.LeaderboardId == board.Id).Select(arena => arena.Slug).SingleAsync(cancellationToken);
        if (view.Content is null || view.Version < view.NewestVersion || await arenas.FindAsync(slug, cancellationToken) is not { } arena || arena.PublicationDelay > TimeSpan.Zero)
        {
            return view with { Arena = slug };
        }

        var live = (await ratings.AfterAsync(arena, 0, cancellationToken)).State;
        var newer = live.Counted - view.Content.Votes?.Ballots ?? 0;
        return view with
        {
            Arena = slug,
            Live = newer == 0 ? null : new(newer, arena.Contestants.GroupBy(contestant => contestant.Slug, StringComparer.Ordinal).ToDictionary(versions => versions.Key, versions => live.Ratings[versions.Last().Ordinal], StringComparer.Ordinal)),
        };
    }
}
