using Arena.Data.Voting;

namespace Arena.Application.Voting;

/// <summary>What a voter sends.</summary>
public sealed record BallotInput
{
    /// <summary>The battle that it answers.</summary>
    public required string Token { get; init; }

    public BallotForm Form { get; init; }

    /// <summary>Slots (0 is the first shown), best tier first, those in one tier equal. For <see cref="BallotForm.BestWorst"/>: the best, those between, the worst. Empty for a skip.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Tiers { get; init; } = [];

    public bool AllBad { get; init; }

    /// <summary>1 slightly, 2 clearly, 3 much.</summary>
    public int? Strength { get; init; }

    /// <summary>Slots that are acceptable; null when not said.</summary>
    public IReadOnlyList<int>? Acceptable { get; init; }

    /// <summary>Of the arena's own.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    public string? Comment { get; init; }

    public double? SecondsSpent { get; init; }
}
