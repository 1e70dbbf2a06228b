namespace Arena.Data.Accounts;

/// <summary>A secret link that works once and for a time. Only the SHA-256 of its secret is kept.</summary>
public sealed class OneTimeLink
{
    public Guid Id { get; init; }

    /// <summary>What it is for, for example <c>first-administrator</c>.</summary>
    public required string Purpose { get; init; }

    public required byte[] SecretHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}
