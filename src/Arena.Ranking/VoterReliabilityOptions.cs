namespace Arena.Ranking;

/// <summary>Options of <see cref="VoterReliability"/>. Voters are the clusters: <see cref="PairwiseModelOptions.Cluster"/> is not read.</summary>
public sealed record VoterReliabilityOptions : PairwiseModelOptions
{
    /// <summary>
    /// s of the prior a ~ N(1, s²) on each voter's reliability: how different voters are thought to be before their votes are
    /// seen. Voters with few votes stay near 1. Default: 0.5.
    /// </summary>
    public double Deviation
    {
        get;
        init => field = Require.Positive(value, "The prior's standard deviation is a finite number above 0, such as 0.5.");
    } = 0.5;

    /// <summary>λ of the prior on strengths: subtracts (λ/2) Σ θ², θ in natural log-odds. Default: 0.</summary>
    public double Ridge
    {
        get;
        init => field = Require.NotNegative(value, "A ridge is a finite number, 0 or more.");
    }
}
