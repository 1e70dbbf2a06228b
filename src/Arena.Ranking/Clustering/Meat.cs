using Arena.Ranking.Numerics;

namespace Arena.Ranking.Clustering;

/// <summary>
/// The middle of the sandwich H⁻¹ G H⁻¹: G = Σ_c u_c u_cᵀ, u_c the sum of the scores of a cluster (Liang, Zeger 1986), the mean score taken off, times
/// c/(c − 1) for c clusters; both ways G_voter + G_prompt − G_voter∩prompt (Cameron, Gelbach, Miller 2011), made positive semi-definite.
/// </summary>
/// <param name="Squares">G: n × n, symmetric.</param>
/// <param name="Clusters">Independent clusters: the fewer of voters and prompts, or observations.</param>
/// <param name="ClustersOf">In how many of them each parameter is touched.</param>
/// <param name="Notes">What a reader should know.</param>
internal sealed record Meat(double[] Squares, int Clusters, int[] ClustersOf, IReadOnlyList<string> Notes)
{
    private const string Projected = "The two-way covariance had negative eigenvalues, taken as 0: there is little evidence of one of the two ways of clustering.";

    /// <summary>From scores of observations.</summary>
    /// <param name="scores">One vector an observation.</param>
    /// <param name="voter">Clusters one way; null does not cluster this way.</param>
    /// <param name="prompt">Clusters the other way.</param>
    /// <param name="options">Threads.</param>
    /// <param name="each">Sums where every observation stands for itself, where there is a quicker way.</param>
    /// <param name="corrected">Whether to multiply by c/(c − 1).</param>
    public static Meat Of(SparseScores scores, ClusterIndex? voter, ClusterIndex? prompt, FitOptions options, Func<ClusterSums>? each = null, bool corrected = true) => Of<IndexedScores>(
        voter is null ? null : new IndexedScores(scores, voter, prompt),
        prompt is null ? null : new IndexedScores(scores, prompt, voter),
        prompt?.Clusters ?? 0,
        each ?? (() => ClusterSums.OfEach(scores, options.MaxDegreeOfParallelism)),
        options,
        corrected);

    /// <summary>From scores in the order of their clusters.</summary>
    /// <param name="voter">One way; null does not cluster this way.</param>
    /// <param name="prompt">The other way.</param>
    /// <param name="prompts">Clusters the other way are numbered below this.</param>
    /// <param name="each">Sums where every observation stands for itself.</param>
    /// <param name="options">Threads.</param>
    /// <param name="corrected">Whether to multiply by c/(c − 1).</param>
    public static Meat Of<T>(T? voter, T? prompt, int prompts, Func<ClusterSums> each, FitOptions options, bool corrected)
        where T : struct, IClusteredScores
    {
        int threads = options.MaxDegreeOfParallelism;
        if (voter is not { } first || prompt is not { } second)
        {
            return Of((voter ?? prompt) is { } one ? ClusterSums.Of(one, threads) : each(), corrected);
        }

        return TwoWay(ClusterSums.Of(first, threads), ClusterSums.Of(second, threads), ClusterSums.OfIntersections(first, prompts, each()), options, corrected);
    }

    /// <summary>From one way of clustering.</summary>
    public static Meat Of(ClusterSums sums, bool corrected = true) => new(Finished(sums, corrected), sums.Clusters, sums.ClustersOf, []);

    /// <summary>From both ways and their intersection.</summary>
    public static Meat TwoWay(ClusterSums voter, ClusterSums prompt, ClusterSums both, FitOptions options, bool corrected = true)
    {
        double[] squares = Finished(voter, corrected), byPrompt = Finished(prompt, corrected), byBoth = Finished(both, corrected);
        for (int k = 0; k < squares.Length; k++)
        {
            squares[k] += byPrompt[k] - byBoth[k];
        }

        bool projected = PositiveSemiDefinite.Project(squares, voter.Total.Length, options.MaxDegreeOfParallelism);
        return new Meat(
            squares,
            Math.Min(voter.Clusters, prompt.Clusters),
            [.. voter.ClustersOf.Zip(prompt.ClustersOf, Math.Min)],
            projected ? [Projected] : []);
    }

    /// <summary>Mirrors, takes off the mean score (a prior's share is fixed: only what varies between clusters is noise), and corrects for the number of clusters.</summary>
    private static double[] Finished(ClusterSums sums, bool corrected)
    {
        int n = sums.Total.Length, clusters = Math.Max(1, sums.Clusters);
        double factor = corrected && clusters > 1 ? clusters / (clusters - 1.0) : 1;
        DenseCholesky.Mirror(sums.Squares, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                sums.Squares[i * n + j] = factor * (sums.Squares[i * n + j] - sums.Total[i] * sums.Total[j] / clusters);
            }
        }

        return sums.Squares;
    }
}
