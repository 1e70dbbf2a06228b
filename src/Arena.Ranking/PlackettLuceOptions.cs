namespace Arena.Ranking;

/// <summary>How the Plackett–Luce likelihood is maximised. All three end at the same place.</summary>
public enum PlackettLuceSolver
{
    /// <summary>Newton up to 1,500 competitors, minorise–maximise above.</summary>
    Auto,

    /// <summary>Newton steps with the exact Hessian, halved until the likelihood rises.</summary>
    Newton,

    /// <summary>Minorise–maximise (Hunter 2004): cheap steps, many of them.</summary>
    MinoriseMaximise,

    /// <summary>Iterative Luce spectral ranking (Maystre, Grossglauser 2015): stationary distributions of a Markov chain loser → winner.</summary>
    Spectral,
}

/// <summary>How competitors that were judged equal enter the likelihood of <see cref="PlackettLuce"/>.</summary>
public enum PlackettLuceTies
{
    /// <summary>As an order that nobody asked for, by Efron's mean: any number may tie, nothing is said about how often. On pairs a tie is half a win each.</summary>
    Efron,

    /// <summary>
    /// As an outcome of its own (Firth, Kosmidis, Turner 2019), with a parameter δ_d for ties of d competitors, estimated; 0 where none was
    /// seen. For ballots on which ties could be said. Tiers but the last must be ordered or tied, ties have at most 64 members.
    /// By Newton, with <see cref="PlackettLuceOptions.Ridge"/> as the only prior.
    /// </summary>
    DavidsonLuce,
}

/// <summary>Options of <see cref="PlackettLuce"/>.</summary>
public sealed record PlackettLuceOptions : FitOptions
{
    /// <summary>Default: <see cref="PlackettLuceTies.Efron"/>.</summary>
    public PlackettLuceTies Ties { get; init; }

    /// <summary>Default: <see cref="PlackettLuceSolver.Auto"/>.</summary>
    public PlackettLuceSolver Solver { get; init; }

    /// <summary>
    /// When to stop, in log-strength. Newton: the square of the last step, which is about the error it leaves (with Davidson–Luce ties
    /// the last step); minorise–maximise: the largest move; spectral: the sum of all moves. Default: 1e-8.
    /// </summary>
    public double Tolerance
    {
        get;
        init => field = Require.Share(value, "The tolerance lies between 0 and 1, such as 1e-8.");
    } = 1e-8;

    /// <summary>Most iterations. Default: 10,000 (Newton needs about 6).</summary>
    public int MaxIterations
    {
        get;
        init => field = Require.AtLeast(value, 1, "Allow 1 iteration or more, such as 10,000.");
    } = 10_000;

    /// <summary>
    /// Imagined tied comparisons added between every two competitors. Any value above 0 gives every input a finite fit
    /// and pulls ratings together. Default: 0 (pure maximum likelihood; inputs without one are diagnosed).
    /// </summary>
    public double PriorTies
    {
        get;
        init => field = Require.NotNegative(value, "The prior is a finite number of imagined ties, 0 or more.");
    }

    /// <summary>α of the penalty α Σ θ² on log-strengths (a normal prior of variance 1/(2α)); Newton only. Default: 0.</summary>
    public double Ridge
    {
        get;
        init => field = Require.NotNegative(value, "The ridge is a finite number, 0 or more.");
    }

    /// <summary>
    /// Ratings that the <see cref="Ridge"/> pulls toward, one finite number a competitor as in <see cref="Standing.Rating"/>: the means of its
    /// normal prior, such as everybody's ratings when one voter's own are fitted. A competitor without a ballot gets its own back.
    /// Not with Davidson–Luce ties. Default: null (all at the mean).
    /// </summary>
    public IReadOnlyList<double>? PriorRatings { get; init; }

    /// <summary>Rate added between every two competitors of the spectral solver's chain; that solver only, and without intervals. Default: 0.</summary>
    public double SpectralAlpha
    {
        get;
        init => field = Require.NotNegative(value, "The rate is a finite number, 0 or more.");
    }

    /// <summary>
    /// Ratings to start from (one a competitor, as in <see cref="Standing.Rating"/>; NaN starts at the mean), such as those
    /// of the fit before the last votes came: one or two Newton steps then do. Changes the time, not the result. Default: null.
    /// </summary>
    public IReadOnlyList<double>? StartRatings { get; init; }

    /// <summary>Which ballots are summed before they are squared, for intervals. Default: none (every ballot for itself).</summary>
    public ClusterBy Cluster
    {
        get;
        init => field = Require.VoterOrPrompt(value);
    }
}
