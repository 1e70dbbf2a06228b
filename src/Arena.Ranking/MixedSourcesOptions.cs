namespace Arena.Ranking;

/// <summary>Options of <see cref="MixedSources"/>.</summary>
public sealed record MixedSourcesOptions : FitOptions
{
    /// <summary>Sources are refused when they would disagree so much by chance less often than this, inside (0, 1). Default: 0.01.</summary>
    public double RefuseBelow
    {
        get;
        init => field = Require.Share(value, "The level lies between 0 and 1, such as 0.01.");
    } = 0.01;

    /// <summary>Combines sources that disagree all the same; the standings then carry a note that says so. Default: false.</summary>
    public bool CombineDespiteDisagreement { get; init; }
}
