namespace Arena.Data.Voting;

/// <summary>Which rule drew a battle. Stored as a number.</summary>
public enum BattleBranch
{
    /// <summary>The ε branch: every slate equally likely.</summary>
    Uniform,

    /// <summary>The arena's policy, newcomers' schedule and fatigue rule included.</summary>
    Policy,

    /// <summary>A gold item.</summary>
    Gold,

    /// <summary>Recorded elsewhere: how it was drawn is not known.</summary>
    Recorded,
}
