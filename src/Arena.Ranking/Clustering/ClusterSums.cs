namespace Arena.Ranking.Clustering;

/// <summary>Σ u uᵀ over the clusters of one way of clustering, u the sum of a cluster's scores; nothing corrected yet.</summary>
/// <param name="Squares">n × n, lower half and diagonal.</param>
/// <param name="Total">Σ u.</param>
/// <param name="Clusters">How many.</param>
/// <param name="ClustersOf">In how many each parameter is touched.</param>
internal sealed record ClusterSums(double[] Squares, double[] Total, int Clusters, int[] ClustersOf)
{
    private const int MostParts = 16;
    private const int LeastPart = 512;
    private const long MostValues = 1L << 22;

    /// <summary>The scores of every cluster summed.</summary>
    public static ClusterSums Of(SparseScores scores, ClusterIndex index, int threads)
    {
        ClusterSlots slots = ClusterSlots.Of(scores, index);
        return InParts(scores.Parameters, index.Clusters, threads, (outer, from, to) =>
        {
            for (int c = from; c < to; c++)
            {
                foreach ((int item, double value) in slots.Slots.AsSpan(slots.Start[c]..slots.Start[c + 1]))
                {
                    outer.Add(item, value);
                }

                outer.EndCluster();
            }
        });
    }

    /// <summary>Every observation for itself.</summary>
    public static ClusterSums OfEach(SparseScores scores, int threads) => InParts(scores.Parameters, scores.Count, threads, (outer, from, to) =>
    {
        ReadOnlySpan<int> starts = scores.Starts.Span, items = scores.Items.Span;
        for (int o = from; o < to; o++)
        {
            for (int k = starts[o]; k < starts[o + 1]; k++)
            {
                outer.Add(items[k], scores.Values[k]);
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
