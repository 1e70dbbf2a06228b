namespace Arena.Data.Accounts;

/// <summary>What a program shows to act for an account. Only its SHA-256 is kept.</summary>
public sealed class PersonalToken
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] TokenHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
