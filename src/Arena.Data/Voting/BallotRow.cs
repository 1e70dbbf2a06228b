namespace Arena.Data.Voting;

/// <summary>A ballot as ratings read it.</summary>
public readonly record struct BallotRow(
    long Sequence,
    Guid Battle,
    Guid Voter,
    int[] Slots,
    int[] Samples,
    BattleBranch Branch,
    double Probability,
    BallotForm Form,
    short[] Ranks,
    bool AllBad,
    BallotSource Source,
    Eligibility Eligibility,
    DateTimeOffset CastAt);
