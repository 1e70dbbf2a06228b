using System.Runtime.CompilerServices;
using Arena.Ranking.Numerics;
using Part = Arena.Ranking.Numerics.DenseProducts.Part;

namespace Arena.Ranking.Pairwise;

/// <summary>Σ over clusters of u uᵀ, u the sum of the scores of the cluster's ballots.</summary>
/// <param name="ballots">The ballots.</param>
/// <param name="scores">One a slot.</param>
/// <param name="threads">At most.</param>
internal sealed class ClusterCovariance(Ballots ballots, double[] scores, int threads)
{
    private readonly int _n = ballots.Competitors;

    /// <summary>The sums (lower half) and the number of clusters each competitor is in.</summary>
    public (double[] Sums, int[] ClustersOf) Sum(ClusterIndex index)
    {
        ClusterSlots slots = ClusterSlots.Of(ballots, scores, index);
        // a fixed division of the clusters, added up in order, whatever the threads; few parts where each takes much room
        int parts = (int)Math.Clamp((1L << 22) / ((long)_n * _n), 1, 16);
        var sums = new double[parts][];
        var clustersOf = new int[parts][];
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
            (sums[part], clustersOf[part]) = Sum(slots, (int)((long)index.Clusters * part / parts), (int)((long)index.Clusters * (part + 1) / parts)));
        for (int part = 1; part < parts; part++)
        {
            for (int k = 0; k < sums[0].Length; k++)
            {
                sums[0][k] += sums[part][k];
            }

            for (int i = 0; i < _n; i++)
            {
                clustersOf[0][i] += clustersOf[part][i];
            }
        }

        return (sums[0], clustersOf[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double[] Sums, int[] ClustersOf) Sum(ClusterSlots slots, int from, int to)
    {
        var accumulator = new ClusterAccumulator(_n);
        for (int c = from; c < to; c++)
        {
            foreach ((int competitor, double score) in slots.Slots.AsSpan(slots.Start[c]..slots.Start[c + 1]))
            {
                accumulator.Add(competitor, score);
            }

            accumulator.EndCluster();
        }

        return accumulator.Finish();
    }
}

/// <summary>
/// Competitor and score of every slot, cluster by cluster. Ballots are read in their order and scattered: a write that misses the cache does not
/// wait, as each of the reads would that follow a cluster's ballots through memory.
/// </summary>
internal sealed class ClusterSlots
{
    private ClusterSlots(int[] start, (int Competitor, double Score)[] slots) => (Start, Slots) = (start, slots);

    /// <summary>Cluster c has the slots from Start[c] up to Start[c + 1].</summary>
    public int[] Start { get; }

    public (int Competitor, double Score)[] Slots { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ClusterSlots Of(Ballots ballots, double[] scores, ClusterIndex index)
    {
        int[] clusterOf = index.ClusterOf(ballots.Count);
        ReadOnlySpan<int> starts = ballots.Starts, competitor = ballots.CompetitorColumn;
        var start = new int[index.Clusters + 1];
        for (int b = 0; b < clusterOf.Length; b++)
        {
            if (clusterOf[b] >= 0)
            {
                start[clusterOf[b] + 1] += starts[b + 1] - starts[b];
            }
        }

        for (int c = 0; c < index.Clusters; c++)
        {
            start[c + 1] += start[c];
        }

        int[] next = [.. start];
        var slots = GC.AllocateUninitializedArray<(int Competitor, double Score)>(start[^1]);
        for (int b = 0; b < clusterOf.Length; b++)
        {
            if (clusterOf[b] < 0)
            {
                continue;
            }

            ref int at = ref next[clusterOf[b]];
            for (int slot = starts[b]; slot < starts[b + 1]; slot++)
            {
                slots[at++] = (competitor[slot], scores[slot]);
            }
        }

        return new ClusterSlots(start, slots);
    }
}

/// <summary>One cluster after the other: few competitors are multiplied out where they stand, many are packed side by side for one large product.</summary>
internal sealed class ClusterAccumulator(int n)
{
    private const int Depth = 256;

    private readonly double[] _sums = new double[n * n];
    private readonly double[] _lower = new double[n * n];
    private readonly int[] _clustersOf = new int[n];
    private readonly double[] _value = new double[n];
    private readonly byte[] _seen = new byte[n];
    private readonly int[] _touched = new int[n + 1];
    private readonly double[] _packed = new double[n];
    private double[]? _wide;
    private int _count;
    private int _columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int competitor, double score)
    {
        // without a branch: one mispredicted would have to wait for a ballot that is not in the cache
        _touched[_count] = competitor;
        _count += 1 - _seen[competitor];
        _seen[competitor] = 1;
        _value[competitor] += score;
    }

    public void EndCluster()
    {
        ReadOnlySpan<int> touched = _touched.AsSpan(0, _count);
        if (5L * _count > 3L * n)
        {
            _wide ??= new double[n * Depth];
            foreach (int i in touched)
            {
                _wide[i * Depth + _columns] = _value[i];
            }

            if (++_columns == Depth)
            {
                Flush();
            }
        }
        else
        {
            for (int k = 0; k < touched.Length; k++)
            {
                _packed[k] = _value[touched[k]];
            }

            MultiplyOut(touched, _packed.AsSpan(0, touched.Length));
        }

        foreach (int i in touched)
        {
            _clustersOf[i]++;
            (_value[i], _seen[i]) = (0, 0);
        }

        _count = 0;
    }

    public (double[] Sums, int[] ClustersOf) Finish()
    {
        Flush();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                // what was multiplied out stands on either side of the diagonal
                _lower[i * n + j] += _sums[i * n + j] + (i == j ? 0 : _sums[j * n + i]);
            }
        }

        return (_lower, _clustersOf);
    }

    /// <summary>Each pair once, on whichever side of the diagonal it falls.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyOut(ReadOnlySpan<int> places, ReadOnlySpan<double> values)
    {
        for (int a = 0; a < places.Length; a++)
        {
            double own = values[a];
            Span<double> row = _sums.AsSpan(places[a] * n, n);
            for (int b = 0; b <= a; b++)
            {
                row[places[b]] += own * values[b];
            }
        }
    }

    private void Flush()
    {
        if (_columns == 0)
        {
            return;
        }

        for (int from = 0; from < n; from += DenseProducts.Band)
        {
            int to = Math.Min(n, from + DenseProducts.Band);
            DenseProducts.Add(1, new Part(_wide!, from * Depth, Depth), new Part(_wide!, 0, Depth), new Part(_lower, from * n, n), to - from, to, Depth);
        }

        Array.Clear(_wide!);
        _columns = 0;
    }
}
