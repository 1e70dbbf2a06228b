namespace Arena.Ranking.Clustering;

/// <summary>Σ u uᵀ over the clusters of one way of clustering, u the sum of a cluster's scores; nothing corrected yet.</summary>
/// <param name="Squares">n × n, lower half and diagonal.</param>
/// <param name="Total">Σ u.</param>
/// <param name="Clusters">How many.</param>
/// <param name="ClustersOf">In how many each parameter is touched.</param>
/// <param name="Information">Σ h, h what a cluster adds to the Hessian's diagonal.</param>
/// <param name="InformationSquares">Σ h².</param>
internal sealed record ClusterSums(double[] Squares, double[] Total, int Clusters, int[] ClustersOf, double[] Information, double[] InformationSquares)
{
    private const int MostParts = 16;
    private const int LeastPart = 512;
    private const long MostValues = 1L << 22;

    /// <summary>The scores of every cluster summed.</summary>
    public static ClusterSums Of<T>(T scores, int threads)
        where T : struct, IClusteredScores
    {
        int[] start = scores.Start;
        return InParts(scores.Parameters, start.Length - 1, threads, (outer, from, to) =>
        {
            T own = scores;
            for (int c = from; c < to; c++)
            {
                for (int k = start[c]; k < start[c + 1]; k++)
                {
                    own.AddTo(outer, k);
                }

                if (start[c] < start[c + 1])
                {
                    outer.EndCluster();
                }
            }
        });
    }

    /// <summary>Those of one cluster both ways are one; nearly always that is a single observation, so only the others are summed anew.</summary>
    /// <param name="scores">In the order of one way.</param>
    /// <param name="others">Clusters the other way are numbered below this.</param>
    /// <param name="each">Every observation for itself.</param>
    public static ClusterSums OfIntersections<T>(T scores, int others, ClusterSums each)
        where T : struct, IClusteredScores
    {
        // each cluster the other way carries the last one of this way that met it
        var met = new int[others];
        OuterProducts? whole = null, single = null;
        int repeats = 0;
        for (int c = 0; c + 1 < scores.Start.Length; c++)
        {
            bool twice = false;
            for (int k = scores.Start[c]; k < scores.Start[c + 1]; k++)
            {
                int other = scores.Other(k);
                if (other >= 0)
                {
                    twice |= met[other] == c + 1;
                    met[other] = c + 1;
                }
            }

            if (!twice)
            {
                continue;
            }

            (whole, single) = (whole ?? new OuterProducts(scores.Parameters), single ?? new OuterProducts(scores.Parameters));
            foreach (IGrouping<int, int> together in Enumerable.Range(scores.Start[c], scores.Start[c + 1] - scores.Start[c])
                .GroupBy(k => scores.Other(k)).Where(g => g.Key >= 0 && g.Skip(1).Any()))
            {
                foreach (int k in together)
                {
                    scores.AddTo(single, k);
                    single.EndCluster();
                    scores.AddTo(whole, k);
                    repeats++;
                }

                whole.EndCluster();
                repeats--;
            }
        }

        return whole is null || single is null
            ? each
            : each.Plus(whole.Finish(), 1).Plus(single.Finish(), -1) with { Clusters = each.Clusters - repeats };
    }

    /// <summary>Every observation for itself.</summary>
    public static ClusterSums OfEach(SparseScores scores, int threads) => InParts(scores.Parameters, scores.Count, threads, (outer, from, to) =>
    {
        ReadOnlySpan<int> starts = scores.Starts.Span, items = scores.Items.Span;
        for (int o = from; o < to; o++)
        {
            for (int k = starts[o]; k < starts[o + 1]; k++)
            {
                outer.Add(items[k], scores.Values[k], scores.Information[k]);
            }

            outer.EndCluster(scores.Copies is null ? 1 : (int)scores.Copies[o]);
        }
    });

    /// <summary>Adds the sums over other clusters.</summary>
    public ClusterSums Merge(ClusterSums others)
    {
        for (int i = 0; i < Total.Length; i++)
        {
            Total[i] += others.Total[i];
            ClustersOf[i] += others.ClustersOf[i];
            Information[i] += others.Information[i];
        }

        return Plus(others, 1) with { Clusters = Clusters + others.Clusters };
    }

    /// <summary>Adds sign · squares of the same observations, put together otherwise; who is in how many clusters stays.</summary>
    public ClusterSums Plus(ClusterSums others, int sign)
    {
        for (int k = 0; k < Squares.Length; k++)
        {
            Squares[k] += sign * others.Squares[k];
        }

        for (int i = 0; i < InformationSquares.Length; i++)
        {
            InformationSquares[i] += sign * others.InformationSquares[i];
        }

        return this;
    }

    private static ClusterSums InParts(int parameters, int clusters, int threads, Action<OuterProducts, int, int> add)
    {
        // a fixed division of the clusters, added up in order, whatever the threads; few parts where each takes much room
        int parts = (int)Math.Clamp(Math.Min(clusters / LeastPart, MostValues / ((long)parameters * parameters)), 1, MostParts);
        var sums = new ClusterSums[parts];
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
        {
            var outer = new OuterProducts(parameters);
            add(outer, (int)((long)clusters * part / parts), (int)((long)clusters * (part + 1) / parts));
            sums[part] = outer.Finish();
        });
        return sums.Aggregate((all, part) => all.Merge(part));
    }
}
