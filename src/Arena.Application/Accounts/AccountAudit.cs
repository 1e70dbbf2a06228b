using System.Text.Json;
using Arena.Data;
using Arena.Data.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Arena.Application.Accounts;

/// <summary>The audit event of a change to an account, in the transaction of the change.</summary>
internal static class AccountAudit
{
    public static Task AppendAsync(
        this IDbContextTransaction transaction, ArenaDbContext database, DateTimeOffset at, Guid actor, string action, Guid account, object details, CancellationToken cancellationToken) =>
        AuditChain.AppendAsync(
            (NpgsqlConnection)database.Database.GetDbConnection(),
            (NpgsqlTransaction)transaction.GetDbTransaction(),
            at,
            actor.ToString(),
            action,
            "account:" + account,
            JsonSerializer.Serialize(details),
            cancellationToken);
}
