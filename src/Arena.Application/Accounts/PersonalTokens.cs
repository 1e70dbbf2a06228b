using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Arena.Application.Trust;
using Arena.Data;
using Arena.Data.Accounts;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Arena.Application.Accounts;

/// <summary>Makes, lists, revokes and checks the tokens by which programs act for people. Only a token's SHA-256 is kept.</summary>
public sealed class PersonalTokens(NpgsqlDataSource database, IDbContextFactory<ArenaDbContext> contexts, AuditLog audit, TimeProvider time)
{
    /// <summary>What every token begins with, so that one that was published by mistake is found.</summary>
    public const string Marker = "arena_";

    /// <summary>Tokens that one account may have at a time.</summary>
    public const int MostPerAccount = 20;

    public const int LongestName = 100;

    private const int PrefixLength = 10;

    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(3660);

    /// <summary>Makes a token. Its text is in the answer and nowhere else.</summary>
    /// <param name="account">Whose it is: the person who asks.</param>
    /// <param name="name">What its owner calls it.</param>
    /// <param name="scopes">Of <see cref="TokenScopes"/>, at least one.</param>
    /// <param name="expiresAt">Null for never.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<TokenMade> CreateAsync(Guid account, string name, IReadOnlyCollection<string> scopes, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(scopes);
        var now = time.GetUtcNow();
        if (Problems(name, scopes, expiresAt, now) is { Count: > 0 } problems)
        {
            return new TokenMade.Refused(problems);
        }

        var secret = Marker + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var token = new PersonalToken
        {
            Id = Guid.CreateVersion7(now),
            UserId = account,
            Name = name.Trim(),
            Prefix = secret[..PrefixLength],
            TokenHash = Hash(secret),
            Scopes = [.. TokenScopes.All.Where(scopes.Contains)],
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await RoomAsync(connection, transaction, account, now, cancellationToken) is { } full)
        {
            return new TokenMade.Refused([full]);
        }

