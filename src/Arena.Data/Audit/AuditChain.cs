using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Arena.Data.Audit;

/// <summary>Appends to the audit log so that nothing can be changed or taken out of it without breaking the chain of hashes.</summary>
public static class AuditChain
{
    private const long LockKey = 0x4152_454e_4141_5544; // "ARENAAUD"

    /// <summary>Appends within the caller's transaction: the event is there when, and only when, what it tells of is.</summary>
    public static async Task AppendAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset at, string actor, string action, string subject, string details, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        // one writer at a time until the transaction ends: the chain has no branches
        await using (var take = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection, transaction) { Parameters = { new() { Value = LockKey } } })
        {
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        long sequence = 1;
        byte[] previous = new byte[32];
        await using (var last = new NpgsqlCommand("select sequence, hash from audit_events order by sequence desc limit 1", connection, transaction))
        await using (var reader = await last.ExecuteReaderAsync(cancellationToken))
        {
            if (await reader.ReadAsync(cancellationToken))
            {
                sequence = reader.GetInt64(0) + 1;
                previous = reader.GetFieldValue<byte[]>(1);
            }
        }

        // PostgreSQL keeps microseconds; the hash must be of what is kept
        at = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        await using var insert = new NpgsqlCommand("insert into audit_events (sequence, at, actor, action, subject, details, previous_hash, hash) values ($1, $2, $3, $4, $5, $6, $7, $8)", connection, transaction)
        {
            Parameters =
            {
                new() { Value = sequence }, new() { Value = at }, new() { Value = actor }, new() { Value = action }, new() { Value = subject },
                new() { Value = details }, new() { Value = previous }, new() { Value = Hash(previous, sequence, at, actor, action, subject, details) },
            },
        };
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The hash that an event must carry: SHA-256 over the one before, and every field with its length before it.</summary>
    public static byte[] Hash(byte[] previous, long sequence, DateTimeOffset at, string actor, string action, string subject, string details)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        hash.AppendData(previous);
        foreach (var value in (ReadOnlySpan<long>)[sequence, at.UtcTicks])
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
            hash.AppendData(number);
        }

        foreach (var text in (ReadOnlySpan<string>)[actor, action, subject, details])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt64LittleEndian(number, bytes.Length);
            hash.AppendData(number);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
