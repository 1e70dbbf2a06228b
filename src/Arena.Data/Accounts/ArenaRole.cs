using Microsoft.AspNetCore.Identity;

namespace Arena.Data.Accounts;

/// <summary>One of <see cref="RoleNames"/>.</summary>
public sealed class ArenaRole : IdentityRole<Guid>;
