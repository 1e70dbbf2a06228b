namespace Arena.Data.Accounts;

/// <summary>What an account may do. A visitor has no account and no role.</summary>
public static class RoleNames
{
    /// <summary>Uploads entries.</summary>
    public const string Submitter = "submitter";

    /// <summary>Curates suites, entries and votes.</summary>
    public const string Maintainer = "maintainer";

    /// <summary>Gives roles, and whatever a maintainer may do.</summary>
    public const string Administrator = "administrator";

    public static IReadOnlyList<string> All { get; } = [Submitter, Maintainer, Administrator];
}
