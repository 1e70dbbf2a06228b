using System.Security.Cryptography;
using System.Text;
using Arena.Data;
using Arena.Data.Ids;
using Arena.Data.Leaderboards;
using Arena.Data.Runs;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Leaderboards;

/// <summary>What a leaderboard stands on at the moment.</summary>
/// <param name="SuiteVersion">The newest published version of its suite.</param>
/// <param name="Samples">Samples in it.</param>
/// <param name="Runs">One a competing entry (its newest version that is not retired), by entry slug.</param>
internal sealed record BoardEvidence(SuiteVersionId SuiteVersion, int SuiteVersionNumber, int Samples, IReadOnlyList<BoardRun> Runs)
{
    /// <summary>Equal for equal evidence: a snapshot is made only when it differs from the last one's.</summary>
    public string Fingerprint()
    {
        var text = new StringBuilder().Append(SuiteVersion.Value);
        foreach (var run in Runs)
        {
            text.Append('|').Append(run.Id.Value).Append(' ').Append(run.Measured).Append(' ').Append(run.EntryName);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Reads it; null while the suite has no published version.</summary>
    public static async Task<BoardEvidence?> ReadAsync(ArenaDbContext context, Leaderboard board, CancellationToken cancellationToken)
    {
        var version = await context.SuiteVersions.AsNoTracking()
            .Where(version => version.SuiteId == board.SuiteId && version.RetiredAt == null)
            .OrderByDescending(version => version.Number)
            .Select(version => new { version.Id, version.Number, version.SampleCount })
            .FirstOrDefaultAsync(cancellationToken);
        return version is null
            ? null
            : new(version.Id, version.Number, version.SampleCount, await ReadRunsAsync(context, version.Id, board.Metric, cancellationToken));
    }

    public static async Task<IReadOnlyList<BoardRun>> ReadRunsAsync(ArenaDbContext context, SuiteVersionId suiteVersion, string metric, CancellationToken cancellationToken)
    {
        var rows = await (
            from run in context.Runs.AsNoTracking()
            where run.SuiteVersionId == suiteVersion && run.EntryVersion!.RetiredAt == null
            let version = run.EntryVersion!
            where !context.EntryVersions.Any(newer => newer.EntryId == version.EntryId && newer.RetiredAt == null && newer.Number > version.Number)
            orderby version.Entry!.Slug
            select new BoardRun(
                run.Id,
                version.Entry!.Slug,
                version.Entry.Name,
                version.Number,
                run.State,
                context.MeasurementChunks.Where(chunk => chunk.RunId == run.Id && chunk.Metric == metric).Sum(chunk => chunk.Count),
                run.FailureReason,
                run.FailureFault)).ToListAsync(cancellationToken);
        return rows;
    }
}

/// <summary>A competing entry's run.</summary>
internal sealed record BoardRun(
    RunId Id,
    string Entry,
    string EntryName,
    int EntryVersion,
    RunState State,
    int Measured,
    string? FailureReason,
    Fault? FailureFault)
{
    public RunProgress Progress(int total) =>
        new(Entry, EntryName, State.ToString().ToLowerInvariant(), Measured, total, FailureReason, FailureFault?.ToString().ToLowerInvariant());
}
