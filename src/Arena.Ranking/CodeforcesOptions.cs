using Arena.Ranking.Contests;

namespace Arena.Ranking;

/// <summary>Options of <see cref="CodeforcesRating"/>.</summary>
public sealed record CodeforcesOptions : ContestOptions
{
    /// <summary>Deviation of a performance. Default: 400·(π/√3)/ln 10 = 315.1.</summary>
    public double Beta
    {
        get;
        init => field = Require.Positive(value, "The deviation of a performance is a finite number above 0, such as 315.");
    } = GlickoOptions.BetaOfElo;

    /// <summary>Multiplies every contest's weight. Default: 1.</summary>
    public double WeightMultiplier
    {
        get;
        init => field = Require.Positive(value, "The multiplier is a finite number above 0, such as 1.");
    } = 1;

    internal override ContestSystem System() => new CodeforcesSystem(Beta, WeightMultiplier);
}
