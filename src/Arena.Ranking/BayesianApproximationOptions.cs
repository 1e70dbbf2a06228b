using Arena.Ranking.Contests;

namespace Arena.Ranking;

/// <summary>Options of <see cref="BayesianApproximationRating"/>.</summary>
public sealed record BayesianApproximationOptions : ContestOptions
{
    /// <summary>Deviation of a performance. Default: 400·(π/√3)/ln 10 = 315.1.</summary>
    public double Beta
    {
        get;
        init => field = Require.Positive(value, "The deviation of a performance is a finite number above 0, such as 315.");
    } = GlickoOptions.BetaOfElo;

    /// <summary>Deviation that a strength gains before every contest. Default: 35.</summary>
    public double Drift
    {
        get;
        init => field = Require.Positive(value, "The drift is a finite number above 0, such as 35.");
    } = 35;

    /// <summary>Least share of the variance that survives a contest. Default: 1e-4.</summary>
    public double Kappa
    {
        get;
        init => field = Require.That(value, value is > 0 and <= 1, "The share lies between 0 and 1, such as 1e-4.");
    } = 1e-4;

    internal override ContestSystem System() => new BayesianApproximationSystem(Beta, Drift, Kappa);
}
