namespace Arena.Ranking;

/// <summary>What <see cref="RaoKupperOptions"/> and <see cref="DavidsonOptions"/> share.</summary>
public abstract record TieModelOptions : PairwiseModelOptions
{
    private protected TieModelOptions()
    {
    }

    /// <summary>
    /// λ of the prior: subtracts (λ/2) Σ θ², θ in natural log-odds. Any value above 0 gives every input with a decided and
    /// a tied pair a finite fit and pulls ratings together. Default: 0 (pure maximum likelihood).
    /// </summary>
    public double Ridge
    {
        get;
        init => field = Require.NotNegative(value, "A ridge is a finite number, 0 or more.");
    }
}
