using System.Text.Json;
using Arena.Data;
using Arena.Data.Leaderboards;
using Arena.Data.Runs;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Leaderboards;

/// <summary>Reads leaderboards for pages and for the API.</summary>
public sealed class LeaderboardQueries(IDbContextFactory<ArenaDbContext> contexts)
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
            view.Progress.Count,
            view.Content?.Samples ?? view.Progress.Select(run => run.Total).FirstOrDefault(),
            leading.Count > 0 ? leading[0] : null,
            view.Progress.Count(run => run.State is "queued" or "running"));
    }

    private static async Task<LeaderboardView?> ReadAsync(ArenaDbContext context, Leaderboard board, long? asked, CancellationToken cancellationToken)
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
            .Select(suite => new { suite.Id, suite.Suite!.Slug, suite.Title, suite.Number, suite.SampleCount })
            .FirstOrDefaultAsync(cancellationToken);
        if (suite is null)
        {
            return null;
        }

        var measured = snapshot is null
            ? suite.Number
            : await context.SuiteVersions.Where(suite => suite.Id == snapshot.SuiteVersionId).Select(suite => suite.Number).SingleAsync(cancellationToken);
        var runs = await BoardEvidence.ReadRunsAsync(context, suite.Id, board.Metric, cancellationToken);
        return new(
            board.Slug,
            board.Title,
            suite.Slug,
            suite.Title,
            measured,
            board.Metric,
            snapshot?.Version ?? 0,
            newest,
            snapshot?.CreatedAt,
            snapshot is null ? null : JsonSerializer.Deserialize<LeaderboardContent>(snapshot.Content, JsonSerializerOptions.Web),
            [.. runs.Where(run => run.State is not RunState.Cancelled).Select(run => run.Progress(suite.SampleCount))]);
    }
}
