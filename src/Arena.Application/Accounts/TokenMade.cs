namespace Arena.Application.Accounts;

/// <summary>What came of asking for a personal token.</summary>
public abstract record TokenMade
{
    private TokenMade()
    {
    }

    /// <param name="Id">Of the token.</param>
    /// <param name="Secret">The token itself, shown once.</param>
    public sealed record Made(Guid Id, string Secret) : TokenMade;

    /// <summary>Not made; sentences for the person who asked.</summary>
    public sealed record Refused(IReadOnlyList<string> Reasons) : TokenMade;
}
