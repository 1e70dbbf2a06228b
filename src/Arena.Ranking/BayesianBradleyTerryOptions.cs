namespace Arena.Ranking;

/// <summary>How a difference of strengths becomes the chance of a win.</summary>
public enum PairLink
{
    /// <summary>σ(θi − θj): Bradley–Terry.</summary>
    Logit,

    /// <summary>Φ(θi − θj): Thurstone–Mosteller.</summary>
    Probit,
}

/// <summary>Options of <see cref="BayesianBradleyTerry"/>.</summary>
public sealed record BayesianBradleyTerryOptions : FitOptions
{
    /// <summary>α of the prior N(0, I/α) on strengths in the link's own units, above 0. Default: 0.1.</summary>
    public double PriorPrecision
    {
        get;
        init => field = Require.Positive(value, "The prior's precision is a finite number above 0, such as 0.1.");
    } = 0.1;

    /// <summary>Default: <see cref="PairLink.Logit"/>.</summary>
    public PairLink Link { get; init; }

    /// <summary>Stops when no site's precision or shift moves by more than this. Default: 1e-9.</summary>
    public double Tolerance
    {
        get;
        init => field = Require.Share(value, "The tolerance lies between 0 and 1, such as 1e-9.");
    } = 1e-9;

    /// <summary>Most sweeps over the votes. Default: 500 (about 10 are needed).</summary>
    public int MaxIterations
    {
        get;
        init => field = Require.AtLeast(value, 1, "Allow 1 iteration or more, such as 500.");
    } = 500;

    /// <summary>
    /// Approximates the logistic link as choix does (five probits and a linear tail), for comparison with that tool; it knows
    /// no ties and no fractions of a vote. Default: false (integrated).
    /// </summary>
    public bool ChoixCompatible { get; init; }
}
