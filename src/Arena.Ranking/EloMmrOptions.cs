using Arena.Ranking.Contests;

namespace Arena.Ranking;

/// <summary>How a performance scatters around the strength.</summary>
public enum EloMmrPerformance
{
    /// <summary>Logistic: an upset moves a rating by a bounded amount (Elo-MMR).</summary>
    Logistic,

    /// <summary>Normal: cheaper and not robust (Elo-MMX).</summary>
    Normal,
}

/// <summary>Options of <see cref="EloMmr"/>.</summary>
public sealed record EloMmrOptions : ContestOptions
{
    /// <summary>The reference's fast variant: 100 opponents, 100 past performances, buckets of 2 points.</summary>
    public static EloMmrOptions Fast { get; } = new() { MaxOpponents = 100, MaxHistory = 100, Bucket = 2 };

    /// <summary>w: weight of a new contest against a long history. Default: 0.2.</summary>
    public double WeightLimit
    {
        get;
        init => field = Require.Positive(value, "The weight of a contest is a finite number above 0, such as 0.2.");
    } = 0.2;

    /// <summary>σ a competitor with a long history comes down to. Default: 80.</summary>
    public double SigmaLimit
    {
        get;
        init => field = Require.Positive(value, "The limit of the deviation is a finite number above 0, such as 80.");
    } = 80;

    /// <summary>Variance that a day without a contest adds. Default: 0.</summary>
    public double DriftPerDay
    {
        get;
        init => field = Require.NotNegative(value, "The drift is a finite number of 0 or more.");
    }

    /// <summary>Whether a tie counts half a win and half a loss, rather than as a sighting of an equal performance, which counts twice. Default: false.</summary>
    public bool SplitTies { get; init; }

    /// <summary>ρ: how fast old performances turn into a normal prior; 0 never, +∞ at once (a rating is all that is remembered). Default: 1.</summary>
    public double TransferSpeed
    {
        get;
        init => field = Require.That(value, value >= 0, "The speed of transfer is 0 or more; +∞ is allowed.");
    } = 1;

    /// <summary>Default: <see cref="EloMmrPerformance.Logistic"/>.</summary>
    public EloMmrPerformance Performance { get; init; }

    /// <summary>Opponents (after merging) to count, those nearest in mean. Default: all.</summary>
    public int MaxOpponents
    {
        get;
        init => field = Require.AtLeast(value, 1, "Keep 1 or more.");
    } = int.MaxValue;

    /// <summary>Past performances to keep apart; older ones join the normal prior. Default: all.</summary>
    public int MaxHistory
    {
        get;
        init => field = Require.AtLeast(value, 1, "Keep 1 or more.");
    } = int.MaxValue;

    /// <summary>Opponents whose mean and deviation round to the same multiple of this are merged; 0 merges none. Default: 0.</summary>
    public double Bucket
    {
        get;
        init => field = Require.NotNegative(value, "The width is a finite number of 0 or more, such as 2.");
    }

    internal override ContestSystem System() => new EloMmrSystem(this);
}
