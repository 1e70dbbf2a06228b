using Arena.Ranking.Online;

namespace Arena.Ranking;

/// <summary>Options of <see cref="TrueSkill"/>.</summary>
public sealed record TrueSkillOptions : OnlineOptions
{
    /// <summary>Chance that two equal competitors draw, in [0, 1). Sets the draw margin. Default: 0.10.</summary>
    public double DrawProbability
    {
        get;
        init => field = Require.That(value, value is >= 0 and < 1, "The chance of a draw lies between 0 and 1, such as 0.10.");
    } = 0.1;

    /// <summary>Message passing stops when no message moves by more than this. Default: 1e-4.</summary>
    public double Tolerance
    {
        get;
        init => field = Require.Share(value, "The tolerance lies between 0 and 1, such as 1e-4.");
    } = 1e-4;

    /// <summary>Most passes over a game. Default: 100 (about 5 are needed).</summary>
    public int MaxIterations
    {
        get;
        init => field = Require.AtLeast(value, 1, "Allow 1 pass or more, such as 100.");
    } = 100;

    /// <summary>
    /// Takes the normal distribution from the approximation that the Python package trueskill uses (right to a share of 1.2e-7:
    /// means differ by about 1e-6); only for comparison with that package. Default: false.
    /// </summary>
    public bool PythonCompatible { get; init; }

    internal override UpdateRule Rule() => new TrueSkillRule(this);
}
