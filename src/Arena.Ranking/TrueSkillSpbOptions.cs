using Arena.Ranking.Contests;

namespace Arena.Ranking;

/// <summary>Options of <see cref="TrueSkillSpb"/>.</summary>
public sealed record TrueSkillSpbOptions : ContestOptions
{
    /// <summary>How far from its place's level a performance may lie. Default: 1.</summary>
    public double Epsilon
    {
        get;
        init => field = Require.Positive(value, "The margin is a finite number above 0, such as 1.");
    } = 1;

    /// <summary>Deviation of a performance. Default: 175.</summary>
    public double Beta
    {
        get;
        init => field = Require.Positive(value, "The deviation of a performance is a finite number above 0, such as 175.");
    } = 175;

    /// <summary>Deviation that a strength gains before every contest. Default: 35.</summary>
    public double Drift
    {
        get;
        init => field = Require.Positive(value, "The drift is a finite number above 0, such as 35.");
    } = 35;

    /// <summary>Message passing stops when no message moves by more than this. Default: 1e-4.</summary>
    public double Tolerance
    {
        get;
        init => field = Require.Positive(value, "The tolerance is a finite number above 0, such as 1e-4.");
    } = 1e-4;

    /// <summary>Most passes over a contest. Default: 10,000.</summary>
    public int MaxIterations
    {
        get;
        init => field = Require.AtLeast(value, 1, "Allow 1 pass or more, such as 10,000.");
    } = 10_000;

    internal override ContestSystem System() => new TrueSkillSpbSystem(this);
}
