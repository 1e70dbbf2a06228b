using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Part = Arena.Ranking.Numerics.DenseProducts.Part;

namespace Arena.Ranking.Numerics;

/// <summary>The lower Cholesky factor of a symmetric positive definite matrix, in blocks, by rows; the same numbers for every number of threads.</summary>
internal sealed class DenseCholesky
{
    private const int Block = 48;

    /// <summary>Below this many products a step is done before a second thread has woken.</summary>
    private const long WorthThreads = 2_000_000;

    private readonly int _n;
    private readonly double[] _factor;
    private readonly ParallelOptions _threads;

    private DenseCholesky(int n, double[] factor, ParallelOptions threads) => (_n, _factor, _threads) = (n, factor, threads);

    /// <summary>n × n row by row; what stands above the diagonal is left over from the input.</summary>
    public double[] Factor => _factor;

    /// <summary>Factors in place; false, the matrix spoilt, where it is not positive definite in double precision.</summary>
    public static bool TryFactor(double[] matrix, int n, int threads, [NotNullWhen(true)] out DenseCholesky? cholesky)
    {
        cholesky = null;
        var made = new DenseCholesky(n, matrix, new ParallelOptions { MaxDegreeOfParallelism = threads });
        for (int start = 0; start < n; start += Block)
        {
            int width = Math.Min(Block, n - start);
            var block = PackedColumns.Of(new Part(matrix, start * n, n).Transposed, start, width);
            made.Bands(start, n, (long)(n - start) * width * start, (from, to) => DenseProducts.Add(
                -1, new Part(matrix, from * n, n), block, 0, new Part(matrix, from * n + start, n), to - from, width, start));
            if (!made.FactorDiagonal(start, width))
            {
                return false;
            }

            PackedColumns inverse = made.InverseBlock(start, width);
            made.Bands(start + width, n, (long)(n - start) * width * width, (from, to) => Multiply(matrix, n, from, to, start, inverse));
        }

        cholesky = made;
        return true;
    }

    /// <summary>Factors a matrix, its diagonal raised until it is positive definite in double precision: the direction of a Newton step, a flatter one (Levenberg 1944).</summary>
    /// <exception cref="ArithmeticException">It holds what is not a number.</exception>
    public static DenseCholesky FactorRaised(ReadOnlySpan<double> matrix, int n, int threads)
    {
        double size = 1e-300;
        for (int p = 0; p < n; p++)
        {
            size = Math.Max(size, Math.Abs(matrix[p * n + p]));
        }

        for (double raise = 0; raise < 1e6; raise = raise > 0 ? raise * 10 : 1e-10)
        {
            double[] raised = [.. matrix];
            for (int p = 0; p < n; p++)
            {
                raised[p * n + p] += raise * size;
            }

            if (TryFactor(raised, n, threads, out DenseCholesky? cholesky))
            {
                return cholesky;
            }
        }

        throw new ArithmeticException("The curvature of the likelihood is not a number: some parameters are too far apart for double precision. Ask for a prior.");
    }

    /// <summary>Solves (L Lᵀ) x = x in place.</summary>
    public void Solve(Span<double> x)
    {
        for (int i = 0; i < _n; i++)
        {
            x[i] = (x[i] - DenseProducts.Dot(_factor.AsSpan(i * _n, i), x)) / _factor[i * _n + i];
        }

        for (int i = _n - 1; i >= 0; i--)
        {
            double value = x[i] /= _factor[i * _n + i];
            ReadOnlySpan<double> row = _factor.AsSpan(i * _n, i);
            for (int k = 0; k < row.Length; k++)
            {
                x[k] -= value * row[k];
            }
        }
    }

    /// <summary>The inverse of the matrix that was factored.</summary>
    public double[] Inverse()
    {
        // u = L⁻ᵀ, upper triangular: row j solves L x = e_j
        var u = new double[_n * _n];
        for (int start = 0; start < _n; start += Block)
        {
            int column = start, width = Math.Min(Block, _n - start);
            for (int j = 0; j < width; j++)
            {
                u[(start + j) * _n + start + j] = 1;
            }

            var block = PackedColumns.Of(new Part(_factor, start * _n, _n).Transposed, start, width);
            PackedColumns inverseBlock = InverseBlock(start, width);
            Bands(0, start + width, (long)start * width * start, (from, to) =>
            {
                // rows begin at their diagonal
                int depth = Math.Max(0, column - from);
                DenseProducts.Add(-1, new Part(u, from * _n + from, _n), block, from, new Part(u, from * _n + column, _n), to - from, width, depth);
                Multiply(u, _n, from, to, column, inverseBlock);
            });
        }

        // (L Lᵀ)⁻¹ = u uᵀ
        var inverse = new double[_n * _n];
        var columns = PackedColumns.Of(new Part(u, 0, _n).Transposed, _n, _n);
        Bands(0, _n, (long)_n * _n * _n / 6, (from, to) => DenseProducts.Add(
            1, new Part(u, from * _n + from, _n), columns, from, new Part(inverse, from * _n, _n), to - from, to, _n - from));
        Mirror(inverse, _n);
        return inverse;
    }

