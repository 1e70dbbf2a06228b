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

    /// <summary>From scores that are held.</summary>
    /// <param name="scores">One vector an observation.</param>
    /// <param name="voter">Clusters one way; null does not cluster this way.</param>
    /// <param name="prompt">Clusters the other way.</param>
    /// <param name="options">Threads.</param>
    /// <param name="each">Sums where every observation stands for itself, where there is a quicker way.</param>
    /// <param name="corrected">Whether to multiply by c/(c − 1).</param>
    public static Meat Of(SparseScores scores, ClusterIndex? voter, ClusterIndex? prompt, FitOptions options, Func<ClusterSums>? each = null, bool corrected = true)
    {
        int threads = options.MaxDegreeOfParallelism;
        each ??= () => ClusterSums.OfEach(scores, threads);
        if (voter is null || prompt is null)
        {
            return Of((voter ?? prompt) is { } index ? ClusterSums.Of(scores, index, threads) : each(), corrected);
        }

        return TwoWay(
            ClusterSums.Of(scores, voter, threads), ClusterSums.Of(scores, prompt, threads), Intersections(scores, voter, prompt, each(), threads), options, corrected);
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

    /// <summary>Observations of one voter on one prompt are one; nearly always that is a single one, so only the others are summed anew.</summary>
    private static ClusterSums Intersections(SparseScores scores, ClusterIndex voters, ClusterIndex prompts, ClusterSums each, int threads)
    {
        (ClusterIndex? together, int repeats) = Repeated(voters, prompts);
        if (together is null)
        {
            return each;
        }

        int[] alone = Array.ConvertAll(together.Number, cluster => cluster >= 0 ? ClusterIndex.Own : ClusterIndex.Nowhere);
        return each.Plus(ClusterSums.Of(scores, together, threads), 1).Plus(ClusterSums.Of(scores, ClusterIndex.Of(alone), threads), -1) with
        {
            Clusters = voters.Order.Length - repeats,
        };
    }

    /// <summary>Those of one voter on one prompt that are several, the rest in no cluster; and how many observations more than clusters. Null where there is none.</summary>
    private static (ClusterIndex? Together, int Repeats) Repeated(ClusterIndex voters, ClusterIndex prompts)
    {
        int[] promptOf = prompts.Number;
        var met = new int[prompts.Clusters];
        int[]? keys = null;
        int next = 0, repeats = 0;
        for (int c = 0; c < voters.Clusters; c++)
        {
            Span<int> own = voters.Order.AsSpan(voters.Start[c]..voters.Start[c + 1]);
            bool twice = false;
            foreach (int o in own)
            {
                // prompts carry the last voter that met them
                ref int last = ref met[promptOf[o]];
                twice |= last == c + 1;
                last = c + 1;
            }

            if (!twice)
            {
                continue;
            }

            if (keys is null)
            {
                keys = new int[promptOf.Length];
                Array.Fill(keys, ClusterIndex.Nowhere);
            }

            foreach (IGrouping<int, int> group in own.ToArray().GroupBy(o => promptOf[o]).Where(g => g.Count() > 1))
            {
                foreach (int o in group)
                {
                    keys[o] = next;
                }

                repeats += group.Count() - 1;
                next++;
            }
        }

        return (keys is null ? null : ClusterIndex.Of(keys), repeats);
    }
}
