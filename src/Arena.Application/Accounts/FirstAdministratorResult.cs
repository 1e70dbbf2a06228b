using Arena.Data.Accounts;

namespace Arena.Application.Accounts;

/// <summary>What came of using the first administrator's link.</summary>
public abstract record FirstAdministratorResult
{
    private FirstAdministratorResult()
    {
    }

    public sealed record Created(ArenaUser User) : FirstAdministratorResult;

    /// <summary>It is unknown, used or too old, or there is an administrator already.</summary>
    public sealed record LinkEnded : FirstAdministratorResult;

    /// <summary>E-mail or password was not accepted; the link still works.</summary>
    public sealed record Refused(IReadOnlyList<string> Reasons) : FirstAdministratorResult;
}
