using Arena.Data.Ids;
using Npgsql;
using NpgsqlTypes;

namespace Arena.Data.Runs;

/// <summary>Writes and reads output and measurement chunks in bulk, by binary COPY.</summary>
public static class ChunkStore
{
    private const string CopyOutputsSql = "copy output_chunks (job_id, attempt, first_ordinal, count, digest, payload) from stdin (format binary)";

    /// <summary>Stores a chunk of outputs while its lease is good.</summary>
    public static async Task<ChunkStored> StoreOutputsAsync(NpgsqlDataSource database, LeasedJob lease, int first, int count, byte[] digest, byte[] payload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(lease);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            // a share lock: the lease cannot be taken back between this look and the commit
            await using var held = new NpgsqlCommand("select 1 from jobs where id = $1 and lease_token = $2 for share", connection, transaction)
            {
                Parameters = { new() { Value = lease.Id }, new() { Value = lease.Token } },
            };
            if (await held.ExecuteScalarAsync(cancellationToken) is null)
            {
                return ChunkStored.LeaseOver;
            }

            try
            {
                await using (var copy = await connection.BeginBinaryImportAsync(CopyOutputsSql, cancellationToken))
                {
                    await WriteAsync(copy, lease.Id, lease.Attempt, first, count, digest, payload, cancellationToken);
                    await copy.CompleteAsync(cancellationToken);
                }

                await transaction.CommitAsync(cancellationToken);
                return ChunkStored.Stored;
            }
            catch (PostgresException e) when (string.Equals(e.SqlState, PostgresErrorCodes.UniqueViolation, StringComparison.Ordinal))
            {
                await transaction.RollbackAsync(cancellationToken);
            }
        }

