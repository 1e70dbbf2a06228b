using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Arena.Data;
using Arena.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Accounts;

/// <summary>
/// How the first administrator gets in: a secret that works once and for an hour. Only its SHA-256 is kept;
/// the secret itself goes to the console, never to a log.
/// </summary>
public sealed class FirstAdministrator(ArenaDbContext database, UserManager<ArenaUser> users, TimeProvider clock)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const string Purpose = "first-administrator";

    /// <summary>Makes a new secret and ends the older ones. Call it at every start.</summary>
    /// <returns>The secret, or null when there is an administrator already.</returns>
    public async Task<string?> PrepareAsync(CancellationToken cancellationToken)
    {
        await EnsureRolesAsync(cancellationToken);
        if (await ExistsAsync(cancellationToken))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        await database.OneTimeLinks
            .Where(link => link.Purpose == Purpose && link.UsedAt == null && link.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.ExpiresAt, now), cancellationToken);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        database.OneTimeLinks.Add(new OneTimeLink
        {
            Id = Guid.CreateVersion7(now),
            Purpose = Purpose,
            SecretHash = Hash(secret),
            CreatedAt = now,
            ExpiresAt = now + Lifetime,
        });
        await database.SaveChangesAsync(cancellationToken);
        return secret;
    }

    /// <summary>Makes the account. The secret is spent only when that succeeds, and by one caller only.</summary>
    public async Task<FirstAdministratorResult> CreateAsync(string secret, string email, string password, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var now = clock.GetUtcNow();
        var hash = Hash(secret.Trim());
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        // the row lock makes a second caller wait here, and then find the link used
        var spent = await database.OneTimeLinks
            .Where(link => link.SecretHash == hash && link.Purpose == Purpose && link.UsedAt == null && link.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.UsedAt, now), cancellationToken);
        if (spent == 0 || await ExistsAsync(cancellationToken))
        {
            return new FirstAdministratorResult.LinkEnded();
        }

        var user = new ArenaUser { Id = Guid.CreateVersion7(now), UserName = email, Email = email, CreatedAt = now };
        var made = await users.CreateAsync(user, password);
        if (made.Succeeded)
        {
            made = await users.AddToRoleAsync(user, RoleNames.Administrator);
        }

        if (!made.Succeeded)
        {
            return new FirstAdministratorResult.Refused([.. made.Errors.Select(error => error.Description)]);
        }

        await transaction.AppendAsync(database, now, user.Id, "account.first-administrator", user.Id, new { role = RoleNames.Administrator }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new FirstAdministratorResult.Created(user);
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private Task<bool> ExistsAsync(CancellationToken cancellationToken) =>
        database.UserRoles
            .Join(database.Roles, member => member.RoleId, role => role.Id, (_, role) => role.Name)
            .AnyAsync(name => name == RoleNames.Administrator, cancellationToken);

    private async Task EnsureRolesAsync(CancellationToken cancellationToken)
    {
        foreach (var name in RoleNames.All)
        {
            await database.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO roles (id, name, normalized_name, concurrency_stamp)
                VALUES ({Guid.NewGuid()}, {name}, {name.ToUpperInvariant()}, {Guid.NewGuid().ToString()})
                ON CONFLICT (normalized_name) DO NOTHING
                """,
                cancellationToken);
        }
    }
}
