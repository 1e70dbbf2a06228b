namespace Arena.Application.Accounts;

/// <summary>An account in the administrators' list.</summary>
/// <param name="LockedUntil">Null when it is not locked; far in the future when an administrator locked it.</param>
public sealed record AccountSummary(Guid Id, string Email, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, DateTimeOffset? LockedUntil, bool TwoFactor);
