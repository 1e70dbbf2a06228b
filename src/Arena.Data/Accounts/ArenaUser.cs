using Microsoft.AspNetCore.Identity;

namespace Arena.Data.Accounts;

/// <summary>A person with an account.</summary>
public sealed class ArenaUser : IdentityUser<Guid>
{
    public DateTimeOffset CreatedAt { get; set; }
}
