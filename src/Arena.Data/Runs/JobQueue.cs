using Arena.Data.Ids;
using Npgsql;
using NpgsqlTypes;

namespace Arena.Data.Runs;

/// <summary>
/// The queue of jobs: leases by <c>FOR UPDATE SKIP LOCKED</c>, start-time fair queuing between owners.
/// All times are the database's, so that nodes need not agree on the clock.
/// </summary>
/// <remarks>
/// Measured rules (architecture.md): the claim walks an index that has the capability first; heartbeat and completion address a job by
/// id and lease token and nothing else; nothing here sends a NOTIFY.
/// </remarks>
public sealed class JobQueue(NpgsqlDataSource database)
{
    /// <summary>So often a job is tried again after a worker's fault, each time on another worker.</summary>
    public const int MaximumFailures = 3;

    internal const string ClaimSql = """
        with head as (
            select id, run_id from jobs
            where state = 'Queued' and capability = $1 and not ($2 = any (failed_on))
            order by virtual_start, id
            limit 1
            for update skip locked),
        more as (
            select j.id from head h cross join lateral (
                select id from jobs
                where run_id = h.run_id and state = 'Queued' and id <> h.id and not ($2 = any (failed_on))
                order by first_ordinal
                limit $3
                for update skip locked) j)
        update jobs set state = 'Leased', attempt = attempt + 1, worker_id = $2,
            lease_token = gen_random_uuid(), lease_expires_at = now() + make_interval(secs => $4)
        where id in (select id from head union all select id from more)
        returning id, run_id, attempt, lease_token, first_ordinal, count
        """;

    internal const string HeartbeatSql = """
        update jobs set lease_expires_at = now() + make_interval(secs => $3)
        from unnest($1, $2) as asked (id, token)
        where jobs.id = asked.id and jobs.lease_token = asked.token
        returning jobs.id
        """;

    /// <summary>Leases up to <paramref name="maximum"/> jobs of one run to a worker, the fairest run first.</summary>
    /// <returns>The leases in order of their samples; empty when there is no work.</returns>
    public async Task<IReadOnlyList<LeasedJob>> AcquireAsync(WorkerId worker, IReadOnlyList<string> capabilities, int maximum, double leaseSeconds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(capabilities);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        List<LeasedJob> leases = [];
        foreach (var capability in capabilities)
        {
            await using (var claim = new NpgsqlCommand(ClaimSql, connection, transaction)
            {
                Parameters = { new() { Value = capability }, new() { Value = worker.Value }, new() { Value = maximum - 1 }, new() { Value = leaseSeconds } },
            })
            await using (var reader = await claim.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    leases.Add(new(reader.GetInt64(0), new(reader.GetGuid(1)), reader.GetInt32(2), reader.GetGuid(3), reader.GetInt32(4), reader.GetInt32(5)));
                }
            }

            if (leases.Count > 0)
            {
                await using var start = new NpgsqlCommand("update runs set state = 'Running', started_at = coalesce(started_at, now()) where id = $1 and state = 'Queued'", connection, transaction)
                {
                    Parameters = { new() { Value = leases[0].RunId.Value } },
                };
                await start.ExecuteNonQueryAsync(cancellationToken);
                break;
            }
        }

