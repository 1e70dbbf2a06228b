using Arena.Application.Leaderboards;
using Arena.Application.Notices;
using Arena.Application.Suites;
using Arena.Contracts.Workers;
using Arena.Data;
using Arena.Data.Ids;
using Arena.Data.Runs;
using Arena.Evaluation.Families;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using OutputChunk = Arena.Data.Runs.OutputChunk;

namespace Arena.Application.Runs;

/// <summary>
/// Makes one attempt at a job its result: checks that the chunks cover the job exactly once, scores them and stores the
/// measurements, all in one transaction, so that nothing is counted twice and nothing that was accepted is lost.
/// </summary>
public sealed class JobCompletion(IDbContextFactory<ArenaDbContext> contexts, SuiteCatalog suites, BoardChanges changes)
{
    public async Task<CompleteResult> CompleteAsync(long job, Guid token, CompleteRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        var raw = (NpgsqlTransaction)transaction.GetDbTransaction();
        if (await EndLeaseAsync(connection, raw, job, token, cancellationToken) is not { } lease)
        {
            return await AnswerAgainAsync(connection, raw, job, token, cancellationToken);
        }

        // every refusal from here on leaves without a commit, and the lease goes on
        if (request.Attempt != lease.Attempt)
        {
            return new CompleteResult.Refused($"The lease is for attempt {lease.Attempt}, and the completion names attempt {request.Attempt}.");
        }

        var chunks = await ChunkStore.ReadOutputsAsync(connection, job, lease.Attempt, cancellationToken);
        if (FindGap(lease, chunks, request.Chunks) is { } gap)
        {
            return new CompleteResult.Refused(gap);
        }

        var run = await context.Runs.Include(run => run.EntryVersion).SingleAsync(run => run.Id == lease.RunId, cancellationToken);
        var suite = await suites.FindAsync(run.SuiteVersionId, cancellationToken);
        var choice = new OutputChoice(run.EntryVersion!.OutputName, Enum.Parse<OutputKind>(run.EntryVersion.OutputKind, ignoreCase: true));
        List<MeasurementChunk> measurements = [];
        string? fault = null;
        foreach (var chunk in chunks)
        {
            if (!PackedOutputs.TryRead(chunk.Payload, out var outputs, out var error))
            {
                // it was read once when it came in, so this is not the worker's doing
                throw new InvalidDataException($"A stored chunk cannot be read: {error}");
            }

            fault = ChunkScoring.Score(lease.RunId, suite.Manifest, suite.Reference, choice, outputs, measurements);
            if (fault is not null)
            {
                break;
            }
        }

        if (fault is null)
        {
            await ChunkStore.StoreMeasurementsAsync(connection, measurements, cancellationToken);
            await FinishAsync(connection, raw, lease, cancellationToken);
            await NoteSpeedAsync(connection, raw, lease, request.ComputeSeconds, cancellationToken);
        }
        else
        {
            await FailJobAsync(connection, raw, job, Fault.Entry, fault, cancellationToken);
            await JobQueue.FailRunAsync(connection, raw, lease.RunId, Fault.Entry, fault, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        await changes.RunChangedAsync(lease.RunId, cancellationToken);
        return new CompleteResult.Completed(fault);
    }

    /// <summary>Records that the entry or the suite is at fault: the run ends, nobody tries again.</summary>
    /// <returns>False when the lease was over already.</returns>
    public async Task<bool> FailAsync(long job, Guid token, Fault fault, string reason, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        var raw = (NpgsqlTransaction)transaction.GetDbTransaction();
        if (await EndLeaseAsync(connection, raw, job, token, cancellationToken) is not { } lease)
        {
            return false;
        }

        await FailJobAsync(connection, raw, job, fault, reason, cancellationToken);
        await JobQueue.FailRunAsync(connection, raw, lease.RunId, fault, reason, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await changes.RunChangedAsync(lease.RunId, cancellationToken);
        return true;
    }

    private static async Task<LeasedJob?> EndLeaseAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long job, Guid token, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            update jobs set state = 'Done', completed_token = lease_token, lease_token = null, lease_expires_at = null, ended_at = now()
            where id = $1 and lease_token = $2
            returning id, run_id, attempt, completed_token, first_ordinal, count
            """, connection, transaction)
        {
            Parameters = { new() { Value = job }, new() { Value = token } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(reader.GetInt64(0), new(reader.GetGuid(1)), reader.GetInt32(2), reader.GetGuid(3), reader.GetInt32(4), reader.GetInt32(5))
            : null;
    }

    private static async Task<CompleteResult> AnswerAgainAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long job, Guid token, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select last_error from jobs where id = $1 and completed_token = $2", connection, transaction)
        {
            Parameters = { new() { Value = job }, new() { Value = token } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new CompleteResult.Completed(await reader.IsDBNullAsync(0, cancellationToken) ? null : reader.GetString(0))
            : new CompleteResult.LeaseOver();
    }

    /// <summary>Null when the chunks are those named and together cover the job's samples exactly once; else what is wrong.</summary>
    private static string? FindGap(LeasedJob lease, IReadOnlyList<OutputChunk> chunks, IReadOnlyList<ChunkReference> named)
    {
        if (chunks.Count != named.Count)
        {
            return $"The completion names {named.Count} chunks and {chunks.Count} are here. Upload every chunk of attempt {lease.Attempt} before completing.";
        }

        var next = lease.FirstOrdinal;
        foreach (var (chunk, reference) in chunks.Zip(named.OrderBy(reference => reference.FirstOrdinal)))
        {
            if (chunk.FirstOrdinal != reference.FirstOrdinal || chunk.Count != reference.Count || !string.Equals(Convert.ToHexStringLower(chunk.Digest), reference.Digest, StringComparison.Ordinal))
            {
                return $"The chunk at sample {chunk.FirstOrdinal} is not the one that the completion names.";
            }

            if (chunk.FirstOrdinal != next)
            {
                return $"The chunks leave out or repeat samples at {next}: together they must cover {lease.FirstOrdinal} to {lease.FirstOrdinal + lease.Count - 1} exactly once.";
            }

            next += chunk.Count;
        }

        return next == lease.FirstOrdinal + lease.Count ? null : $"The chunks end at sample {next - 1} and the job at {lease.FirstOrdinal + lease.Count - 1}.";
    }

    private static async Task FinishAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, LeasedJob lease, CancellationToken cancellationToken)
    {
        // chunks of attempts that were lost never count: gone with the attempt that did
        await using (var discard = new NpgsqlCommand("delete from output_chunks where job_id = $1 and attempt <> $2", connection, transaction) { Parameters = { new() { Value = lease.Id }, new() { Value = lease.Attempt } } })
        {
            await discard.ExecuteNonQueryAsync(cancellationToken);
        }

        // the run's row is locked first: of two last jobs that complete together one then sees the other
        await using (var take = new NpgsqlCommand("select 1 from runs where id = $1 for update", connection, transaction) { Parameters = { new() { Value = lease.RunId.Value } } })
        {
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var finish = new NpgsqlCommand("""
            update runs set state = 'Finished', ended_at = now()
            where id = $1 and state = 'Running' and not exists (select 1 from jobs where run_id = $1 and state <> 'Done')
            """, connection, transaction)
        {
            Parameters = { new() { Value = lease.RunId.Value } },
        };
        await finish.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A moving average over the worker's jobs, a fifth each: what it said of one job counts little.</summary>
    private static async Task NoteSpeedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, LeasedJob lease, double computeSeconds, CancellationToken cancellationToken)
    {
        if (!double.IsFinite(computeSeconds) || computeSeconds <= 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand("""
            update workers set samples_per_second = case when samples_per_second = 0 then $2 else 0.8 * samples_per_second + 0.2 * $2 end
            where id = (select worker_id from jobs where id = $1)
            """, connection, transaction)
        {
            Parameters = { new() { Value = lease.Id }, new() { Value = lease.Count / computeSeconds } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task FailJobAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long job, Fault fault, string reason, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("update jobs set state = 'Failed', last_fault = $2, last_error = $3 where id = $1", connection, transaction)
        {
            Parameters = { new() { Value = job }, new() { Value = fault.ToString() }, new() { Value = reason } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
