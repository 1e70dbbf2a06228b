namespace Arena.Data.Voting;

/// <summary>Whether a ballot counts. Stored as a number.</summary>
public enum Eligibility
{
    Counted,

    /// <summary>A doubt: it does not count until a maintainer has decided.</summary>
    Pending,

    Excluded,
}
