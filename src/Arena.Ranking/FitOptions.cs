namespace Arena.Ranking;

/// <summary>What every fit shares: how intervals are made.</summary>
public abstract record FitOptions
{
    private protected FitOptions()
    {
    }

    /// <summary>Level of every interval, inside (0, 1). Default: 0.95.</summary>
    public double Confidence
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The confidence lies between 0 and 1, such as 0.95.");
    } = 0.95;

    /// <summary>Bootstrap rounds, 1 or more. Default: 2,000.</summary>
    public int Rounds
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The bootstrap needs 1 round or more, such as 2,000.");
    } = 2000;

    /// <summary>Seed of the bootstrap. The same seed and data give the same result, whatever the number of threads. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads to use at most; -1 is one a core. Changes the time only. Default: -1.</summary>
    public int MaxDegreeOfParallelism
    {
        get;
        init => field = value is -1 or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Give a number of threads, or -1 for one a core.");
    } = -1;
}

/// <summary>Options of <see cref="MeanScore"/>.</summary>
public sealed record MeanScoreOptions : FitOptions;

/// <summary>How the Bradley–Terry likelihood is maximised.</summary>
public enum BradleyTerrySolver
{
    /// <summary>Newton up to 1,500 competitors, minorise–maximise above.</summary>
    Auto,

    /// <summary>Newton steps by Cholesky, halved until the likelihood rises.</summary>
    Newton,

    /// <summary>Minorise–maximise (Hunter 2004): cheap steps, many of them.</summary>
    MinoriseMaximise,
}

/// <summary>Options of <see cref="BradleyTerry"/>.</summary>
public sealed record BradleyTerryOptions : FitOptions
{
    /// <summary>Stops when no log-strength moves by more than this. Default: 1e-10.</summary>
    public double Tolerance
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The tolerance lies between 0 and 1, such as 1e-10.");
    } = 1e-10;

    /// <summary>Most iterations. Default: 10,000 (Newton needs about 6).</summary>
    public int MaxIterations
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Allow 1 iteration or more, such as 10,000.");
    } = 10_000;

    /// <summary>Default: <see cref="BradleyTerrySolver.Auto"/>.</summary>
    public BradleyTerrySolver Solver { get; init; }

    /// <summary>
    /// Imagined tied comparisons added between every two competitors. Any value above 0 gives every input a finite
    /// fit and pulls ratings together. Default: 0 (pure maximum likelihood; inputs without one are diagnosed).
    /// </summary>
    public double PriorTies
    {
        get;
        init => field = double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The prior is a finite number of imagined ties, 0 or more.");
    }

    /// <summary>
    /// Adds 1e-5·N to the diagonal of the Hessian and uses normal quantiles, as arena-rank does. It shrinks intervals
    /// as others are measured more; only for comparison with that tool. Default: false.
    /// </summary>
    public bool ArenaRankCompatible { get; init; }
}
