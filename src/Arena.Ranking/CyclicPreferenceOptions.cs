namespace Arena.Ranking;

/// <summary>Options of <see cref="CyclicPreference"/>.</summary>
public sealed record CyclicPreferenceOptions : VotingOptions
{
    /// <summary>Most cyclic blocks tried. Default: 3.</summary>
    public int MaxBlocks
    {
        get;
        init => field = Require.That(value, value is >= 0 and <= 16, "Try 0 to 16 cyclic blocks.");
    } = 3;

    /// <summary>A fixed number of cyclic blocks in place of choosing one; null chooses. Default: null.</summary>
    public int? Blocks
    {
        get;
        init => field = Require.That(value, value is null or (>= 0 and <= 16), "Fix 0 to 16 cyclic blocks, or null to choose.");
    }

    /// <summary>Parts into which clusters of ballots are split for held-out likelihood, 2 or more; no more than there are clusters. Default: 5.</summary>
    public int Folds
    {
        get;
        init => field = Require.AtLeast(value, 2, "Held-out likelihood needs 2 parts or more.");
    } = 5;

    /// <summary>Temperature τ of P = σ(s/τ), above 0: the unit of scores. Default: 1.</summary>
    public double Temperature
    {
        get;
        init => field = Require.Positive(value, "The temperature is a finite number above 0.");
    } = 1;

    /// <summary>Weight of the penalty ½ ridge Σ u² that keeps every fit finite, in votes. Default: 0.1.</summary>
    public double Ridge
    {
        get;
        init => field = Require.Positive(value, "The ridge is a finite number above 0, such as 0.1.");
    } = 0.1;

    /// <summary>Most sweeps over all competitors. Default: 500.</summary>
    public int MaxIterations
    {
        get;
        init => field = Require.AtLeast(value, 1, "Allow 1 sweep or more.");
    } = 500;

    /// <summary>Stops when a sweep raises the likelihood by less than this share. Default: 1e-10.</summary>
    public double Tolerance
    {
        get;
        init => field = Require.Share(value, "The tolerance lies between 0 and 1, such as 1e-10.");
    } = 1e-10;
}
