using System.Buffers.Text;
using System.Text;
using Arena.Application.Voting;
using Arena.Data;
using Arena.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Arena.Application.Accounts;

/// <summary>What administrators do with accounts, and people with their own when it could lock everybody out. All of it is audited.</summary>
public sealed class AccountAdministration(ArenaDbContext database, UserManager<ArenaUser> users, TimeProvider clock)
{
    // one change that may touch the last administrator at a time
    private const long AdministratorsLock = 0x41_52_45_4e_41_01;

    public async Task<IReadOnlyList<AccountSummary>> ListAsync(CancellationToken cancellationToken)
    {
        var roles = await database.UserRoles
            .Join(database.Roles, member => member.RoleId, role => role.Id, (member, role) => new { member.UserId, Name = role.Name! })
            .ToListAsync(cancellationToken);
        var byUser = roles.ToLookup(role => role.UserId, role => role.Name);
        var now = clock.GetUtcNow();
        var accounts = await database.Users.AsNoTracking().OrderBy(user => user.Email).ToListAsync(cancellationToken);
        return [.. accounts.Select(user => new AccountSummary(
            user.Id, user.Email ?? "", [.. byUser[user.Id].Order(StringComparer.Ordinal)], user.CreatedAt, user.LockoutEnd > now ? user.LockoutEnd : null, user.TwoFactorEnabled))];
    }

    /// <summary>Gives or takes a role. The account's open sessions end within a minute.</summary>
    /// <exception cref="ArgumentException">There is no such role.</exception>
    public Task<AccountChange> SetRoleAsync(Guid actor, Guid account, string role, bool has, CancellationToken cancellationToken)
    {
        if (!RoleNames.All.Contains(role, StringComparer.Ordinal))
        {
            throw new ArgumentException($"There is no role '{role}'.", nameof(role));
        }

        var ends = !has && string.Equals(role, RoleNames.Administrator, StringComparison.Ordinal);
        return ChangeAsync(actor, account, ends, has ? "account.role-given" : "account.role-taken", new { role }, async user =>
        {
            if (await users.IsInRoleAsync(user, role) == has)
            {
                return IdentityResult.Success;
            }

            var changed = has ? await users.AddToRoleAsync(user, role) : await users.RemoveFromRoleAsync(user, role);
            return changed.Succeeded ? await users.UpdateSecurityStampAsync(user) : changed;
        }, cancellationToken);
    }

    /// <summary>Locks an account until it is unlocked, or unlocks it.</summary>
    public Task<AccountChange> SetLockedAsync(Guid actor, Guid account, bool locked, CancellationToken cancellationToken) =>
        ChangeAsync(actor, account, locked, locked ? "account.locked" : "account.unlocked", new { }, async user =>
        {
            var changed = await users.SetLockoutEndDateAsync(user, locked ? DateTimeOffset.MaxValue : null);
            if (changed.Succeeded && !locked)
            {
                changed = await users.ResetAccessFailedCountAsync(user);
            }

            return changed.Succeeded && locked ? await users.UpdateSecurityStampAsync(user) : changed;
        }, cancellationToken);

    /// <summary>Removes an account and everything that names the person, and what leads from it and its tokens to ballots. The audit log keeps its id only.</summary>
    public Task<AccountChange> DeleteAsync(Guid actor, Guid account, CancellationToken cancellationToken) =>
        ChangeAsync(actor, account, ends: true, "account.deleted", new { }, async user =>
        {
            var tokens = await database.PersonalTokens.Where(token => token.UserId == account).Select(token => token.Id).ToListAsync(cancellationToken);
            await VoterForgetting.ForgetAsync((NpgsqlConnection)database.Database.GetDbConnection(), [account, .. tokens], cancellationToken);
            return await users.DeleteAsync(user);
        }, cancellationToken);

    /// <summary>A one-time code with which somebody sets a new password for the account. To be handed over by the administrator.</summary>
    /// <returns>The code, or null when the account is gone.</returns>
    public async Task<string?> MakeResetCodeAsync(Guid actor, Guid account, CancellationToken cancellationToken)
    {
        if (await users.FindByIdAsync(account.ToString()) is not { } user)
        {
            return null;
        }

        var token = await users.GeneratePasswordResetTokenAsync(user);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await transaction.AppendAsync(database, clock.GetUtcNow(), actor, "account.reset-code-made", account, new { }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return account.ToString("N") + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token));
    }

    /// <summary>Sets a new password by a code of <see cref="MakeResetCodeAsync"/>. The code ends with it, as do the open sessions and a lock after wrong passwords.</summary>
    public async Task<AccountChange> ResetPasswordAsync(string code, string password, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        var parts = code.Trim().Split('.', 2);
        if (parts.Length != 2 || !Guid.TryParseExact(parts[0], "N", out var account) || !Base64Url.IsValid(parts[1])
            || await users.FindByIdAsync(account.ToString()) is not { } user)
        {
            return new AccountChange.Unknown();
        }

        var token = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var changed = await users.ResetPasswordAsync(user, token, password);
        if (!changed.Succeeded)
        {
            return changed.Errors.Any(error => string.Equals(error.Code, nameof(IdentityErrorDescriber.InvalidToken), StringComparison.Ordinal))
                ? new AccountChange.Unknown()
                : new AccountChange.Refused([.. changed.Errors.Select(error => error.Description)]);
        }

        if (user.LockoutEnd is { } end && end < DateTimeOffset.MaxValue)
        {
            await users.SetLockoutEndDateAsync(user, null);
        }

        await transaction.AppendAsync(database, clock.GetUtcNow(), account, "account.password-reset", account, new { }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AccountChange.Done();
    }

    /// <summary>A change that people make to their own account, for example of the password: audited with it, or not made at all.</summary>
    public Task<AccountChange> ChangeOwnAsync(Guid account, string action, Func<ArenaUser, Task<IdentityResult>> change, CancellationToken cancellationToken) =>
        ChangeAsync(account, account, ends: false, action, new { }, change, cancellationToken);

    private async Task<AccountChange> ChangeAsync(
        Guid actor, Guid account, bool ends, string action, object details, Func<ArenaUser, Task<IdentityResult>> change, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdministratorsLock})", cancellationToken);
        if (await users.FindByIdAsync(account.ToString()) is not { } user)
        {
            return new AccountChange.Unknown();
        }

        if (ends && await IsLastAdministratorAsync(user))
        {
            return new AccountChange.LastAdministrator();
        }

        var changed = await change(user);
        if (!changed.Succeeded)
        {
            return new AccountChange.Refused([.. changed.Errors.Select(error => error.Description)]);
        }

        await transaction.AppendAsync(database, clock.GetUtcNow(), actor, action, account, details, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AccountChange.Done();
    }

    private async Task<bool> IsLastAdministratorAsync(ArenaUser user)
    {
        var now = clock.GetUtcNow();
        var administrators = await users.GetUsersInRoleAsync(RoleNames.Administrator);
        return administrators.Any(other => other.Id == user.Id) && !administrators.Any(other => other.Id != user.Id && !(other.LockoutEnd > now));
    }
}
