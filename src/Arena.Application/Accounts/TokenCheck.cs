namespace Arena.Application.Accounts;

/// <summary>What a personal token is worth now.</summary>
public abstract record TokenCheck
{
    private TokenCheck()
    {
    }

    /// <param name="Token">Its id.</param>
    /// <param name="Account">For whom it acts.</param>
    /// <param name="Scopes">What it may do.</param>
    public sealed record Valid(Guid Token, Guid Account, IReadOnlyList<string> Scopes) : TokenCheck;

    /// <summary>No token of this Arena's.</summary>
    public sealed record Unknown : TokenCheck;

    public sealed record Revoked(DateTimeOffset At) : TokenCheck;

    public sealed record Expired(DateTimeOffset At) : TokenCheck;

    /// <summary>The account is locked.</summary>
    public sealed record Locked : TokenCheck;
}
