namespace Arena.Ranking;

/// <summary>One competitor over time.</summary>
/// <param name="Competitor">Its index.</param>
/// <param name="Ratings">Smoothed rating in every period.</param>
/// <param name="StandardErrors">Posterior standard deviation of each, relative to the average competitor.</param>
public sealed record RatingPath(int Competitor, IReadOnlyList<double> Ratings, IReadOnlyList<double> StandardErrors);

/// <summary>A step between two periods that drift alone would hardly make.</summary>
/// <param name="Competitor">Whose.</param>
/// <param name="Period">The period in which the new level holds: index into <see cref="DynamicStandings.Periods"/>.</param>
/// <param name="Jump">Smoothed size of the step, in rating points.</param>
/// <param name="Z">The step over its standard deviation under drift alone.</param>
public sealed record ChangePoint(int Competitor, int Period, double Jump, double Z);

/// <summary>The result of <see cref="DynamicBradleyTerry"/>.</summary>
public sealed record DynamicStandings
{
    /// <summary>The board as of the last period.</summary>
    public required Standings Latest { get; init; }

    /// <summary>Start of every period that has a ballot.</summary>
    public required IReadOnlyList<double> Periods { get; init; }

    /// <summary>One a competitor, in the order of the input.</summary>
    public required IReadOnlyList<RatingPath> Paths { get; init; }

    /// <summary>Steps flagged at the level asked for over all competitors and periods together, the most certain first.</summary>
    public required IReadOnlyList<ChangePoint> Changes { get; init; }

    /// <summary>The drift used, in rating points (standard deviation) a unit of time.</summary>
    public required double Drift { get; init; }
}
