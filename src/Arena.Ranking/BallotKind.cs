namespace Arena.Ranking;

/// <summary>What a voter was asked.</summary>
public enum BallotKind
{
    /// <summary>Order all that were shown; those that share a tier were judged equal.</summary>
    Full,

    /// <summary>Which of two is better.</summary>
    Pairwise,

    /// <summary>Which one is best; the rest was not ordered.</summary>
    TopOne,

    /// <summary>Which one is best and which worst; the middle was not ordered.</summary>
    BestWorst,
}

/// <summary>What it means that several competitors share a tier of a ballot.</summary>
public enum TierKind
{
    /// <summary>They were judged equal.</summary>
    Tied,

    /// <summary>Nobody asked how they compare: any order among them is possible. Never a tie.</summary>
    Unordered,
}

/// <summary>How a pairwise vote came out.</summary>
public enum PairOutcome : byte
{
    /// <summary>The second is better.</summary>
    SecondWins = 0,

    /// <summary>The first is better.</summary>
    FirstWins = 1,

    /// <summary>Both are equal, and good enough.</summary>
    Tie = 2,

    /// <summary>Both are bad. Counted as a tie by the estimators, kept apart in the data.</summary>
    BothBad = 3,
}

/// <summary>What rides along with a ballot.</summary>
/// <param name="Weight">How much it counts: 0, or from 1e-9 to 1e9. Default: 1.</param>
/// <param name="Voter">Index of the person who cast it, for clustering; −1 is nobody known.</param>
/// <param name="Prompt">Index of the prompt or sample it was cast on, for clustering; −1 is none known.</param>
/// <param name="AllBad">Whether the voter called everything bad.</param>
public readonly record struct BallotDetails(double Weight = 1, int Voter = -1, int Prompt = -1, bool AllBad = false)
{
    /// <summary>Weight 1, nobody known.</summary>
    public BallotDetails()
        : this(1)
    {
    }
}
