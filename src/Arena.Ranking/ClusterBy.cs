namespace Arena.Ranking;

/// <summary>Which ballots are not independent of each other: those of one voter, those on one prompt, or both.</summary>
[Flags]
public enum ClusterBy
{
    /// <summary>Every ballot stands for itself.</summary>
    None = 0,

    /// <summary>Ballots of one voter are one cluster; a ballot whose voter is unknown is one of its own.</summary>
    Voter = 1,

    /// <summary>Ballots on one prompt are one cluster; a ballot whose prompt is unknown is one of its own.</summary>
    Prompt = 2,
}
