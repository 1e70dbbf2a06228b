namespace Arena.Ranking;

/// <summary>How an equilibrium is found.</summary>
public enum NashSolver
{
    /// <summary>By linear program where two players' payoffs add up to a constant, else regularised.</summary>
    Auto,

    /// <summary>Exact, by the simplex method; constant-sum games of two players only.</summary>
    LinearProgram,

    /// <summary>The logit equilibrium at the temperature asked for, with its duality gap.</summary>
    Regularised,
}

/// <summary>Options of <see cref="Nash"/>.</summary>
public sealed record NashOptions : PayoffOptions
{
    /// <summary>Default: <see cref="NashSolver.Auto"/>.</summary>
    public NashSolver Solver { get; init; }

    /// <summary>Temperature of the regularised equilibrium, as a share of the range of payoffs, above 0: lower is nearer to an equilibrium and slower. Default: 0.01.</summary>
    public double Temperature
    {
        get;
        init => field = Require.Positive(value, "The temperature is finite and above 0, such as 0.01.");
    } = 0.01;

    /// <summary>Stops when no strategy is further from its logit response than this, in all. Default: 1e-9.</summary>
    public double Tolerance
    {
        get;
        init => field = Require.Share(value, "The tolerance lies between 0 and 1, such as 1e-9.");
    } = 1e-9;

    /// <summary>Most iterations. Default: 50,000.</summary>
    public int MaxIterations
    {
        get;
        init => field = Require.AtLeast(value, 1, "Allow 1 iteration or more, such as 50,000.");
    } = 50_000;
}
