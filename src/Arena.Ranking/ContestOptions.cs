using System.Runtime.InteropServices;

namespace Arena.Ranking;

/// <summary>What the contest systems share: where newcomers start, and when the contests were.</summary>
public abstract record ContestOptions : FitOptions
{
    private protected ContestOptions()
    {
    }

    /// <summary>Mean a newcomer starts from. Default: 1500.</summary>
    public double Mu
    {
        get;
        init => field = Require.That(value, double.IsFinite(value), "The mean of newcomers is a finite number, such as 1500.");
    } = 1500;

    /// <summary>Deviation (TopCoder: volatility) a newcomer starts from. Default: 350.</summary>
    public double Sigma
    {
        get;
        init => field = Require.Positive(value, "The deviation of newcomers is a finite number above 0, such as 350.");
    } = 350;

    /// <summary>For <c>Fit</c>: the day of each ballot, never falling, in days from any start. Default: null, all on one day.</summary>
    public IReadOnlyList<double>? Days { get; init; }

    internal abstract Contests.ContestSystem System();
}

/// <summary>What rides along with a contest.</summary>
/// <param name="Weight">How much it counts, above 0. Default: 1.</param>
/// <param name="Day">When it was, in days from any start; never before an earlier contest of the same competitor. Default: 0.</param>
/// <param name="PerformanceCeiling">No performance in it counts as higher (Elo-MMR only). Default: +∞.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ContestDetails(double Weight = 1, double Day = 0, double PerformanceCeiling = double.PositiveInfinity)
{
    /// <summary>Weight 1, day 0, no ceiling.</summary>
    public ContestDetails()
        : this(1)
    {
    }
}
