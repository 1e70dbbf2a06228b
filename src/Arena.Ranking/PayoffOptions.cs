namespace Arena.Ranking;

/// <summary>What <see cref="AlphaRankOptions"/> and <see cref="NashOptions"/> share: how far payoffs are trusted.</summary>
public abstract record PayoffOptions : FitOptions
{
    private protected PayoffOptions()
    {
    }

    /// <summary>Where intervals come from; <see cref="FitOptions.Rounds"/> tables of drawn payoffs are ranked, too. Default: <see cref="PayoffUncertainty.None"/>.</summary>
    public PayoffUncertainty Uncertainty { get; init; }

    /// <summary>With <see cref="PayoffUncertainty.Bounds"/>: which, each with <see cref="FitOptions.Confidence"/>. Default: Hoeffding's.</summary>
    public PayoffBound Bound { get; init; }

    /// <summary>With <see cref="PayoffUncertainty.Bounds"/>: the range of a single game's payoff. Default: 0 to 1.</summary>
    public (double Lowest, double Highest) PayoffRange
    {
        get;
        init => field = Require.Range(value);
    } = (0, 1);
}
