using Arena.Application.Accounts;

namespace Arena.Web.Components.Account;

internal static class AccountChangeText
{
    /// <summary>Why a change was not made, for the person who asked; null when it was.</summary>
    public static string? Problem(this AccountChange change) => change switch
    {
        AccountChange.Done => null,
        AccountChange.Unknown => "This account does not exist any more.",
        AccountChange.LastAdministrator => "This is the last administrator. Make somebody else administrator first.",
        AccountChange.Refused refused => string.Join(' ', refused.Reasons),
        _ => throw new InvalidOperationException($"Unknown result {change}."),
    };
}