        await transaction.CommitAsync(cancellationToken);
        leases.Sort((a, b) => a.FirstOrdinal.CompareTo(b.FirstOrdinal));
        return leases;
    }

    /// <summary>Prolongs leases.</summary>
    /// <returns>For each lease in the order given: still held, cancelled, or lost.</returns>
    public async Task<IReadOnlyList<LeaseStatus>> HeartbeatAsync(IReadOnlyList<(long Job, Guid Token)> leases, double leaseSeconds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leases);
        var ids = leases.Select(lease => lease.Job).ToArray();
        HashSet<long> held = [];
        HashSet<long> cancelled = [];
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using (var prolong = new NpgsqlCommand(HeartbeatSql, connection)
        {
            Parameters = { new() { Value = ids }, new() { Value = leases.Select(lease => lease.Token).ToArray() }, new() { Value = leaseSeconds } },
        })
        await using (var reader = await prolong.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                held.Add(reader.GetInt64(0));
            }
        }

        if (held.Count < ids.Length)
        {
            await using var why = new NpgsqlCommand("select id from jobs where id = any ($1) and state = 'Cancelled'", connection) { Parameters = { new() { Value = ids } } };
            await using var reader = await why.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                cancelled.Add(reader.GetInt64(0));
            }
        }

        return [.. ids.Select(id => held.Contains(id) ? LeaseStatus.Held : cancelled.Contains(id) ? LeaseStatus.Cancelled : LeaseStatus.Lost)];
    }

    /// <summary>The run that a lease is for, while the lease is good; null when it is over.</summary>
    public async Task<LeasedJob?> FindLeaseAsync(long job, Guid token, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select id, run_id, attempt, lease_token, first_ordinal, count from jobs where id = $1 and lease_token = $2");
        command.Parameters.Add(new() { Value = job });
        command.Parameters.Add(new() { Value = token });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(reader.GetInt64(0), new(reader.GetGuid(1)), reader.GetInt32(2), reader.GetGuid(3), reader.GetInt32(4), reader.GetInt32(5))
            : null;
    }

    /// <summary>Gives a job back untried: no failure is counted.</summary>
    /// <returns>False when the lease was over already.</returns>
    public async Task<bool> AbortAsync(long job, Guid token, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("update jobs set state = 'Queued', lease_token = null, lease_expires_at = null, worker_id = null where id = $1 and lease_token = $2");
        command.Parameters.Add(new() { Value = job });
        command.Parameters.Add(new() { Value = token });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Takes back every lease whose time is up. Each counts as a failure of the worker that held it.</summary>
    public Task<IReadOnlyList<RunId>> ExpireAsync(CancellationToken cancellationToken) =>
        TakeBackAsync("state = 'Leased' and lease_expires_at < now()", null, "The worker went silent and its lease ran out.", cancellationToken);

    /// <summary>Takes back the leases of a worker that is known to be gone, before they expire.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="crashed">True when it died at work: then each lease counts as a failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<RunId>> TakeBackAsync(WorkerId worker, bool crashed, CancellationToken cancellationToken)
    {
        if (crashed)
        {
            return await TakeBackAsync("state = 'Leased' and worker_id = $2", worker, "The worker stopped in the middle of the job.", cancellationToken);
        }

        await using var command = database.CreateCommand("update jobs set state = 'Queued', lease_token = null, lease_expires_at = null, worker_id = null where state = 'Leased' and worker_id = $1 returning run_id");
        command.Parameters.Add(new() { Value = worker.Value });
        return await ReadRunsAsync(command, cancellationToken);
    }

    /// <summary>Records a worker's fault: the job waits for another worker, or its run fails when it has failed too often.</summary>
    /// <returns>False when the lease was over already.</returns>
    public async Task<bool> FailOnWorkerAsync(long job, Guid token, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(RequeueSql("id = $2 and lease_token = $3"), connection, transaction)
        {
            Parameters = { new() { Value = reason }, new() { Value = job }, new() { Value = token } },
        };
        var runs = await ReadRunsAsync(command, cancellationToken);
        await QuarantineAsync(connection, transaction, runs, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return runs.Count == 1;
    }

    /// <summary>Ends a run within a transaction of the caller's: whatever of it is queued or leased is cancelled.</summary>
    public static async Task FailRunAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, RunId run, Fault fault, string reason, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            with ended as (
                update runs set state = 'Failed', ended_at = now(), failure_reason = $2, failure_fault = $3
                where id = $1 and state in ('Queued', 'Running')
                returning id)
            update jobs set state = 'Cancelled', lease_token = null, lease_expires_at = null, ended_at = now()
            from ended where jobs.run_id = ended.id and jobs.state in ('Queued', 'Leased')
            """, connection, transaction)
        {
            Parameters = { new() { Value = run.Value }, new() { Value = reason }, new() { Value = fault.ToString() } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string RequeueSql(string which) => $"""
        update jobs set
            state = case when cardinality(failed_on) + 1 >= {MaximumFailures} then 'Failed' else 'Queued' end,
            failed_on = failed_on || worker_id, last_error = $1, last_fault = 'Worker',
            lease_token = null, lease_expires_at = null, worker_id = null
        where {which}
        returning run_id
        """;

    private async Task<IReadOnlyList<RunId>> TakeBackAsync(string which, WorkerId? worker, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(RequeueSql($"id in (select id from jobs where {which} for update skip locked)"), connection, transaction)
        {
            Parameters = { new() { Value = reason } },
        };
        if (worker is { } known)
        {
            command.Parameters.Add(new() { Value = known.Value });
        }

        var runs = await ReadRunsAsync(command, cancellationToken);
        await QuarantineAsync(connection, transaction, runs, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return runs;
    }

    /// <summary>A run with a job that has failed on too many workers ends, and says that no worker could do it.</summary>
    private static async Task QuarantineAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<RunId> runs, CancellationToken cancellationToken)
    {
        if (runs.Count == 0)
        {
            return;
        }

        List<(RunId Run, string Reason)> failed = [];
        await using (var find = new NpgsqlCommand("select distinct on (run_id) run_id, last_error from jobs where run_id = any ($1) and state = 'Failed' order by run_id, id", connection, transaction)
        {
            Parameters = { new() { Value = runs.Select(run => run.Value).Distinct().ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } },
        })
        await using (var reader = await find.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                failed.Add((new(reader.GetGuid(0)), reader.GetString(1)));
            }
        }

        foreach (var (run, reason) in failed)
        {
            await FailRunAsync(connection, transaction, run, Fault.Worker, $"Given up after {MaximumFailures} workers failed on it. The last one: {reason}", cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<RunId>> ReadRunsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        List<RunId> runs = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            runs.Add(new(reader.GetGuid(0)));
        }

        return runs;
    }
}
