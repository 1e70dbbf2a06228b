using Arena.Application.Leaderboards;
using Arena.Application.Trust;
using Arena.Data.Ids;

namespace Arena.Application.Workers;

/// <summary>What a maintainer does with workers: let one in, send one away. Both are audited.</summary>
public sealed class WorkerAdministration(WorkerTokens tokens, AuditLog audit, BoardChanges changes, WorkSignal work)
{
    /// <summary>Makes a token; it is shown once and only its hash is kept.</summary>
    public async Task<string> AddAsync(string actor, string name, CancellationToken cancellationToken)
    {
        var (worker, token) = await tokens.IssueAsync(name, cancellationToken);
        await audit.AppendAsync(actor, "worker.added", "worker:" + worker.Value, new { name }, cancellationToken);
        return token;
    }

    /// <summary>Ends a worker's token; what it held waits for another worker at once.</summary>
    public async Task RevokeAsync(string actor, WorkerId worker, CancellationToken cancellationToken)
    {
        var runs = await tokens.RevokeAsync(worker, crashed: false, cancellationToken);
        await audit.AppendAsync(actor, "worker.revoked", "worker:" + worker.Value, new { jobs = runs.Count }, cancellationToken);
        work.Wake();
        foreach (var run in runs.Distinct())
        {
            await changes.RunChangedAsync(run, cancellationToken);
        }
    }
}
