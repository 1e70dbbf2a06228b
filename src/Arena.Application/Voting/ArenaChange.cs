namespace Arena.Application.Voting;

/// <summary>What came of a maintainer's change to an arena.</summary>
public abstract record ArenaChange
{
    private ArenaChange()
    {
    }

    /// <summary>Done, and in the audit log.</summary>
    public sealed record Done(string Slug) : ArenaChange;

    /// <summary>There is no such arena, suite or contestant.</summary>
    public sealed record NotFound : ArenaChange;

    /// <summary>Not possible as it was asked.</summary>
    /// <param name="Problems">What is wrong and what to do, a sentence each.</param>
    public sealed record Refused(IReadOnlyList<string> Problems) : ArenaChange;

    /// <summary>Somebody else changed it meanwhile: look again.</summary>
    public sealed record Outdated : ArenaChange;
}
