using Arena.Contracts.Workers;
using Arena.Worker.Leases;
using Arena.Worker.Runs;
using Arena.Worker.Server;

namespace Arena.Worker.Hosting;

/// <summary>Introduces the worker, then asks for work and does it, until stopped; gives back what is left then.</summary>
internal sealed class WorkerLoop(
    WorkerSettings settings,
    MachineDescription machine,
    ServerClient client,
    LeaseBook book,
    Heartbeats heartbeats,
    RunEvaluator evaluator,
    JobReports reports,
    TimeProvider time,
    WorkerConsole console)
{
    private const int MostJobs = 8;
    private static readonly string[] Capabilities = ["cpu"];
    private int away; // questions in a row that went without an answer

    /// <exception cref="WorkerStopException">The server will not have this worker.</exception>
    /// <exception cref="OperationCanceledException">Stopped, and the jobs are given back.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        WarnOfPlainHttp();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            await Task.WhenAll(UntilTheOtherEndsAsync(WorkAsync, ending), UntilTheOtherEndsAsync(heartbeats.RunAsync, ending));
        }
        catch (ServerRefusalException e)
        {
            throw new WorkerStopException(WorkerExitCode.NotUnderstood, e.Message);
        }
        finally
        {
            await GiveBackAsync();
        }

        stop.ThrowIfCancellationRequested();
    }

    private static async Task UntilTheOtherEndsAsync(Func<CancellationToken, Task> part, CancellationTokenSource ending)
    {
        try
        {
            await part(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // the worker is being stopped, or the other part has ended and says why
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    private async Task WorkAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                var registered = await client.RegisterAsync(new RegisterRequest(WorkerProtocol.Version, Capabilities, machine.Software, machine.Hardware, settings.Name), stop);
                console.Say($"waiting for work from {settings.Server} ({machine.Software}; {machine.Hardware})");
                heartbeats.Every = TimeSpan.FromSeconds(Math.Max(1, registered.HeartbeatSeconds));
                await ServeAsync(registered, stop);
                return;
            }
            catch (ServerAwayException e)
            {
                // after an outage it introduces itself again: another version may answer then
                if (away == 0)
                {
                    console.Complain($"{e.Message} Trying again until it answers.");
                }

                await Task.Delay(e.RetryAfter is { } asked && asked < settings.Pace.MostDelay ? asked : settings.Pace.Delay(away), time, stop);
                away++;
            }
        }
    }

    private async Task ServeAsync(RegisterAnswer registered, CancellationToken stop)
    {
        var faults = 0;
        do
        {
            var asked = time.GetTimestamp();
            var answer = await client.AcquireAsync(new AcquireRequest(Capabilities, MostJobs, (int)settings.Pace.Wait.TotalSeconds), stop);
            away = 0;
            if (answer.Run is { Jobs.Count: > 0 } lease)
            {
                var run = new HeldRun(lease);
                book.Hold(run);
                faults = await evaluator.EvaluateAsync(run, registered.MaximumChunkBytes, stop) ? 0 : faults + 1;
                if (faults > 0 && !settings.Once)
                {
                    // something is wrong here: do not run through the whole queue with it
                    await Task.Delay(settings.Pace.Delay(faults + 2), time, stop);
                }
            }
            else if (!settings.Once && time.GetElapsedTime(asked) < settings.Pace.Idle)
            {
                await Task.Delay(settings.Pace.Idle, time, stop);
            }
        }
        while (!settings.Once);
    }

    private async Task GiveBackAsync()
    {
        var held = book.All;
        if (held.Count == 0)
        {
            return;
        }

        using var farewell = new CancellationTokenSource(settings.Pace.Farewell, time);
        var returned = await Task.WhenAll(held.Select(async entry =>
        {
            try
            {
                await reports.AbortAsync(entry.Job.Lease, farewell.Token);
                return true;
            }
            catch (LeaseOverException)
            {
                return true; // nothing to give back
            }
            catch (Exception e) when (e is ServerAwayException or ServerRefusalException or WorkerStopException or OperationCanceledException)
            {
                return false;
            }
            finally
            {
                book.Release(entry.Job);
            }
        }));
        if (returned.Contains(false))
        {
            console.Complain($"{returned.Count(good => !good)} jobs could not be given back: the server does not answer. Their leases will run out.");
        }
        else
        {
            console.Say($"gave {held.Count} {(held.Count == 1 ? "job" : "jobs")} back");
        }
    }

    private void WarnOfPlainHttp()
    {
        if (settings.Server.Scheme is "http" && !settings.Server.IsLoopback)
        {
            console.Complain($"The token travels to {settings.Server} unencrypted: use https where others share the network.");
        }
    }
}