        // a chunk of this attempt with this first sample is there: the same one is fine
        await using var known = new NpgsqlCommand("select count = $4 and digest = $5 from output_chunks where job_id = $1 and attempt = $2 and first_ordinal = $3", connection)
        {
            Parameters = { new() { Value = lease.Id }, new() { Value = lease.Attempt }, new() { Value = first }, new() { Value = count }, new() { Value = digest } },
        };
        return await known.ExecuteScalarAsync(cancellationToken) is true ? ChunkStored.Stored : ChunkStored.Conflict;
    }

    /// <summary>Stores outputs that no worker made, within the caller's transaction: as one job that is done, which nobody can lease.</summary>
    /// <param name="connection">Of the caller.</param>
    /// <param name="transaction">Of the caller.</param>
    /// <param name="run">A run without jobs.</param>
    /// <param name="capability">What stands where a worker's capability does.</param>
    /// <param name="chunks">In order of their samples, from 0 and without a gap. Their job and attempt do not count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task StoreRecordedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, RunId run, string capability, IReadOnlyList<OutputChunk> chunks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(chunks);
        await using var insert = new NpgsqlCommand("""
            insert into jobs (run_id, first_ordinal, count, capability, virtual_start, state, attempt, failed_on, ended_at)
            values ($1, 0, $2, $3, 0, 'Done', 1, '{}', now())
            returning id
            """, connection, transaction)
        {
            Parameters = { new() { Value = run.Value }, new() { Value = chunks.Sum(chunk => chunk.Count) }, new() { Value = capability } },
        };
        var job = (long)(await insert.ExecuteScalarAsync(cancellationToken))!;
        await using var copy = await connection.BeginBinaryImportAsync(CopyOutputsSql, cancellationToken);
        foreach (var chunk in chunks)
        {
            await WriteAsync(copy, job, attempt: 1, chunk.FirstOrdinal, chunk.Count, chunk.Digest, chunk.Payload, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>The chunks of one attempt in order of their samples.</summary>
    public static async Task<IReadOnlyList<OutputChunk>> ReadOutputsAsync(NpgsqlConnection connection, long job, int attempt, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select job_id, attempt, first_ordinal, count, digest, payload from output_chunks where job_id = $1 and attempt = $2 order by first_ordinal", connection)
        {
            Parameters = { new() { Value = job }, new() { Value = attempt } },
        };
        return await ReadChunksAsync(command, cancellationToken);
    }

    /// <summary>The outputs that a run's measurements were made from: those of each done job's completing attempt, in order of their samples.</summary>
    public static async Task<IReadOnlyList<OutputChunk>> ReadResultAsync(NpgsqlConnection connection, RunId run, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select chunk.job_id, chunk.attempt, chunk.first_ordinal, chunk.count, chunk.digest, chunk.payload
            from jobs join output_chunks chunk on chunk.job_id = jobs.id and chunk.attempt = jobs.attempt
            where jobs.run_id = $1 and jobs.state = 'Done'
            order by chunk.first_ordinal
            """, connection)
        {
            Parameters = { new() { Value = run.Value } },
        };
        return await ReadChunksAsync(command, cancellationToken);
    }

    /// <summary>Adds measurements within the caller's transaction.</summary>
    public static async Task StoreMeasurementsAsync(NpgsqlConnection connection, IEnumerable<MeasurementChunk> chunks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(chunks);
        await using var copy = await connection.BeginBinaryImportAsync("copy measurement_chunks (run_id, metric, first_ordinal, count, values) from stdin (format binary)", cancellationToken);
        foreach (var chunk in chunks)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(chunk.RunId.Value, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(chunk.Metric, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(chunk.FirstOrdinal, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(chunk.Count, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(chunk.Values, NpgsqlDbType.Array | NpgsqlDbType.Real, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>The measurements of several runs by one metric: for each run a vector of <paramref name="samples"/> values, NaN where nothing was measured.</summary>
    public static async Task<IReadOnlyDictionary<RunId, float[]>> ReadMeasurementsAsync(NpgsqlConnection connection, IReadOnlyCollection<RunId> runs, string metric, int samples, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Dictionary<RunId, float[]> vectors = new(runs.Count);
        foreach (var run in runs)
        {
            var vector = new float[samples];
            vector.AsSpan().Fill(float.NaN);
            vectors.Add(run, vector);
        }

        await using var command = new NpgsqlCommand("select run_id, first_ordinal, values from measurement_chunks where run_id = any ($1) and metric = $2", connection)
        {
            Parameters = { new() { Value = runs.Select(run => run.Value).ToArray() }, new() { Value = metric } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var values = await reader.GetFieldValueAsync<float[]>(2, cancellationToken);
            values.CopyTo(vectors[new(reader.GetGuid(0))].AsSpan(reader.GetInt32(1)));
        }

        return vectors;
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, long job, int attempt, int first, int count, byte[] digest, byte[] payload, CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(job, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(attempt, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync(first, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync(count, NpgsqlDbType.Integer, cancellationToken);
        await copy.WriteAsync(digest, NpgsqlDbType.Bytea, cancellationToken);
        await copy.WriteAsync(payload, NpgsqlDbType.Bytea, cancellationToken);
    }

    private static async Task<IReadOnlyList<OutputChunk>> ReadChunksAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        List<OutputChunk> chunks = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            chunks.Add(new()
            {
                JobId = reader.GetInt64(0),
                Attempt = reader.GetInt32(1),
                FirstOrdinal = reader.GetInt32(2),
                Count = reader.GetInt32(3),
                Digest = reader.GetFieldValue<byte[]>(4),
                Payload = reader.GetFieldValue<byte[]>(5),
            });
        }

        return chunks;
    }
}

/// <summary>What became of a chunk that was sent.</summary>
public enum ChunkStored
{
    /// <summary>It is durable, now or since an earlier time.</summary>
    Stored,

    /// <summary>Another chunk stands in its place.</summary>
    Conflict,

    /// <summary>The lease is over.</summary>
    LeaseOver,
}
