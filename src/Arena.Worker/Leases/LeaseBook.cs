namespace Arena.Worker.Leases;

/// <summary>The jobs that the worker holds now: what heartbeats speak of and what is given back at the end. Thread-safe.</summary>
internal sealed class LeaseBook
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, (HeldRun Run, HeldJob Job)> held = [];

    public IReadOnlyList<(HeldRun Run, HeldJob Job)> All
    {
        get
        {
            lock (gate)
            {
                return [.. held.Values];
            }
        }
    }

    public void Hold(HeldRun run)
    {
        lock (gate)
        {
            foreach (var job in run.Jobs)
            {
                held[job.Lease.JobId] = (run, job);
            }
        }
    }

    /// <summary>The job was reported or taken away.</summary>
    public void Release(HeldJob job)
    {
        lock (gate)
        {
            // the same job may have come back to us under another lease
            if (held.TryGetValue(job.Lease.JobId, out var entry) && entry.Job == job)
            {
                held.Remove(job.Lease.JobId);
            }
        }
    }
}
