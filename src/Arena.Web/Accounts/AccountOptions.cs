namespace Arena.Web.Accounts;

/// <summary>Section <c>Arena:Accounts</c>.</summary>
public sealed class AccountOptions
{
    /// <summary>Whether a visitor may make an account (role submitter) without being asked. Default: true.</summary>
    public bool OpenRegistration { get; set; } = true;
}
