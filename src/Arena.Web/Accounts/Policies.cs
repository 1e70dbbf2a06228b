namespace Arena.Web.Accounts;

/// <summary>Who may open a page.</summary>
internal static class Policies
{
    /// <summary>Maintainers and administrators.</summary>
    public const string Maintain = "maintain";

    /// <summary>Administrators.</summary>
    public const string Administer = "administer";
}
