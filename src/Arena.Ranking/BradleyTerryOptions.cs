namespace Arena.Ranking;

/// <summary>How the Bradley–Terry likelihood is maximised.</summary>
public enum BradleyTerrySolver
{
    /// <summary>Newton.</summary>
    Auto,

    /// <summary>Newton steps, halved until the likelihood rises: by Cholesky, above 256 competitors by conjugate gradients over the compared pairs.</summary>
    Newton,

    /// <summary>Minorise–maximise (Hunter 2004): cheap steps, many of them.</summary>
    MinoriseMaximise,
}

/// <summary>Options of <see cref="BradleyTerry"/>.</summary>
public sealed record BradleyTerryOptions : FitOptions
{
    internal const double ArenaRankRidge = 1e-5;

    /// <summary>Stops when no log-strength moves by more than this. Default: 1e-10.</summary>
    public double Tolerance
    {
        get;
        init => field = Require.Share(value, "The tolerance lies between 0 and 1, such as 1e-10.");
    } = 1e-10;

    /// <summary>Most iterations. Default: 10,000 (Newton needs about 6).</summary>
    public int MaxIterations
    {
        get;
        init => field = Require.AtLeast(value, 1, "Allow 1 iteration or more, such as 10,000.");
    } = 10_000;

    /// <summary>Default: <see cref="BradleyTerrySolver.Auto"/>.</summary>
    public BradleyTerrySolver Solver { get; init; }

    /// <summary>
    /// Imagined tied comparisons added between every two competitors. Any value above 0 gives every input a finite
    /// fit and pulls ratings together; between those that no votes hold together intervals are the posterior's. Default: 0 (pure maximum
    /// likelihood; inputs without one are diagnosed).
    /// </summary>
    public double PriorTies
    {
        get;
        init => field = Require.NotNegative(value, "The prior is a finite number of imagined ties, 0 or more.");
    }

    /// <summary>
    /// The competitor that stands at 1000; the others' intervals are then those of the difference to it. Default: null (the mean stands at 1000).
    /// </summary>
    public int? Anchor
    {
        get;
        init => field = Require.That(value, value is null or >= 0, "The anchor is a competitor's index, 0 or more, or null.");
    }

    /// <summary>
    /// Which ballots are summed before they are squared, for intervals. Scores have no voters or prompts: their samples are the clusters, and this is
    /// not read. Default: none (every ballot for itself).
    /// </summary>
    public ClusterBy Cluster
    {
        get;
        init => field = Require.VoterOrPrompt(value);
    }

    /// <summary>
    /// Adds 1e-5·N to the diagonal of the Hessian and uses normal quantiles, as arena-rank does. It shrinks intervals
    /// as others are measured more; only for comparison with that tool. Default: false.
    /// </summary>
    public bool ArenaRankCompatible { get; init; }
}