    /// <summary>a · m · a for symmetric a and m.</summary>
    public static double[] Sandwich(double[] a, double[] m, int n, int threads)
    {
        var half = new double[n * n];
        var whole = new double[n * n];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        PackedColumns inner = PackedColumns.Of(new Part(m, 0, n), n, n), outer = PackedColumns.Of(new Part(a, 0, n), n, n);
        Bands(0, n, (long)n * n * n, options, (from, to) => DenseProducts.Add(
            1, new Part(a, from * n, n), inner, 0, new Part(half, from * n, n), to - from, n, n));
        Bands(0, n, (long)n * n * n, options, (from, to) => DenseProducts.Add(
            1, new Part(half, from * n, n), outer, 0, new Part(whole, from * n, n), to - from, to, n));
        Mirror(whole, n);
        return whole;
    }

    /// <summary>Copies what stands below the diagonal to above it.</summary>
    public static void Mirror(double[] matrix, int n)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                matrix[j * n + i] = matrix[i * n + j];
            }
        }
    }

    private bool FactorDiagonal(int start, int width)
    {
        for (int j = start; j < start + width; j++)
        {
            Span<double> row = _factor.AsSpan(j * _n + start, j - start);
            for (int k = 0; k < row.Length; k++)
            {
                row[k] = (row[k] - DenseProducts.Dot(row[..k], _factor.AsSpan((start + k) * _n + start, k))) / _factor[(start + k) * _n + start + k];
            }

            double pivot = _factor[j * _n + j] - DenseProducts.Dot(row, row);
            if (!(pivot > 0) || double.IsPositiveInfinity(pivot))
            {
                return false;
            }

            _factor[j * _n + j] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>L_block⁻ᵀ of a block on the diagonal: row j solves L x = e_j.</summary>
    private PackedColumns InverseBlock(int start, int width)
    {
        var inverse = new PackedColumns(width, width);
        Span<double> row = stackalloc double[Block];
        for (int j = 0; j < width; j++)
        {
            row[..j].Clear();
            for (int i = j; i < width; i++)
            {
                int at = (start + i) * _n + start;
                row[i] = ((i == j ? 1 : 0) - DenseProducts.Dot(row[j..i], _factor.AsSpan(at + j, i - j))) / _factor[at + i];
            }

            inverse.SetRow(j, row[..width]);
        }

        return inverse;
    }

    /// <summary>The columns of a block in some rows, times a square matrix.</summary>
    private static void Multiply(double[] rows, int n, int from, int to, int start, PackedColumns square)
    {
        int width = square.Columns;
        double[] old = ArrayPool<double>.Shared.Rent(DenseProducts.Band * Block);
        for (int r = from; r < to; r++)
        {
            Span<double> row = rows.AsSpan(r * n + start, width);
            row.CopyTo(old.AsSpan((r - from) * Block));
            row.Clear();
        }

        DenseProducts.Add(1, new Part(old, 0, Block), square, 0, new Part(rows, from * n + start, n), to - from, width, width);
        ArrayPool<double>.Shared.Return(old);
    }

    private void Bands(int from, int to, long work, Action<int, int> run) => Bands(from, to, work, _threads, run);

    private static void Bands(int from, int to, long work, ParallelOptions threads, Action<int, int> run)
    {
        int bands = (to - from + DenseProducts.Band - 1) / DenseProducts.Band;
        if (work < WorthThreads)
        {
            for (int band = 0; band < bands; band++)
            {
                One(band);
            }
        }
        else
        {
            Parallel.For(0, bands, threads, One);
        }

        void One(int band) => run(from + band * DenseProducts.Band, Math.Min(to, from + (band + 1) * DenseProducts.Band));
    }
}
