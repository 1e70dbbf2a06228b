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
    private const int Depth = 128;

    private readonly double[] _sums = new double[n * n];
    private readonly double[] _total = new double[n];
    private readonly double[] _information = new double[n];
    private readonly double[] _informationSquares = new double[n];
    private readonly int[] _clustersOf = new int[n];
    private readonly double[] _value = new double[n];
    private readonly double[] _told = new double[n];
    private readonly byte[] _seen = new byte[n];
    private readonly int[] _touched = new int[n + 1];
    private readonly double[] _packed = new double[n];
    private PackedColumns? _wide;
    private double[] _lower = [];
    private int _clusters;
    private int _count;
    private int _rows;

    /// <summary>Adds to the cluster that is open.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int item, double value, double information)
    {
        // without a branch: one mispredicted would have to wait for what is not in the cache
        _touched[_count] = item;
        _count += 1 - _seen[item];
        _seen[item] = 1;
        _value[item] += value;
        _told[item] += information;
    }

    /// <summary>Squares the cluster, and opens the next.</summary>
    /// <param name="copies">How many clusters are exactly alike.</param>
    public void EndCluster(int copies = 1)
    {
        ReadOnlySpan<int> touched = _touched.AsSpan(0, _count);
        if (4L * _count > n && copies == 1)
        {
            _wide ??= new PackedColumns(Depth, n);
            _wide.SetRow(_rows, _value);
            if (++_rows == Depth)
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
            _information[i] += copies * _told[i];
            _informationSquares[i] += copies * _told[i] * _told[i];
            (_value[i], _told[i], _seen[i]) = (0, 0, 0);
        }

        _clusters += copies;
        _count = 0;
    }

    public ClusterSums Finish()
    {
        Flush();
        int stride = Padded(n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                // what was multiplied out stands on either side of the diagonal
                _sums[i * n + j] += (i == j ? 0 : _sums[j * n + i]) + (_wide is null ? 0 : _lower[i * stride + j]);
            }
        }

        return new ClusterSums(_sums, _total, _clusters, _clustersOf, _information, _informationSquares);
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
        if (_rows == 0)
        {
            return;
        }

        int stride = Padded(n);
        _lower = _lower.Length == 0 ? new double[stride * stride] : _lower;
        for (int i = 0; i < n; i += PackedColumns.Width)
        {
            int to = Math.Min(n, i + PackedColumns.Width);
            DenseProducts.Add(1, _wide!.Strip(i), _wide, 0, new Part(_lower, i * stride, stride), PackedColumns.Width, Padded(to), _rows);
        }

        _rows = 0;
    }

    /// <summary>To whole tiles.</summary>
    private static int Padded(int columns) => (columns + PackedColumns.Width - 1) / PackedColumns.Width * PackedColumns.Width;
}
