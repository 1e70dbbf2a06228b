namespace Arena.Ranking;

/// <summary>Which ballots depend on each other: their scores are summed before they are squared.</summary>
public enum VoteClusters
{
    /// <summary>By voter and by prompt where both are known, by the one that is known, else every ballot for itself.</summary>
    Auto,

    /// <summary>Every ballot for itself.</summary>
    Ballot,

    /// <summary>All ballots of a voter together; a ballot of nobody known stands for itself.</summary>
    Voter,

    /// <summary>All ballots on a prompt together; a ballot on no known prompt stands for itself.</summary>
    Prompt,

    /// <summary>Two ways at once: G by voter + G by prompt − G by both (Cameron, Gelbach, Miller 2011), made positive semi-definite.</summary>
    VoterAndPrompt,
}
