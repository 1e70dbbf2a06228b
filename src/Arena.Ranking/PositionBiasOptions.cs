namespace Arena.Ranking;

/// <summary>Options of <see cref="PositionBias"/>.</summary>
public sealed record PositionBiasOptions : PairwiseModelOptions
{
    /// <summary>λ of the prior: subtracts (λ/2)(Σ θ² + Σ γ²), in natural log-odds. Default: 0 (pure maximum likelihood).</summary>
    public double Ridge
    {
        get;
        init => field = Require.NotNegative(value, "A ridge is a finite number, 0 or more.");
    }
}
