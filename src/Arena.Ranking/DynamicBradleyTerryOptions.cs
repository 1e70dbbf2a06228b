namespace Arena.Ranking;

/// <summary>Options of <see cref="DynamicBradleyTerry"/>.</summary>
public sealed record DynamicBradleyTerryOptions : FitOptions
{
    /// <summary>Length of a period, in the unit of the times; strengths are constant within one. Default: 1.</summary>
    public double Period
    {
        get;
        init => field = Require.Positive(value, "The period is a finite number above 0.");
    } = 1;

    /// <summary>
    /// By how many rating points (standard deviation) a living competitor drifts in one unit of time. Default: null, chosen among
    /// 1/2, 1, 2 … 256 points by the marginal likelihood (Laplace).
    /// </summary>
    public double? Drift
    {
        get;
        init => field = value is { } drift ? Require.Positive(drift, "The drift is a finite number above 0.") : null;
    }

    /// <summary>Standard deviation of the strengths at the start, in rating points. Default: 350.</summary>
    public double PriorDeviation
    {
        get;
        init => field = Require.Positive(value, "The prior's standard deviation is a finite number above 0.");
    } = 350;

    /// <summary>Which competitors may change, one flag each; the others are held still. Default: null (all).</summary>
    public IReadOnlyList<bool>? Living { get; init; }

    /// <summary>Most change points to look for, 0 or more; each takes a fit. Default: 10.</summary>
    public int MostChanges
    {
        get;
        init => field = Require.AtLeast(value, 0, "Give a number of change points, 0 or more.");
    } = 10;

    /// <summary>Stops when no log-strength moves by more than this. Default: 1e-8.</summary>
    public double Tolerance
    {
        get;
        init => field = Require.Share(value, "The tolerance lies between 0 and 1, such as 1e-8.");
    } = 1e-8;

    /// <summary>Most Newton steps. Default: 100 (about 6 are needed).</summary>
    public int MaxIterations
    {
        get;
        init => field = Require.AtLeast(value, 1, "Allow 1 iteration or more, such as 100.");
    } = 100;
}
