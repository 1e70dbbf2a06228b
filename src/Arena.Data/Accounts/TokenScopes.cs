namespace Arena.Data.Accounts;

/// <summary>What a personal token may do.</summary>
public static class TokenScopes
{
    /// <summary>Draws battles, casts ballots, and reads those that it cast.</summary>
    public const string Vote = "vote";

    /// <summary>Uploads entries.</summary>
    public const string Submit = "submit";

    /// <summary>Reads what only its owner may see, such as all ballots of the account and its tokens.</summary>
    public const string Read = "read";

    public static IReadOnlyList<string> All { get; } = [Vote, Submit, Read];
}
