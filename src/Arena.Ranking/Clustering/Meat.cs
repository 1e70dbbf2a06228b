using Arena.Ranking.Numerics;

namespace Arena.Ranking.Clustering;

/// <summary>
/// The middle of the sandwich H⁻¹ G H⁻¹: G = Σ_c u_c u_cᵀ, u_c the sum of the scores of a cluster (Liang, Zeger 1986), the mean score taken off; both
/// ways G_voter + G_prompt − G_voter∩prompt (Cameron, Gelbach, Miller 2011), made positive semi-definite. What few clusters leave out is
/// made up for by <see cref="FewClusters"/>.
/// </summary>
/// <param name="Squares">G: n × n, symmetric.</param>
/// <param name="Clusters">Independent clusters: the fewer of voters and prompts, or observations.</param>
/// <param name="ClustersOf">In how many of them each parameter is touched.</param>
/// <param name="Shares">
/// δ of each parameter: Σ h²/(Σ h)², h what a cluster adds to the Hessian's diagonal; the chance that two pieces of information on it come from one
/// cluster, both ways from one voter or one prompt. 1 where nothing is known.
/// </param>
/// <param name="Notes">What a reader should know.</param>
internal sealed record Meat(double[] Squares, int Clusters, int[] ClustersOf, double[] Shares, IReadOnlyList<string> Notes)
{
    private const string Projected = "The two-way covariance had negative eigenvalues, taken as 0: there is little evidence of one of the two ways of clustering.";

    /// <summary>A sum of squares of which the mean takes off all but this share does not vary: the rest is rounding.</summary>
    private const double Rounding = 1e-12;

    /// <summary>From scores of observations.</summary>
    /// <param name="scores">One vector an observation.</param>
    /// <param name="voter">Clusters one way; null does not cluster this way.</param>
    /// <param name="prompt">Clusters the other way.</param>
    /// <param name="options">Threads.</param>
    /// <param name="each">Sums where every observation stands for itself, where there is a quicker way.</param>
    public static Meat Of(SparseScores scores, ClusterIndex? voter, ClusterIndex? prompt, FitOptions options, Func<ClusterSums>? each = null) => Of<IndexedScores>(
        voter is null ? null : new IndexedScores(scores, voter, prompt),
        prompt is null ? null : new IndexedScores(scores, prompt, voter),
        prompt?.Clusters ?? 0,
        each ?? (() => ClusterSums.OfEach(scores, options.MaxDegreeOfParallelism)),
        options);

    /// <summary>From scores in the order of their clusters.</summary>
    /// <param name="voter">One way; null does not cluster this way.</param>
    /// <param name="prompt">The other way.</param>
    /// <param name="prompts">Clusters the other way are numbered below this.</param>
    /// <param name="each">Sums where every observation stands for itself.</param>
    /// <param name="options">Threads.</param>
    public static Meat Of<T>(T? voter, T? prompt, int prompts, Func<ClusterSums> each, FitOptions options)
        where T : struct, IClusteredScores
    {
        int threads = options.MaxDegreeOfParallelism;
        if (voter is not { } first || prompt is not { } second)
        {
            return Of((voter ?? prompt) is { } one ? ClusterSums.Of(one, threads) : each());
        }

        return TwoWay(ClusterSums.Of(first, threads), ClusterSums.Of(second, threads), ClusterSums.OfIntersections(first, prompts, each()), options);
    }

    /// <summary>From one way of clustering.</summary>
    public static Meat Of(ClusterSums sums) => new(Finished(sums), sums.Clusters, sums.ClustersOf, SharesOf(sums.InformationSquares, sums.Information), []);

    /// <summary>From both ways and their intersection.</summary>
    public static Meat TwoWay(ClusterSums voter, ClusterSums prompt, ClusterSums both, FitOptions options)
    {
        double[] squares = Finished(voter), byPrompt = Finished(prompt), byBoth = Finished(both);
        for (int k = 0; k < squares.Length; k++)
        {
            squares[k] += byPrompt[k] - byBoth[k];
        }

        double[] together = new double[voter.Total.Length];
        for (int i = 0; i < together.Length; i++)
        {
            together[i] = voter.InformationSquares[i] + prompt.InformationSquares[i] - both.InformationSquares[i];
        }

        bool projected = PositiveSemiDefinite.Project(squares, voter.Total.Length, options.MaxDegreeOfParallelism);
        return new Meat(
            squares,
            Math.Min(voter.Clusters, prompt.Clusters),
            [.. voter.ClustersOf.Zip(prompt.ClustersOf, Math.Min)],
            SharesOf(together, voter.Information),
            projected ? [Projected] : []);
    }

    /// <summary>δ from Σ h² and Σ h.</summary>
    public static double[] SharesOf(double[] squares, double[] information)
    {
        var shares = new double[squares.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = information[i] > 0 ? Math.Clamp(squares[i] / (information[i] * information[i]), 0, 1) : 1;
        }

        return shares;
    }

    /// <summary>Mirrors, and takes off the mean score (a prior's share is fixed: only what varies between clusters is noise).</summary>
    private static double[] Finished(ClusterSums sums)
    {
        int n = sums.Total.Length, clusters = Math.Max(1, sums.Clusters);
        DenseCholesky.Mirror(sums.Squares, n);
        bool[] varies = [.. Enumerable.Range(0, n).Select(i => sums.Squares[i * n + i] - sums.Total[i] * sums.Total[i] / clusters > Rounding * sums.Squares[i * n + i])];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                sums.Squares[i * n + j] = varies[i] && varies[j] ? sums.Squares[i * n + j] - sums.Total[i] * sums.Total[j] / clusters : 0;
            }
        }

        return sums.Squares;
    }
}
