namespace Arena.Ranking;

/// <summary>What the online Bayesian methods share: the prior and the noise. Any unit will do, if all four use the same.</summary>
public abstract record OnlineOptions : FitOptions
{
    private protected OnlineOptions()
    {
    }

    /// <summary>Prior mean of every competitor. Default: 25.</summary>
    public double Mu
    {
        get;
        init => field = Require.That(value, double.IsFinite(value), "The prior mean is a finite number, such as 25.");
    } = 25;

    /// <summary>Prior standard deviation of every competitor. Default: 25/3.</summary>
    public double Sigma
    {
        get;
        init => field = Require.Positive(value, "The prior deviation is a finite number above 0, such as 25/3.");
    } = 25.0 / 3;

    /// <summary>Standard deviation of one performance around the strength. Default: 25/6.</summary>
    public double Beta
    {
        get;
        init => field = Require.Positive(value, "The deviation of a performance is a finite number above 0, such as 25/6.");
    } = 25.0 / 6;

    /// <summary>Standard deviation of what a strength drifts by before every game, σ² ← σ² + τ². Default: 25/300.</summary>
    public double Tau
    {
        get;
        init => field = Require.NotNegative(value, "The drift is a finite number of 0 or more, such as 25/300.");
    } = 25.0 / 300;

    /// <summary>
    /// Rating points that make one unit of natural log-odds between two competitors known beyond doubt, for
    /// <see cref="Selection.MatchState.Unit"/>: √2·β where a pair is logistic, √π·β/2 where it is normal (the same slope at even odds).
    /// </summary>
    public double LogOddsUnit => (IsLogistic ? Math.Sqrt(2) : Math.Sqrt(Math.PI) / 2) * Beta;

    /// <summary>Whether the difference of two performances is logistic rather than normal.</summary>
    private protected virtual bool IsLogistic => false;

    internal abstract Online.UpdateRule Rule();
}
