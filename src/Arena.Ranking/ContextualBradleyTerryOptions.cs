namespace Arena.Ranking;

/// <summary>Options of <see cref="ContextualBradleyTerry"/>.</summary>
public sealed record ContextualBradleyTerryOptions : PairwiseModelOptions
{
    /// <summary>
    /// λ of the penalty (λ/2)(Σ r² + Σ β²), r the strengths in base-10 units (θ/ln 10), β in log-odds a unit of the
    /// covariate. 0 is pure maximum likelihood. Default: 0.5, as FastChat.
    /// </summary>
    public double Ridge
    {
        get;
        init => field = Require.NotNegative(value, "A ridge is a finite number, 0 or more.");
    } = 0.5;
}
