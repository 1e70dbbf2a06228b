using System.Runtime.CompilerServices;
using Arena.Ranking.Numerics;
using Part = Arena.Ranking.Numerics.DenseProducts.Part;

namespace Arena.Ranking.Clustering;

/// <summary>
/// The one place where scores are summed and squared. One cluster after the other: those that touch few parameters are multiplied out where they
/// stand, those that touch many are packed side by side for one large product.
/// </summary>
internal sealed class OuterProducts(int n)
{
    private const int Depth = 256;

    private readonly double[] _sums = new double[n * n];
    private readonly double[] _lower = new double[n * n];
    private readonly double[] _total = new double[n];
    private readonly int[] _clustersOf = new int[n];
    private readonly double[] _value = new double[n];
    private readonly byte[] _seen = new byte[n];
    private readonly int[] _touched = new int[n + 1];
    private readonly double[] _packed = new double[n];
    private double[]? _wide;
    private int _clusters;
    private int _count;
    private int _columns;

    /// <summary>Adds to the cluster that is open.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int item, double value)
    {
        // without a branch: one mispredicted would have to wait for what is not in the cache
        _touched[_count] = item;
        _count += 1 - _seen[item];
        _seen[item] = 1;
        _value[item] += value;
    }

    /// <summary>Squares the cluster, and opens the next.</summary>
    /// <param name="copies">How many clusters are exactly alike.</param>
    public void EndCluster(int copies = 1)
    {
        ReadOnlySpan<int> touched = _touched.AsSpan(0, _count);
        if (5L * _count > 3L * n && copies == 1)
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

            MultiplyOut(touched, _packed.AsSpan(0, touched.Length), copies);
        }

        foreach (int i in touched)
        {
            _clustersOf[i] += copies;
            _total[i] += copies * _value[i];
            (_value[i], _seen[i]) = (0, 0);
        }

        _clusters += copies;
        _count = 0;
    }

    public ClusterSums Finish()
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

        return new ClusterSums(_lower, _total, _clusters, _clustersOf);
    }

    /// <summary>Each pair once, on whichever side of the diagonal it falls.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyOut(ReadOnlySpan<int> places, ReadOnlySpan<double> values, int copies)
    {
        for (int a = 0; a < places.Length; a++)
        {
            double own = copies * values[a];
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
