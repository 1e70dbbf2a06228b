namespace Arena.Ranking;

/// <summary>What the models of pairwise votes that are maximised by Newton steps share.</summary>
public abstract record PairwiseModelOptions : FitOptions
{
    private protected PairwiseModelOptions()
    {
    }

    /// <summary>Stops when no parameter moves by more than this. Default: 1e-10.</summary>
    public double Tolerance
    {
        get;
        init => field = Require.Share(value, "The tolerance lies between 0 and 1, such as 1e-10.");
    } = 1e-10;

    /// <summary>Most Newton steps. Default: 200 (about 6 are needed).</summary>
    public int MaxIterations
    {
        get;
        init => field = Require.AtLeast(value, 1, "Allow 1 iteration or more, such as 200.");
    } = 200;

    /// <summary>
    /// Which ballots are summed before they are squared, for intervals; voter and prompt together is two ways at once (Cameron, Gelbach,
    /// Miller 2011). Default: none (every ballot for itself).
    /// </summary>
    public ClusterBy Cluster
    {
        get;
        init => field = Require.VoterOrPrompt(value);
    }
}
