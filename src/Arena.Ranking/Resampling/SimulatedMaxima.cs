using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Arena.Ranking.Numerics;

namespace Arena.Ranking.Resampling;

/// <summary>The quantile of the largest |t| of all pairs, by drawing from the normal distribution with the estimates' covariance.</summary>
/// <remarks>
/// Eight rounds stand side by side in a vector. Competitors are ordered by variance and cut into tiles: a pair of tiles in which no pair can exceed
/// what each of the eight rounds has seen already is passed over, which is nearly all of them, and changes nothing.
/// </remarks>
internal sealed class SimulatedMaxima
{
    private const int Lanes = 8;
    private const int Tile = 16;

    private readonly int _n;
    private readonly int _tiles;
    private readonly int _width;
    private readonly float[] _root;
    private readonly float[] _inverse;
    private readonly float[] _mostInverse;

    private SimulatedMaxima(double[] covariance, int n)
    {
        _n = n;
        _tiles = (n + Tile - 1) / Tile;
        _width = _tiles * Tile;
        int[] order = [.. Enumerable.Range(0, n)];
        Array.Sort([.. order.Select(i => covariance[i * n + i])], order);
        var ordered = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                ordered[i * n + j] = covariance[order[i] * n + order[j]];
            }
        }

        // single precision is ample for a quantile that 2,000 rounds estimate to a percent, and twice as fast
        _inverse = new float[_width * _width];
        _mostInverse = new float[_tiles * _tiles];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double own = ordered[i * n + i] + ordered[j * n + j];
                double variance = own - 2 * ordered[i * n + j];
                float inverse = variance > 1e-12 * own ? (float)(1 / Math.Sqrt(variance)) : 0;
                _inverse[i * _width + j] = inverse;
                ref float most = ref _mostInverse[i / Tile * _tiles + j / Tile];
                most = Math.Max(most, inverse);
            }
        }

        _root = Root(ordered, n, _width);
    }

    /// <summary>Simulates; the same seed gives the same value whatever the number of threads. Null where rounding has left no covariance: entries of very unlike size.</summary>
    /// <param name="covariance">n × n, positive semi-definite.</param>
    /// <param name="n">Competitors.</param>
    /// <param name="freedom">Degrees of freedom of the covariance; +∞ is known.</param>
    /// <param name="options">Level, rounds, seed, threads.</param>
    public static double? Critical(double[] covariance, int n, double freedom, FitOptions options)
    {
        var simulation = new SimulatedMaxima(covariance, n);
        if (simulation._root.Length == 0)
        {
            return null;
        }

        var maxima = new double[options.Rounds];
        Parallel.For(
            0,
            (options.Rounds + Lanes - 1) / Lanes,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism },
            () => new Buffers(simulation._width, simulation._tiles),
            (block, _, buffers) =>
            {
                int first = block * Lanes, rounds = Math.Min(Lanes, options.Rounds - first);
                simulation.Run(first, rounds, freedom, options.Seed, buffers, maxima);
                return buffers;
            },
            _ => { });
        Array.Sort(maxima);
        return new Quantiles(options.Confidence).Upper(maxima);
    }

    private void Run(int first, int rounds, double freedom, ulong seed, Buffers buffers, double[] maxima)
    {
        Span<double> chi = stackalloc double[Lanes];
        for (int lane = 0; lane < rounds; lane++)
        {
            var random = new Xoshiro256(seed, (ulong)(first + lane));
            for (int k = 0; k < _n; k += 2)
            {
                (double even, double odd) = random.NextNormals();
                buffers.Normal[k * Lanes + lane] = (float)even;
                if (k + 1 < _n)
                {
                    buffers.Normal[(k + 1) * Lanes + lane] = (float)odd;
                }
            }

            chi[lane] = Chi(freedom, ref random);
        }

        Draw(buffers);
        Vector256<float> largest = Largest(buffers);
        for (int lane = 0; lane < rounds; lane++)
        {
            maxima[first + lane] = largest[lane] / chi[lane];
        }
    }

    /// <summary>draw = root · normal, eight rows at a time, and each tile's extremes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Draw(Buffers buffers)
    {
        ref float normal = ref MemoryMarshal.GetArrayDataReference(buffers.Normal);
        for (int i = 0; i < _width; i += 8)
        {
            ref float r0 = ref _root[i * _width], r1 = ref _root[(i + 1) * _width], r2 = ref _root[(i + 2) * _width], r3 = ref _root[(i + 3) * _width];
            ref float r4 = ref _root[(i + 4) * _width], r5 = ref _root[(i + 5) * _width], r6 = ref _root[(i + 6) * _width], r7 = ref _root[(i + 7) * _width];
            Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
            int depth = Math.Min(i + 8, _n);
            for (int k = 0; k < depth; k++)
            {
                Vector256<float> z = Vector256.LoadUnsafe(ref normal, (nuint)(k * Lanes));
                s0 = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref r0, k)), z, s0);
                s1 = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref r1, k)), z, s1);
                s2 = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref r2, k)), z, s2);
                s3 = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref r3, k)), z, s3);
                s4 = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref r4, k)), z, s4);
                s5 = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref r5, k)), z, s5);
                s6 = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref r6, k)), z, s6);
                s7 = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref r7, k)), z, s7);
            }

            (buffers.Draw[i], buffers.Draw[i + 1], buffers.Draw[i + 2], buffers.Draw[i + 3]) = (s0, s1, s2, s3);
            (buffers.Draw[i + 4], buffers.Draw[i + 5], buffers.Draw[i + 6], buffers.Draw[i + 7]) = (s4, s5, s6, s7);
        }

        for (int tile = 0; tile < _tiles; tile++)
        {
            Vector256<float> least = Vector256.Create(float.PositiveInfinity), most = Vector256.Create(float.NegativeInfinity);
            for (int i = tile * Tile; i < Math.Min(_n, (tile + 1) * Tile); i++)
            {
                (least, most) = (Vector256.Min(least, buffers.Draw[i]), Vector256.Max(most, buffers.Draw[i]));
            }

            (buffers.Least[tile], buffers.Most[tile]) = (least, most);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector256<float> Largest(Buffers buffers)
    {
        Vector256<float> largest = default;
        for (int a = 0; a < _tiles; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                Vector256<float> bound = Vector256.Max(buffers.Most[a] - buffers.Least[b], buffers.Most[b] - buffers.Least[a]) * _mostInverse[a * _tiles + b];
                if (Vector256.GreaterThanAny(bound, largest))
                {
                    largest = OfTiles(buffers.Draw, a, b, largest);
                }
            }
        }

        return largest;
    }

    /// <summary>Pairs on and above the diagonal have the factor 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector256<float> OfTiles(Vector256<float>[] draw, int a, int b, Vector256<float> largest)
    {
        ref Vector256<float> other = ref draw[b * Tile];
        for (int i = a * Tile; i < (a + 1) * Tile; i++)
        {
            Vector256<float> own = draw[i];
            ref float inverse = ref _inverse[i * _width + b * Tile];
            for (int j = 0; j < Tile; j++)
            {
                largest = Vector256.Max(largest, Vector256.Abs(own - Unsafe.Add(ref other, j)) * Unsafe.Add(ref inverse, j));
            }
        }

        return largest;
    }

    /// <summary>A draw of √(χ²/freedom).</summary>
    private static double Chi(double freedom, ref Xoshiro256 random) =>
        // beyond, it differs from 1 by less than the simulation's own error
        double.IsPositiveInfinity(freedom) || freedom > 1e6 ? 1 : Math.Sqrt(2 * random.NextGamma(Math.Max(1, freedom) / 2) / Math.Max(1, freedom));

    /// <summary>
    /// Lower triangular L with L Lᵀ = covariance, padded with 0; a hair on the diagonal makes up for the null direction of mean-zero ratings.
    /// Empty where that is not enough.
    /// </summary>
    private static float[] Root(double[] covariance, int n, int width)
    {
        double trace = 0;
        for (int i = 0; i < n; i++)
        {
            trace += covariance[i * n + i];
        }

        trace = Math.Max(trace / n, double.Epsilon);
        DenseCholesky? cholesky = null;
        for (double ridge = 1e-12; cholesky is null; ridge *= 10)
        {
            if (ridge > 1e-2)
            {
                return [];
            }

            double[] trial = [.. covariance];
            for (int i = 0; i < n; i++)
            {
                trial[i * n + i] += ridge * trace;
            }

            DenseCholesky.TryFactor(trial, n, -1, out cholesky);
        }

        var root = new float[width * width];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k <= i; k++)
            {
                root[i * width + k] = (float)cholesky.Factor[i * n + k];
            }
        }

        return root;
    }

    private sealed class Buffers(int width, int tiles)
    {
        public float[] Normal { get; } = new float[width * Lanes];

        public Vector256<float>[] Draw { get; } = new Vector256<float>[width];

        public Vector256<float>[] Least { get; } = new Vector256<float>[tiles];

        public Vector256<float>[] Most { get; } = new Vector256<float>[tiles];
    }
}
