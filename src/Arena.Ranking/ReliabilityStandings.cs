namespace Arena.Ranking;

/// <summary>How far one voter's votes follow the strengths that all votes show.</summary>
/// <param name="Voter">The voter.</param>
/// <param name="Reliability">a: 1 is the average voter, 0 votes at random, below 0 votes against the rest.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
/// <param name="Ballots">Ballots of the voter.</param>
public sealed record VoterEstimate(int Voter, double Reliability, double Low, double High, int Ballots);

/// <summary>The result of <see cref="VoterReliability"/>: never one board without the other.</summary>
public sealed record ReliabilityStandings
{
    /// <summary>The board with every vote's slope scaled by its voter's reliability.</summary>
    public required Standings Weighted { get; init; }

    /// <summary>The board with all voters alike: plain Bradley–Terry, the same clusters.</summary>
    public required Standings Unweighted { get; init; }

    /// <summary>Known voters, in order of their index.</summary>
    public required IReadOnlyList<VoterEstimate> Voters { get; init; }
}
