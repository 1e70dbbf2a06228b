namespace Arena.Ranking;

/// <summary>Options of <see cref="Elo"/>.</summary>
public sealed record EloOptions : FitOptions
{
    /// <summary>200 bootstrap rounds: each passes over all ballots again.</summary>
    public EloOptions() => Rounds = 200;

    /// <summary>The most a rating moves by one vote, in points. Default: 4.</summary>
    public double K
    {
        get;
        init => field = Require.Positive(value, "Give a finite number above 0.");
    } = 4;

    /// <summary>Where everybody starts. Default: 1000.</summary>
    public double Start
    {
        get;
        init => field = Require.That(value, double.IsFinite(value), "The start is a finite number, such as 1000.");
    } = 1000;

    /// <summary>The odds that <see cref="Scale"/> points mean. Default: 10.</summary>
    public double Base
    {
        get;
        init => field = Require.That(value, value > 1 && double.IsFinite(value), "The base is above 1, such as 10.");
    } = 10;

    /// <summary>Points that mean odds of <see cref="Base"/> to one. Default: 400.</summary>
    public double Scale
    {
        get;
        init => field = Require.Positive(value, "Give a finite number above 0.");
    } = 400;

    /// <summary>What the bootstrap draws: ballots, voters, prompts, or voters and prompts. Default: ballots.</summary>
    public ClusterBy Resample { get; init; }

    /// <summary>Whether to make intervals, which takes a pass over all ballots for each of <see cref="FitOptions.Rounds"/>. Default: true.</summary>
    public bool Intervals { get; init; } = true;
}
