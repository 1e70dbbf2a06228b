using Arena.Ranking.Contests;

namespace Arena.Ranking;

/// <summary>Options of <see cref="Glicko"/>.</summary>
public sealed record GlickoOptions : ContestOptions
{
    /// <summary>Deviation of a performance. Default: 400·(π/√3)/ln 10 = 315.1, a difference of 400 means odds of ten to one.</summary>
    public double Beta
    {
        get;
        init => field = Require.Positive(value, "The deviation of a performance is a finite number above 0, such as 315.");
    } = BetaOfElo;

    /// <summary>Deviation that a strength gains before every contest. Default: 35.</summary>
    public double Drift
    {
        get;
        init => field = Require.Positive(value, "The drift is a finite number above 0, such as 35.");
    } = 35;

    internal static double BetaOfElo => 400 * TanhSum.Multiplier / Math.Log(10);

    internal override ContestSystem System() => new GlickoSystem(Beta, Drift);
}
