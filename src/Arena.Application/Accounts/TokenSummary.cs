namespace Arena.Application.Accounts;

/// <summary>A personal token in its owner's list.</summary>
/// <param name="Prefix">Its first characters.</param>
/// <param name="LastUsedAt">To the minute; null when it never was.</param>
/// <param name="ExpiresAt">Null for never.</param>
/// <param name="HasExpired">Whether that is over.</param>
public sealed record TokenSummary(Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt, bool HasExpired);
