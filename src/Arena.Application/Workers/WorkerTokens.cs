using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Arena.Data.Ids;
using Arena.Data.Runs;
using Npgsql;

namespace Arena.Application.Workers;

/// <summary>Gives out, checks and revokes the tokens of workers. Only a token's SHA-256 is kept.</summary>
public sealed class WorkerTokens(NpgsqlDataSource database, JobQueue queue, TimeProvider time)
{
    /// <summary>Makes a token for a worker that is about to be started.</summary>
    public async Task<(WorkerId Worker, string Token)> IssueAsync(string name, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var worker = new WorkerId(Guid.CreateVersion7(time.GetUtcNow()));
        await using var command = database.CreateCommand("insert into workers (id, name, token_hash, capabilities, software, hardware, samples_per_second) values ($1, $2, $3, '{}', '', '', 0)");
        command.Parameters.Add(new() { Value = worker.Value });
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = Hash(token) });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return (worker, token);
    }

    /// <summary>Whose token it is, noting that the worker was heard of; null when it is nobody's or revoked.</summary>
    public async Task<WorkerId?> FindAsync(string token, CancellationToken cancellationToken)
    {
        // noted to five seconds: a busy worker's row is not written at every request
        await using var command = database.CreateCommand("""
            with found as (select id, last_seen_at from workers where token_hash = $1 and revoked_at is null),
            noted as (
                update workers set last_seen_at = now() from found
                where workers.id = found.id and (found.last_seen_at is null or found.last_seen_at < now() - interval '5 seconds'))
            select id from found
            """);
        command.Parameters.Add(new() { Value = Hash(token) });
        return await command.ExecuteScalarAsync(cancellationToken) is Guid id ? new WorkerId(id) : null;
    }

    /// <summary>Notes what a worker says of itself.</summary>
    public async Task RegisterAsync(WorkerId worker, IReadOnlyList<string> capabilities, string software, string hardware, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(capabilities);
        await using var command = database.CreateCommand("update workers set capabilities = $2, software = $3, hardware = $4, registered_at = now() where id = $1");
        command.Parameters.Add(new() { Value = worker.Value });
        command.Parameters.Add(new() { Value = capabilities.ToArray() });
        command.Parameters.Add(new() { Value = software });
        command.Parameters.Add(new() { Value = hardware });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Ends a token at once and takes back what the worker held.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="crashed">True when it died at work: its leases count as failures.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<RunId>> RevokeAsync(WorkerId worker, bool crashed, CancellationToken cancellationToken)
    {
        await using (var command = database.CreateCommand("update workers set revoked_at = now() where id = $1 and revoked_at is null"))
        {
            command.Parameters.Add(new() { Value = worker.Value });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return await queue.TakeBackAsync(worker, crashed, cancellationToken);
    }

    /// <summary>Revokes every token that was given to a worker of this name: at start, those of an earlier life of the host.</summary>
    public async Task RevokeAllAsync(string name, CancellationToken cancellationToken)
    {
        List<WorkerId> workers = [];
        await using (var command = database.CreateCommand("select id from workers where name = $1 and revoked_at is null"))
        {
            command.Parameters.Add(new() { Value = name });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                workers.Add(new(reader.GetGuid(0)));
            }
        }

        foreach (var worker in workers)
        {
            await RevokeAsync(worker, crashed: false, cancellationToken);
        }
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
