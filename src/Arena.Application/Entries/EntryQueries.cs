using Arena.Application.Leaderboards;
using Arena.Application.Suites;
using Arena.Application.Voting;
using Arena.Data;
using Arena.Data.Entries;
using Arena.Data.Ids;
using Arena.Data.Runs;
using Arena.Data.Suites;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Arena.Application.Entries;

/// <summary>Reads entries for pages.</summary>
public sealed class EntryQueries(IDbContextFactory<ArenaDbContext> contexts, LeaderboardQueries leaderboards, EntryBreakdown breakdown)
{
    /// <summary>Every entry with its newest version, by name.</summary>
    public async Task<IReadOnlyList<EntrySummary>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ListAsync(context.EntryVersions, cancellationToken);
    }

    /// <summary>One entry; null when there is none of that name.</summary>
    public async Task<EntryView?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = await context.Entries.AsNoTracking().Include(entry => entry.Versions).SingleOrDefaultAsync(entry => entry.Slug == slug, cancellationToken);
        if (entry?.Versions.OrderBy(version => version.RetiredAt is null).ThenBy(version => version.Number).LastOrDefault() is not { } version)
        {
            return null;
        }

        var runs = await context.Runs.AsNoTracking()
            .Where(run => run.EntryVersionId == version.Id && run.State != RunState.Cancelled && run.SuiteVersion!.Family != RecordedArenas.Family)
            .Where(run => run.SuiteVersion!.RetiredAt == null && !context.SuiteVersions.Any(newer => newer.SuiteId == run.SuiteVersion!.SuiteId && newer.RetiredAt == null && newer.Number > run.SuiteVersion!.Number))
            .Include(run => run.EntryVersion)
            .Include(run => run.SuiteVersion).ThenInclude(suite => suite!.Suite)
            .ToListAsync(cancellationToken);
        List<EntryResult> results = [];
        foreach (var run in runs.OrderBy(run => run.SuiteVersion!.Title, StringComparer.Ordinal))
        {
            results.Add(await ReadResultAsync(context, entry, run, cancellationToken));
        }

        var size = await context.Blobs.Where(blob => blob.Sha256 == version.ArtifactSha256).Select(blob => blob.Size).SingleAsync(cancellationToken);
        return new(
            entry.Slug,
            entry.Name,
            KindName(entry.Kind),
            entry.BaselineOf is not null,
            version.Number,
            version.CreatedAt,
            version.RetiredAt,
            version.Card.Description,
            version.Card.Licence,
            version.Card.Parameters,
            version.Card.Training,
            size,
            version.ArtifactSha256,
            version.Preprocessing,
            results);
    }

    internal static async Task<IReadOnlyList<EntrySummary>> ListAsync(IQueryable<EntryVersion> versions, CancellationToken cancellationToken)
    {
        var rows = await versions.AsNoTracking().Include(version => version.Entry).ToListAsync(cancellationToken);
        return
        [
            .. rows
                .GroupBy(version => version.EntryId)
                .Select(group => group.OrderBy(version => version.RetiredAt is null).ThenBy(version => version.Number).Last())
                .OrderBy(version => version.Entry!.Name, StringComparer.OrdinalIgnoreCase)
                .Select(version => new EntrySummary(
                    version.Entry!.Slug,
                    version.Entry.Name,
                    KindName(version.Entry.Kind),
                    version.Entry.BaselineOf is not null,
                    version.Number,
                    version.Card.Parameters,
                    version.CreatedAt,
                    version.RetiredAt is not null)),
        ];
    }

    private static string KindName(EntryKind kind) => kind switch
    {
        EntryKind.OnnxModel => "ONNX model",
        EntryKind.RouterPolicy => "Router policy",
        EntryKind.Predictions => "Recorded predictions",
        EntryKind.GameAgent => "Game agent",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private async Task<EntryResult> ReadResultAsync(ArenaDbContext context, Entry entry, Run run, CancellationToken cancellationToken)
    {
        var suite = run.SuiteVersion!;
        var slug = await context.Leaderboards.Where(board => board.SuiteId == suite.SuiteId).OrderBy(board => board.CreatedAt).Select(board => board.Slug).FirstOrDefaultAsync(cancellationToken);
        var board = slug is null ? null : await leaderboards.FindAsync(slug, version: null, cancellationToken);
        var standing = board?.SuiteVersion == suite.Number ? board.Content?.Methods[0].Standings.FirstOrDefault(row => string.Equals(row.Entry, entry.Slug, StringComparison.Ordinal)) : null;
        var parts = await breakdown.ReadAsync((NpgsqlConnection)context.Database.GetDbConnection(), run, cancellationToken);
        var worker = await context.Jobs
            .Where(job => job.RunId == run.Id && job.State == JobState.Done && job.WorkerId != null)
            .Join(context.Workers, job => job.WorkerId, worker => worker.Id, (_, worker) => worker.Hardware + ", " + worker.Software)
            .FirstOrDefaultAsync(cancellationToken);
        return new(
            suite.Suite!.Slug,
            suite.Title,
            suite.Number,
            slug,
            standing,
            parts.Metric,
            new(entry.Slug, entry.Name, run.State.ToString().ToLowerInvariant(), parts.Measured, suite.SampleCount, run.FailureReason, run.FailureFault?.ToString().ToLowerInvariant()),
            parts.Classes,
            parts.Groups,
            parts.Confusion,
            worker);
    }
}
