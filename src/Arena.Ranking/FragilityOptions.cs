namespace Arena.Ranking;

/// <summary>Options of <see cref="Fragility"/>.</summary>
public sealed record FragilityOptions
{
    /// <summary>The largest share of ballots to try to remove, inside (0, 1]. Default: 0.2.</summary>
    public double MostShare
    {
        get;
        init => field = Require.That(value, value is > 0 and <= 1, "The share lies above 0 and at most at 1, such as 0.2.");
    } = 0.2;

    /// <summary>How many of those below the leader are tried as the next one. Default: 5.</summary>
    public int Rivals
    {
        get;
        init => field = Require.AtLeast(value, 1, "Try 1 rival or more, such as 5.");
    } = 5;

    /// <summary>λ: every fit subtracts (λ/2) Σ θ², so that what is left after a removal always has one. Default: 1e-3.</summary>
    public double Ridge
    {
        get;
        init => field = Require.Positive(value, "The ridge is a finite number above 0, such as 0.001.");
    } = 1e-3;
}
