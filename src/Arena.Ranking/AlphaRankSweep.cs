namespace Arena.Ranking;

/// <summary>Options of <see cref="AlphaRank.SweepAlpha"/> and <see cref="AlphaRank.SweepNoise"/>.</summary>
public sealed record AlphaRankSweepOptions
{
    /// <summary>First α, above 0. Default: 1e-4.</summary>
    public double StartAlpha
    {
        get;
        init => field = Require.Positive(value, "The first α is finite and above 0, such as 0.0001.");
    } = 1e-4;

    /// <summary>What α is multiplied by, above 1. Default: 2.</summary>
    public double AlphaFactor
    {
        get;
        init => field = Require.That(value, double.IsFinite(value) && value > 1, "The factor is finite and above 1, such as 2.");
    } = 2;

    /// <summary>First noise, inside (0, 1). Default: 0.5.</summary>
    public double StartNoise
    {
        get;
        init => field = Require.Share(value, "The noise lies between 0 and 1, such as 0.5.");
    } = 0.5;

    /// <summary>What the noise is multiplied by, inside (0, 1). Default: 0.5.</summary>
    public double NoiseFactor
    {
        get;
        init => field = Require.Share(value, "The factor lies between 0 and 1, such as 0.5.");
    } = 0.5;

    /// <summary>As <see cref="AlphaRankOptions.PopulationSize"/>. Default: 50.</summary>
    public int PopulationSize
    {
        get;
        init => field = Require.AtLeast(value, 2, "A population has 2 individuals or more, such as 50.");
    } = 50;

    /// <summary>As <see cref="AlphaRankOptions.LocalSelection"/>. Default: true.</summary>
    public bool LocalSelection { get; init; } = true;

    /// <summary>Share of a probability by which it may still move. Default: 1e-5.</summary>
    public double RelativeTolerance
    {
        get;
        init => field = Require.That(value, value is >= 0 and < 1, "The tolerance lies between 0 and 1, such as 1e-5.");
    } = 1e-5;

    /// <summary>What any probability may still move by. Default: 1e-8.</summary>
    public double AbsoluteTolerance
    {
        get;
        init => field = Require.That(value, value is >= 0 and < 1, "The tolerance lies between 0 and 1, such as 1e-8.");
    } = 1e-8;

    /// <summary>Most steps. Default: 100.</summary>
    public int MaxSteps
    {
        get;
        init => field = Require.AtLeast(value, 2, "Allow 2 steps or more, such as 100.");
    } = 100;

    /// <summary>
    /// Steps as open_spiel does, whose eigenvalue solver gives up where e^u overflows or where more than one eigenvalue is within 1e-10 of 1,
    /// and which takes smaller steps then; it also takes a π that has not begun to move for one that has settled. For comparison with
    /// that tool, and slow. Default: false.
    /// </summary>
    public bool OpenSpielCompatible { get; init; }

    /// <summary>Threads to use at most; -1 is one a core. Changes the time only. Default: -1.</summary>
    public int MaxDegreeOfParallelism
    {
        get;
        init => field = Require.That(value, value is -1 or >= 1, "Give a number of threads, or -1 for one a core.");
    } = -1;
}

/// <summary>One step of a sweep.</summary>
/// <param name="Value">α, or the noise ε.</param>
/// <param name="Mass">The stationary distribution there.</param>
public sealed record AlphaRankSweepStep(double Value, IReadOnlyList<double> Mass);

/// <summary>How the stationary distribution moves with α or with the noise.</summary>
/// <param name="Steps">In the order taken.</param>
/// <param name="Converged">Whether the last step changed nothing any more.</param>
public sealed record AlphaRankSweep(IReadOnlyList<AlphaRankSweepStep> Steps, bool Converged)
{
    /// <summary>The last α or noise.</summary>
    public double Value => Steps[^1].Value;

    /// <summary>The distribution there.</summary>
    public IReadOnlyList<double> Mass => Steps[^1].Mass;
}