        await using (var insert = new NpgsqlCommand("insert into personal_tokens (id, user_id, name, prefix, token_hash, scopes, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)", connection, transaction))
        {
            insert.Parameters.Add(new() { Value = token.Id });
            insert.Parameters.Add(new() { Value = account });
            insert.Parameters.Add(new() { Value = token.Name });
            insert.Parameters.Add(new() { Value = token.Prefix });
            insert.Parameters.Add(new() { Value = token.TokenHash });
            insert.Parameters.Add(new() { Value = token.Scopes });
            insert.Parameters.Add(new() { Value = now });
            insert.Parameters.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = expiresAt });
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await audit.AppendAsync(connection, transaction, account.ToString(), "token.made", "token:" + token.Id, new { token.Scopes, token.ExpiresAt }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new TokenMade.Made(token.Id, secret);
    }

    /// <summary>All that is kept of an account's tokens, revoked ones too, oldest first. The hash leads to no token and stays here.</summary>
    public async Task<IReadOnlyList<PersonalToken>> HistoryAsync(Guid account, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PersonalTokens.AsNoTracking().Where(token => token.UserId == account).OrderBy(token => token.CreatedAt).ToListAsync(cancellationToken);
    }

    /// <summary>An account's tokens that are not revoked, newest first.</summary>
    public async Task<IReadOnlyList<TokenSummary>> ListAsync(Guid account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PersonalTokens.AsNoTracking()
            .Where(token => token.UserId == account && token.RevokedAt == null)
            .OrderByDescending(token => token.CreatedAt)
            .Select(token => new TokenSummary(token.Id, token.Name, token.Prefix, token.Scopes, token.CreatedAt, token.LastUsedAt, token.ExpiresAt, token.ExpiresAt <= now))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends a token at once.</summary>
    /// <returns>False when the account has no such token, or it is revoked already.</returns>
    public async Task<bool> RevokeAsync(Guid account, Guid token, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var revoke = new NpgsqlCommand("update personal_tokens set revoked_at = $3 where id = $1 and user_id = $2 and revoked_at is null", connection, transaction))
        {
            revoke.Parameters.Add(new() { Value = token });
            revoke.Parameters.Add(new() { Value = account });
            revoke.Parameters.Add(new() { Value = time.GetUtcNow() });
            if (await revoke.ExecuteNonQueryAsync(cancellationToken) == 0)
            {
                return false;
            }
        }

        await audit.AppendAsync(connection, transaction, account.ToString(), "token.revoked", "token:" + token, new { }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Whose token it is and what it may do, noting that it was used. Whatever is sent is hashed and looked up, and nothing is compared in memory.</summary>
    public async Task<TokenCheck> CheckAsync(string secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var now = time.GetUtcNow();
        await using var command = database.CreateCommand("""
            with found as (
                select token.id, token.user_id, token.scopes, token.revoked_at, token.expires_at, token.last_used_at, owner.lockout_end
                from personal_tokens token join users owner on owner.id = token.user_id
                where token.token_hash = $1),
            noted as (
                update personal_tokens set last_used_at = date_trunc('minute', $2) from found
                where personal_tokens.id = found.id and found.revoked_at is null
                    and (found.last_used_at is null or found.last_used_at < date_trunc('minute', $2)))
            select id, user_id, scopes, revoked_at, expires_at, lockout_end from found
            """);
        command.Parameters.Add(new() { Value = Hash(secret) });
        command.Parameters.Add(new() { Value = now });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return new TokenCheck.Unknown();
        }

        DateTimeOffset? At(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
        return (At(3), At(4), At(5)) switch
        {
            ({ } revoked, _, _) => new TokenCheck.Revoked(revoked),
            (_, { } expired, _) when expired <= now => new TokenCheck.Expired(expired),
            (_, _, { } locked) when locked > now => new TokenCheck.Locked(),
            _ => new TokenCheck.Valid(reader.GetGuid(0), reader.GetGuid(1), reader.GetFieldValue<string[]>(2)),
        };
    }

    /// <summary>The ids of all tokens that an account ever had: ballots know them as voters.</summary>
    public async Task<IReadOnlyList<Guid>> AllOfAsync(Guid account, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PersonalTokens.Where(token => token.UserId == account).Select(token => token.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Why the account can have no more tokens, a sentence; null when it can.</summary>
    private static async Task<string?> RoomAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // the account's row is held first, by a statement of its own: who asks at the same time then counts what this one has made
        await using (var hold = new NpgsqlCommand("select 1 from users where id = $1 for update", connection, transaction) { Parameters = { new() { Value = account } } })
        {
            if (await hold.ExecuteScalarAsync(cancellationToken) is null)
            {
                return "This account does not exist any more.";
            }
        }

        await using var count = new NpgsqlCommand("select count(*) from personal_tokens where user_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)", connection, transaction)
        {
            Parameters = { new() { Value = account }, new() { Value = now } },
        };
        return (long)(await count.ExecuteScalarAsync(cancellationToken))! < MostPerAccount ? null : $"An account has at most {MostPerAccount} tokens at a time: revoke one that you no longer use.";
    }

    private static List<string> Problems(string name, IReadOnlyCollection<string> scopes, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        List<string> problems = [];
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > LongestName || name.Any(char.IsControl))
        {
            problems.Add($"Give the token a name of 1 to {LongestName} characters, such as the program's that will use it.");
        }

        if (scopes.Count == 0 || scopes.Any(scope => !TokenScopes.All.Contains(scope, StringComparer.Ordinal)))
        {
            problems.Add($"Choose what the token may do: one or more of {string.Join(", ", TokenScopes.All)}.");
        }

        if (expiresAt <= now || expiresAt > now + LongestLife)
        {
            problems.Add("The token expires in the future, within ten years, or never.");
        }

        return problems;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
