namespace Arena.Data.Voting;

/// <summary>A ballot as the database holds it, in short.</summary>
/// <param name="Sequence">Its place in the order of commits.</param>
/// <param name="New">Whether this call brought it in; false when the battle had a ballot already.</param>
/// <param name="Form">Of the ballot that is there.</param>
/// <param name="Ranks">Of the ballot that is there.</param>
/// <param name="AllBad">Of the ballot that is there.</param>
/// <param name="Eligibility">Of the ballot that is there.</param>
/// <param name="EligibilityReason">Of the ballot that is there.</param>
public readonly record struct StoredBallot(long Sequence, bool New, BallotForm Form, short[] Ranks, bool AllBad, Eligibility Eligibility, string EligibilityReason);
