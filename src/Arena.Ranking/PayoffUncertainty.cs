namespace Arena.Ranking;

/// <summary>Where intervals of a ranking of payoffs come from.</summary>
public enum PayoffUncertainty
{
    /// <summary>Payoffs are taken as exact.</summary>
    None,

    /// <summary>Payoffs are drawn around their means, normally, with variance (variance of a game)/(games). Needs counts and variances.</summary>
    Normal,

    /// <summary>Payoffs are drawn uniformly within their confidence bounds, an even-handed reading of "anywhere in here". Needs counts, and payoffs in the declared range.</summary>
    Bounds,
}

/// <summary>A confidence bound of a mean payoff.</summary>
public enum PayoffBound
{
    /// <summary>mean ∓ (highest − lowest)·√(ln(2/δ)/2n): holds for any payoffs in a range (Hoeffding 1963).</summary>
    Hoeffding,

    /// <summary>Quantiles δ/2 of Beta distributions: exact for payoffs that are lowest or highest (Clopper, Pearson 1934), tighter near the ends.</summary>
    ClopperPearson,
}
