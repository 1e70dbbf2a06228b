using System.Diagnostics.CodeAnalysis;
using Arena.Contracts.Workers;

namespace Arena.Worker.Leases;

/// <summary>The jobs of one answer to acquire.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "No timer and no handle hangs on it, and heartbeats may end it late.")]
internal sealed class HeldRun
{
    private readonly CancellationTokenSource over = new();

    public HeldRun(RunLease lease)
    {
        Lease = lease;
        Jobs = [.. lease.Jobs.Select(job => new HeldJob(job))];
    }

    public RunLease Lease { get; }

    public IReadOnlyList<HeldJob> Jobs { get; }

    /// <summary>Cancelled once none of the jobs is ours any more.</summary>
    public CancellationToken Over => over.Token;

    /// <summary>Notes that a job is not ours any more, and stops what is being done for it.</summary>
    public async Task EndAsync(HeldJob job, string why)
    {
        await job.EndAsync(why);
        if (Jobs.All(held => held.Ended is not null))
        {
            await over.CancelAsync();
        }
    }
}

/// <summary>One job, from acquire until it is reported or taken away.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "As its run.")]
internal sealed class HeldJob(JobLease lease)
{
    private readonly CancellationTokenSource over = new();
    private string? ended;

    public JobLease Lease { get; } = lease;

    /// <summary>Why the job is not ours any more; null while it is.</summary>
    public string? Ended => Volatile.Read(ref ended);

    /// <summary>Cancelled when the server takes the job away.</summary>
    public CancellationToken Over => over.Token;

    internal async Task EndAsync(string why)
    {
        if (Interlocked.CompareExchange(ref ended, why, null) is null)
        {
            await over.CancelAsync();
        }
    }
}
