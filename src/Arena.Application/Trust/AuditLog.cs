using System.Text.Json;
using Arena.Data;
using Arena.Data.Audit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Arena.Application.Trust;

/// <summary>The append-only record of who changed what.</summary>
public sealed class AuditLog(NpgsqlDataSource database, IDbContextFactory<ArenaDbContext> contexts, TimeProvider time)
{
    /// <summary>Appends in a transaction of its own. Where the change is SQL of ours, append in the same transaction instead.</summary>
    public async Task AppendAsync(string actor, string action, string subject, object details, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AppendAsync(connection, transaction, actor, action, subject, details, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Appends within the caller's transaction.</summary>
    public Task AppendAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string actor, string action, string subject, object details, CancellationToken cancellationToken) =>
        AuditChain.AppendAsync(connection, transaction, time.GetUtcNow(), actor, action, subject, JsonSerializer.Serialize(details, JsonSerializerOptions.Web), cancellationToken);

    /// <summary>The newest events, newest first.</summary>
    public async Task<IReadOnlyList<AuditEvent>> NewestAsync(int count, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.AuditEvents.AsNoTracking().OrderByDescending(audit => audit.Sequence).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>Walks the whole chain.</summary>
    /// <returns>The sequence number of the first event that does not fit, or null when the chain holds.</returns>
    public async Task<long?> FindBreakAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var previous = new byte[32];
        long expected = 1;
        await foreach (var audit in context.AuditEvents.AsNoTracking().OrderBy(audit => audit.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var hash = AuditChain.Hash(previous, audit.Sequence, audit.At, audit.Actor, audit.Action, audit.Subject, audit.Details);
            if (audit.Sequence != expected || !previous.AsSpan().SequenceEqual(audit.PreviousHash) || !hash.AsSpan().SequenceEqual(audit.Hash))
            {
                return expected;
            }

            previous = audit.Hash;
            expected++;
        }

        return null;
    }
}
