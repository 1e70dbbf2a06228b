using System.Globalization;
using Arena.Contracts.Workers;
using Arena.Evaluation.Tensors;
using Arena.Worker.Artefacts;
using Arena.Worker.Hosting;
using Arena.Worker.Leases;
using Arena.Worker.Server;

namespace Arena.Worker.Runs;

/// <summary>Does the jobs of one answer to acquire: files, runner, batches, chunks, completion.</summary>
internal sealed class RunEvaluator(
    ServerClient client,
    ArtefactCache cache,
    JobReports reports,
    LeaseBook book,
    WorkerSettings settings,
    Retry retry,
    TimeProvider time,
    WorkerConsole console)
{
    /// <param name="run">Held already.</param>
    /// <param name="mostChunkBytes">The server's word.</param>
    /// <param name="stop">Leaves the jobs held, to be given back by whoever stops the worker.</param>
    /// <returns>False when something was wrong with this worker.</returns>
    public async Task<bool> EvaluateAsync(HeldRun run, int mostChunkBytes, CancellationToken stop)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(stop, run.Over);
        ModelRunner? runner = null;
        try
        {
            var rules = OutputRules.Create(run.Lease.Output);
            var modelPath = await FetchAsync(run, run.Lease.Model, running.Token);
            var rows = await SampleRows.ReadAsync(await FetchAsync(run, run.Lease.Input.File, running.Token), run.Lease.Input, run.Lease.Preprocessing, running.Token);
            var chunk = new ChunkBuffer(rules, mostChunkBytes, run.Jobs.Max(job => Math.Max(1, job.Lease.Count)));
            foreach (var job in run.Jobs)
            {
                using var working = CancellationTokenSource.CreateLinkedTokenSource(stop, job.Over);
                try
                {
                    working.Token.ThrowIfCancellationRequested();
                    rows.CheckRange(job.Lease.FirstOrdinal, job.Lease.Count);
                    if (runner is { IsAlive: false })
                    {
                        await runner.DisposeAsync();
                        runner = null;
                    }

                    runner ??= await ModelRunner.StartAsync(run.Lease, modelPath, rows, settings, time, working.Token);
                    await EvaluateJobAsync(run, job, runner, rules, chunk, working.Token);
                }
                catch (LeaseOverException e)
                {
                    await run.EndAsync(job, e.Message);
                    console.Say($"dropped {Describe(run, job)}: {e.Message}");
                }
                catch (OperationCanceledException) when (job.Ended is { } why && !stop.IsCancellationRequested)
                {
                    console.Say($"dropped {Describe(run, job)}: {why}");
                }

                book.Release(job);
            }

            return true;
        }
        catch (LeaseOverException e)
        {
            console.Say($"dropped {run.Lease.Entry}: {e.Message}");
            await GiveUpAsync(run, null, "", stop);
            return true;
        }
        catch (OperationCanceledException) when (run.Over.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            console.Say($"dropped {run.Lease.Entry}: {run.Jobs[0].Ended}");
            return true;
        }
        catch (Exception e) when (e is not (OperationCanceledException or WorkerStopException))
        {
            var fault = e as JobFaultException ?? JobFaultException.Worker(Reason(e), e);
            console.Complain($"{run.Lease.Entry} failed ({fault.Fault}): {fault.Message}");
            if (fault.InnerException is { } inner && inner is not (IOException or ServerAwayException or ServerRefusalException or Inference.Runner.RunnerException or UnauthorizedAccessException or InvalidDataException))
            {
                console.Complain(inner.ToString());
            }

            await GiveUpAsync(run, fault.Fault, fault.Message, stop);
            return !string.Equals(fault.Fault, FailRequest.WorkerFault, StringComparison.Ordinal);
        }
        finally
        {
            if (runner is not null)
            {
                await runner.DisposeAsync();
            }
        }
    }

    private async Task EvaluateJobAsync(HeldRun run, HeldJob job, ModelRunner runner, OutputRules rules, ChunkBuffer chunk, CancellationToken cancellationToken)
    {
        console.Say($"evaluating {Describe(run, job)} …");
        var lease = job.Lease;
        var seconds = run.Lease.Limits.TimeoutSeconds;
        var tooSlow = $"The model took longer than {seconds} seconds for {lease.Count} samples.";
        var limit = TimeSpan.FromSeconds(seconds);
        var spent = TimeSpan.Zero;
        var chunks = new List<ChunkReference>();
        chunk.Clear();
        for (int done = 0, count; done < lease.Count; done += count)
        {
            count = Math.Min(runner.Batch, lease.Count - done);
            if (spent >= limit)
            {
                throw JobFaultException.Entry(tooSlow);
            }

            var start = time.GetTimestamp();
            using var outputs = await runner.RunAsync(lease.FirstOrdinal + done, count, limit - spent, tooSlow, cancellationToken);
            spent += time.GetElapsedTime(start);
            for (int taken = 0, added; taken < count; taken += added)
            {
                added = Take(chunk, rules, outputs[0], runner.RowsRun(count), lease.FirstOrdinal + done, taken, count);
                if (chunk.IsFull)
                {
                    chunks.Add(await UploadAsync(job, chunk, cancellationToken));
                }
            }
        }

        if (!chunk.IsEmpty)
        {
            chunks.Add(await UploadAsync(job, chunk, cancellationToken));
        }

        var answer = await reports.CompleteAsync(lease, new CompleteRequest(lease.Attempt, chunks, spent.TotalSeconds), cancellationToken);
        console.Say(answer.Reason is { } reason
            ? $"{Describe(run, job)}: {answer.State}: {reason}"
            : string.Create(CultureInfo.InvariantCulture, $"done, {lease.Count / Math.Max(spent.TotalSeconds, 1e-6):#,0} samples/s"));
    }

    private static int Take(ChunkBuffer chunk, OutputRules rules, Inference.OutputTensor output, int ran, int first, int taken, int count)
    {
        var sample = rules.Check(output, ran);
        var bytesEach = output.Bytes.Length / ran;
        return chunk.Add(first + taken, sample, output.Bytes[(taken * bytesEach)..(count * bytesEach)]);
    }

    private async Task<ChunkReference> UploadAsync(HeldJob job, ChunkBuffer chunk, CancellationToken cancellationToken)
    {
        var body = chunk.Pack(out var reference);
        await reports.PutChunkAsync(job.Lease, reference, body, cancellationToken);
        return reference;
    }

    private async Task<string> FetchAsync(HeldRun run, Artefact artefact, CancellationToken cancellationToken)
    {
        string[] needed = [run.Lease.Model.Sha256, run.Lease.Input.File.Sha256];
        return await retry.UntilAnsweredAsync("fetching a file", token => cache.GetAsync(artefact, needed, client.FetchAsync, token), cancellationToken);
    }

    /// <summary>Reports the first job that is still ours as failed. Where the model or the suite is at fault the others are given back untried, for the
    /// server ends the run; where this worker is, they have failed here too.</summary>
    private async Task GiveUpAsync(HeldRun run, string? fault, string reason, CancellationToken stop)
    {
        var open = book.All.Where(held => held.Run == run).Select(held => held.Job).OrderBy(job => job.Lease.FirstOrdinal).ToList();
        var reported = fault is null;
        foreach (var job in open)
        {
            using var reporting = CancellationTokenSource.CreateLinkedTokenSource(stop, job.Over);
            try
            {
                if (fault is not null && (!reported || string.Equals(fault, FailRequest.WorkerFault, StringComparison.Ordinal)))
                {
                    await reports.FailAsync(job.Lease, fault, reason, reporting.Token);
                }
                else
                {
                    await reports.AbortAsync(job.Lease, reporting.Token);
                }

                reported = true;
            }
            catch (LeaseOverException)
            {
                // ended meanwhile, as it should be
            }
            catch (OperationCanceledException) when (job.Ended is not null && !stop.IsCancellationRequested)
            {
                // taken away meanwhile
            }
            catch (Exception e) when (e is ServerAwayException or ServerRefusalException)
            {
                console.Complain($"{Describe(run, job)} could not be reported: {e.Message} Its lease will run out.");
            }

            book.Release(job);
        }
    }

    private static string Reason(Exception e) => e switch
    {
        ServerAwayException or ServerRefusalException or InvalidDataException => e.Message,
        IOException or UnauthorizedAccessException => $"The worker's disk did not do its part: {e.Message}",
        _ => $"The worker made a mistake ({e.GetType().Name}): {e.Message}",
    };

    private static string Describe(HeldRun run, HeldJob job) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.Lease.Entry}: samples {job.Lease.FirstOrdinal} to {job.Lease.FirstOrdinal + (long)job.Lease.Count - 1}");
}
