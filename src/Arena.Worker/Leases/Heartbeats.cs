using Arena.Contracts.Workers;
using Arena.Worker.Hosting;
using Arena.Worker.Server;

namespace Arena.Worker.Leases;

/// <summary>Tells the server that the held jobs are being worked on, whatever else the worker is busy with, and stops those that the server takes away.</summary>
internal sealed class Heartbeats(ServerClient client, LeaseBook book, WorkerPace pace, TimeProvider time, WorkerConsole console)
{
    private long every = TimeSpan.FromSeconds(20).Ticks;

    /// <summary>From one to the next; the server says.</summary>
    public TimeSpan Every
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref every));
        set => Volatile.Write(ref every, value.Ticks);
    }

    /// <summary>Goes on until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (true)
        {
            var wait = failures == 0 ? Every : pace.Delay(failures - 1);
            await Task.Delay(wait < Every ? wait : Every, time, cancellationToken);
            var held = book.All;
            if (held.Count == 0)
            {
                continue;
            }

            try
            {
                var answer = await client.HeartbeatAsync(new HeartbeatRequest([.. held.Select(h => new LeaseReference(h.Job.Lease.JobId, h.Job.Lease.LeaseToken))]), cancellationToken);
                failures = 0;
                await ApplyAsync(held, answer);
            }
            catch (Exception e) when (e is ServerAwayException or ServerRefusalException or LeaseOverException)
            {
                if (failures++ == 0)
                {
                    console.Complain($"heartbeat: {e.Message} Trying again.");
                }
            }
        }
    }

    private async Task ApplyAsync(IReadOnlyList<(HeldRun Run, HeldJob Job)> held, HeartbeatAnswer answer)
    {
        foreach (var verdict in answer.Leases)
        {
            var (run, job) = held.FirstOrDefault(h => h.Job.Lease.JobId == verdict.JobId);
            if (job is null || string.Equals(verdict.Verdict, LeaseVerdict.Continue, StringComparison.Ordinal))
            {
                continue;
            }

            book.Release(job);
            await run.EndAsync(job, string.Equals(verdict.Verdict, LeaseVerdict.Cancel, StringComparison.Ordinal) ? "the run was cancelled" : "the lease is another's now");
        }
    }
}
