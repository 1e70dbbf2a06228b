namespace Arena.Data.Voting;

/// <summary>What the ranks of a ballot mean. Stored as a number.</summary>
public enum BallotForm
{
    /// <summary>Every slot has its place; equal places are ties.</summary>
    Ranking,

    /// <summary>1 is the best, 3 the worst, and nothing is said of those at 2.</summary>
    BestWorst,

    /// <summary>The voter passed.</summary>
    Skip,
}
