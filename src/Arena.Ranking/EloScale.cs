namespace Arena.Ranking;

/// <summary>From log-strengths to the numbers people know: 400 points more means odds of ten to one.</summary>
internal static class EloScale
{
    /// <summary>Where the mean competitor stands.</summary>
    public const double Centre = 1000;

    /// <summary>Points for one unit of natural log-odds: 400/ln 10 = 173.7….</summary>
    public static readonly double Unit = 400 / Math.Log(10);
}
