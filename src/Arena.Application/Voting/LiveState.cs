using System.Collections.Immutable;

namespace Arena.Application.Voting;

/// <summary>An arena's ratings at one moment.</summary>
public sealed record LiveState
{
    /// <summary>The last ballot that was read; 0 before the first, −1 before anything was read.</summary>
    public required long Sequence { get; init; }

    /// <summary>The last change of a ballot's eligibility that is in it; 0 before the first.</summary>
    public required long LastChange { get; init; }

    /// <summary>How many contestants there were.</summary>
    public required int Contestants { get; init; }

    /// <summary>Of the board's likelihood, in points, by ordinal.</summary>
    public required ImmutableArray<double> Ratings { get; init; }

    /// <summary>μ of the online ratings that steer the matchmaking.</summary>
    public required ImmutableArray<double> OnlineMean { get; init; }

    /// <summary>σ of the same.</summary>
    public required ImmutableArray<double> OnlineDeviation { get; init; }

    public required long Counted { get; init; }

    public required long Pending { get; init; }

    public required long Excluded { get; init; }

    public required long Skipped { get; init; }

    public required int Voters { get; init; }
}
