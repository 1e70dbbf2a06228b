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
        // a fixed division of the clusters, added up in order, whatever the threads; few parts where each takes much room
        int parts = (int)Math.Clamp((1L << 22) / ((long)_n * _n), 1, 16);
        var sums = new double[parts][];
        var clustersOf = new int[parts][];
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
        {
            long clusters = index.Clusters;
            var accumulator = new ClusterAccumulator(_n);
            ReadOnlySpan<int> start = ballots.Starts, competitor = ballots.CompetitorColumn;
            for (int c = (int)(clusters * part / parts); c < clusters * (part + 1) / parts; c++)
            {
                for (int k = index.Start[c]; k < index.Start[c + 1]; k++)
                {
                    int b = index.Ballot[k];
                    for (int slot = start[b]; slot < start[b + 1]; slot++)
                    {
                        accumulator.Add(competitor[slot], scores[slot]);
                    }
                }

                accumulator.EndCluster();
            }

            (sums[part], clustersOf[part]) = accumulator.Finish();
        });
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
}

/// <summary>One cluster after the other: few competitors are multiplied out where they stand, many are packed side by side for one large product.</summary>
internal sealed class ClusterAccumulator(int n)
{
    private const int Depth = 256;

    private readonly double[] _sums = new double[n * n];
    private readonly int[] _clustersOf = new int[n];
    private readonly double[] _value = new double[n];
    private readonly bool[] _seen = new bool[n];
    private readonly int[] _touched = new int[n];
    private readonly double[] _packed = new double[n];
    private double[]? _wide;
    private int _count;
    private int _columns;

    public void Add(int competitor, double score)
    {
        if (!_seen[competitor])
        {
            _seen[competitor] = true;
            _touched[_count++] = competitor;
        }

        _value[competitor] += score;
    }

    public void EndCluster()
    {
        ReadOnlySpan<int> touched = _touched.AsSpan(0, _count);
        if (4 * _count >= n)
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

            ScoreCovariance.AddOuter(touched, _packed.AsSpan(0, touched.Length), _sums, n);
        }

        foreach (int i in touched)
        {
            _clustersOf[i]++;
            (_value[i], _seen[i]) = (0, false);
        }

        _count = 0;
    }

    public (double[] Sums, int[] ClustersOf) Finish()
    {
        Flush();
        return (_sums, _clustersOf);
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
            DenseProducts.Add(1, new Part(_wide!, from * Depth, Depth), new Part(_wide!, 0, Depth), new Part(_sums, from * n, n), to - from, to, Depth);
        }

        Array.Clear(_wide!);
        _columns = 0;
    }
}
