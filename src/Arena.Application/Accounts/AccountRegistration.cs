using Arena.Data;
using Arena.Data.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Arena.Application.Accounts;

/// <summary>Makes an account for a person who asks for one.</summary>
public sealed class AccountRegistration(ArenaDbContext database, UserManager<ArenaUser> users, TimeProvider clock)
{
    /// <returns>The account with role submitter, or null and why not.</returns>
    public async Task<(ArenaUser? User, IReadOnlyList<string> Reasons)> RegisterAsync(string email, string password, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var user = new ArenaUser { Id = Guid.CreateVersion7(now), UserName = email, Email = email, CreatedAt = now };
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var made = await users.CreateAsync(user, password);
        if (made.Succeeded)
        {
            made = await users.AddToRoleAsync(user, RoleNames.Submitter);
        }

        if (!made.Succeeded)
        {
            return (null, [.. made.Errors.Select(error => error.Description)]);
        }

        await transaction.AppendAsync(database, now, user.Id, "account.registered", user.Id, new { role = RoleNames.Submitter }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (user, []);
    }
}
