using Arena.Ranking.Contests;

namespace Arena.Ranking;

/// <summary>Options of <see cref="TopCoderRating"/>.</summary>
public sealed record TopCoderOptions : ContestOptions
{
    /// <summary>Multiplies every contest's weight. Default: 1.</summary>
    public double WeightMultiplier
    {
        get;
        init => field = Require.Positive(value, "The multiplier is a finite number above 0, such as 1.");
    } = 1;

    internal override ContestSystem System() => new TopCoderSystem(WeightMultiplier);
}
