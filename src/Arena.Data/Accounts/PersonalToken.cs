namespace Arena.Data.Accounts;

/// <summary>What a program shows to act for an account. Only its SHA-256 is kept.</summary>
public sealed class PersonalToken
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Its first characters, so that its owner can tell it from others.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>What it may do, of <see cref="TokenScopes"/>.</summary>
    public required string[] Scopes { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null when it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
