namespace Arena.Ranking;

/// <summary>Which ballots depend on each other, so that their scores are summed before they are squared.</summary>
[Flags]
public enum ClusterBy
{
    /// <summary>Every ballot stands for itself.</summary>
    None = 0,

    /// <summary>Ballots of one voter are one cluster; a ballot whose voter is unknown is one of its own.</summary>
    Voter = 1,

    /// <summary>Ballots on one prompt are one cluster; a ballot whose prompt is unknown is one of its own.</summary>
    Prompt = 2,

    /// <summary>Both, two-way: by voter plus by prompt less by voter and prompt together (Cameron, Gelbach, Miller 2011).</summary>
    VoterAndPrompt = Voter | Prompt,
}
