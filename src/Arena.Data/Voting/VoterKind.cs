namespace Arena.Data.Voting;

/// <summary>How a voter is known. Stored as a number.</summary>
public enum VoterKind
{
    /// <summary>By a signed cookie, without an account.</summary>
    Visitor,

    /// <summary>By an account.</summary>
    Account,

    /// <summary>By a personal API token: a program, openly.</summary>
    Program,

    /// <summary>By the name in a file of votes recorded elsewhere.</summary>
    Recorded,
}
