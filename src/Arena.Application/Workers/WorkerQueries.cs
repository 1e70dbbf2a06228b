using Arena.Data;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Workers;

/// <summary>Reads workers for the maintainers' board.</summary>
public sealed class WorkerQueries(IDbContextFactory<ArenaDbContext> contexts, TimeProvider time)
{
    /// <summary>A worker that has not been heard of for so long is silent. Three missed heartbeats.</summary>
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(60);

    /// <summary>Workers that may come or have come, the latest heard of first: those never revoked, and the revoked ones of the last day.</summary>
    public async Task<IReadOnlyList<WorkerView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var yesterday = time.GetUtcNow().AddDays(-1);
        var rows = await context.Workers.AsNoTracking()
            .Where(worker => worker.RevokedAt == null || (worker.RegisteredAt != null && worker.LastSeenAt > yesterday))
            .OrderByDescending(worker => worker.LastSeenAt)
            .Take(200)
            .Select(worker => new { Worker = worker, Leased = context.Jobs.Count(job => job.WorkerId == worker.Id && job.State == Data.Runs.JobState.Leased) })
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return
        [
            .. rows.Select(row => new WorkerView(
                row.Worker.Id.Value,
                row.Worker.Name,
                row.Worker.RevokedAt is not null ? "revoked" : row.Worker.LastSeenAt is { } seen && now - seen < SilentAfter ? "online" : row.Worker.RegisteredAt is null ? "expected" : "silent",
                row.Worker.Software,
                row.Worker.Hardware,
                row.Worker.Capabilities,
                row.Worker.SamplesPerSecond,
                row.Worker.LastSeenAt,
                row.Leased)),
        ];
    }
}
