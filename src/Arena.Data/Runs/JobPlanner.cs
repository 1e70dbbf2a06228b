using Arena.Data.Ids;
using Npgsql;
using NpgsqlTypes;

namespace Arena.Data.Runs;

/// <summary>Cuts a run into jobs and queues them.</summary>
public static class JobPlanner
{
    /// <summary>Who pays for baselines in the fair queue.</summary>
    public const string BaselinesOwner = "baselines";

    /// <summary>
    /// Queues the jobs of a run within the caller's transaction. Start-time fair queuing: a job starts at
    /// max(system virtual time, the owner's last virtual finish) and finishes <c>count</c> later (cost in samples), so that
    /// an owner with a thousand jobs does not keep out one with a single job.
    /// </summary>
    public static async Task QueueAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, RunId run, string capability, string ownerKey, int samples, int shard, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(shard, 1);
        // the owner's row is locked first, so that two submissions of one owner do not start at the same virtual time
        await using var owner = new NpgsqlCommand("""
            insert into queue_owners as o (owner_key, last_virtual_finish)
            values ($2, (select coalesce(
                (select max(virtual_start) from jobs where state = 'Leased'),
                (select min(virtual_start) from jobs where state = 'Queued' and capability = $1),
                (select max(last_virtual_finish) from queue_owners), 0)))
            on conflict (owner_key) do update set last_virtual_finish = greatest(o.last_virtual_finish, excluded.last_virtual_finish)
            returning last_virtual_finish
            """, connection, transaction)
        {
            Parameters = { new() { Value = capability }, new() { Value = ownerKey } },
        };
        var start = (double)(await owner.ExecuteScalarAsync(cancellationToken))!;

        await using (var copy = await connection.BeginBinaryImportAsync("copy jobs (run_id, first_ordinal, count, capability, virtual_start, state, attempt, failed_on) from stdin (format binary)", cancellationToken))
        {
            for (var first = 0; first < samples; first += shard)
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(run.Value, NpgsqlDbType.Uuid, cancellationToken);
                await copy.WriteAsync(first, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(Math.Min(shard, samples - first), NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(capability, NpgsqlDbType.Varchar, cancellationToken);
                await copy.WriteAsync(start + first, NpgsqlDbType.Double, cancellationToken);
                await copy.WriteAsync(nameof(JobState.Queued), NpgsqlDbType.Varchar, cancellationToken);
                await copy.WriteAsync(0, NpgsqlDbType.Integer, cancellationToken);
                await copy.WriteAsync(Array.Empty<Guid>(), NpgsqlDbType.Array | NpgsqlDbType.Uuid, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await using var finish = new NpgsqlCommand("update queue_owners set last_virtual_finish = $2 where owner_key = $1", connection, transaction)
        {
            Parameters = { new() { Value = ownerKey }, new() { Value = start + samples } },
        };
        await finish.ExecuteNonQueryAsync(cancellationToken);
    }
}
