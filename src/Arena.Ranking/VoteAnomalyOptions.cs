namespace Arena.Ranking;

/// <summary>Options of <see cref="VoteAnomalies"/>: what is still taken for taste.</summary>
public sealed record VoteAnomalyOptions
{
    /// <summary>q: share of false alarms among the flagged, on average (Benjamini–Hochberg), inside (0, 1). Default: 0.05.</summary>
    public double FalseDiscoveryRate
    {
        get;
        init => field = Require.Share(value, "The rate lies between 0 and 1, such as 0.05.");
    } = 0.05;

    /// <summary>How far, in log-odds, an honest voter's taste may favour one competitor. Default: 0.5 (a win rate of 62 % for an equal).</summary>
    public double Taste
    {
        get;
        init => field = Require.NotNegative(value, "The taste is a finite number of log-odds, 0 or more.");
    } = 0.5;

    /// <summary>The least factor by which an honest voter sees the differences that the board sees, inside [0, 1]. Default: 0.5.</summary>
    public double Discernment
    {
        get;
        init => field = Require.That(value, value is >= 0 and <= 1, "The discernment lies from 0 to 1.");
    } = 0.5;

    /// <summary>How many times its share of all ballots a competitor may have of an honest voter's, 1 or more. Default: 2 (matchmaking changes over time).</summary>
    public double Concentration
    {
        get;
        init => field = Require.That(value, double.IsFinite(value) && value >= 1, "The factor is a finite number of 1 or more.");
    } = 2;

    /// <summary>Ballots under which nothing is tested, 1 or more. Default: 5.</summary>
    public int LeastBallots
    {
        get;
        init => field = Require.AtLeast(value, 1, "A test takes 1 ballot or more.");
    } = 5;

    /// <summary>Comparisons of one competitor in a row that are looked at for a burst, 2 or more. Default: 50.</summary>
    public int Window
    {
        get;
        init => field = Require.AtLeast(value, 2, "A window has 2 comparisons or more, such as 50.");
    } = 50;
}
