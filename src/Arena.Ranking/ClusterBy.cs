namespace Arena.Ranking;

/// <summary>Which ballots depend on each other, so that their scores are summed before they are squared.</summary>
[Flags]
public enum ClusterBy
{
    /// <summary>Every ballot stands for itself.</summary>
    Ballot = 0,

    /// <summary>The ballots of one voter.</summary>
    Voter = 1,

    /// <summary>The ballots on one prompt.</summary>
    Prompt = 2,

    /// <summary>Both, two-way: by voter plus by prompt less by voter and prompt together (Cameron, Gelbach, Miller 2011).</summary>
    VoterAndPrompt = Voter | Prompt,
}
