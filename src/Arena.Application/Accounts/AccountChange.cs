namespace Arena.Application.Accounts;

/// <summary>What came of a change to an account.</summary>
public abstract record AccountChange
{
    private AccountChange()
    {
    }

    public sealed record Done : AccountChange;

    /// <summary>The account is gone.</summary>
    public sealed record Unknown : AccountChange;

    /// <summary>Without this account nobody could give roles any more.</summary>
    public sealed record LastAdministrator : AccountChange;

    /// <summary>Not accepted; sentences for the person who asked.</summary>
    public sealed record Refused(IReadOnlyList<string> Reasons) : AccountChange;
}
