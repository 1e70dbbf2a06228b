using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Arena.Ranking.Numerics;

/// <summary>
/// Products of dense matrices, c += sign · a b, in tiles of 8 × 16 that stay in registers while the sums run (Goto, van de Geijn 2008): b is packed
/// (<see cref="PackedColumns"/>), a is read where it stands. Every element is summed in one fixed order, whatever the number of threads.
/// </summary>
internal static class DenseProducts
{
    /// <summary>Rows given to a thread at a time.</summary>
    public const int Band = 48;

    private const int TileRows = 8;
    private const int TileColumns = PackedColumns.Width;

    /// <summary>So much of 16 columns stays in the first cache while all rows pass.</summary>
    private const int DepthBlock = 256;

    /// <summary>A part of a matrix: element (i, k) is Values[Start + i · Stride + k · Step].</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Part(double[] Values, int Start, int Stride, int Step = 1)
    {
        /// <summary>The same numbers with rows as columns.</summary>
        public Part Transposed => new(Values, Start, Step, Stride);
    }

    /// <summary>c[i, j] += sign · Σₖ a[i, k] b[skip + k, j].</summary>
    /// <param name="sign">Any factor.</param>
    /// <param name="a">rows × depth.</param>
    /// <param name="b">skip + depth or more × columns or more.</param>
    /// <param name="skip">Rows of b that are passed over.</param>
    /// <param name="c">rows × columns, row-major.</param>
    /// <param name="rows">Rows of a and c.</param>
    /// <param name="columns">Columns of c.</param>
    /// <param name="depth">Columns of a.</param>
    public static void Add(double sign, Part a, PackedColumns b, int skip, Part c, int rows, int columns, int depth)
    {
        if (rows == 0 || columns == 0 || depth == 0)
        {
            return;
        }

        // once a product, so that the inner loops need no bounds
        Check(a, rows, depth);
        Check(c, rows, columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(c.Step, 1, nameof(c));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(skip + depth, b.Depth, nameof(b));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, (b.Columns + TileColumns - 1) / TileColumns * TileColumns, nameof(b));
        Span<double> edge = stackalloc double[TileRows * TileColumns];
        for (int from = 0; from < depth; from += DepthBlock)
        {
            int length = Math.Min(DepthBlock, depth - from);
            for (int j = 0; j < columns; j += TileColumns)
            {
                ref double panel = ref b.At(skip + from, j);
                for (int i = 0; i < rows; i += TileRows)
                {
                    ref double own = ref a.Values[a.Start + i * a.Stride + from * a.Step];
                    int height = Math.Min(TileRows, rows - i), width = Math.Min(TileColumns, columns - j);
                    if (height == TileRows && width == TileColumns)
                    {
                        Tile(sign, ref own, a.Stride, TileRows, a.Step, ref panel, ref c.Values[c.Start + i * c.Stride + j], c.Stride, length);
                        continue;
                    }

                    edge.Clear();
                    Tile(sign, ref own, a.Stride, height, a.Step, ref panel, ref edge[0], TileColumns, length);
                    for (int r = 0; r < height; r++)
                    {
                        Span<double> target = c.Values.AsSpan(c.Start + (i + r) * c.Stride + j, width);
                        for (int k = 0; k < width; k++)
                        {
                            target[k] += edge[r * TileColumns + k];
                        }
                    }
                }
            }
        }
    }

    /// <summary>The dot product of two runs of numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b[..a.Length]);
        Vector256<double> sum = default, other = default;
        int k = 0;
        for (; k <= a.Length - 8; k += 8)
        {
            sum = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref x, (nuint)k), Vector256.LoadUnsafe(ref y, (nuint)k), sum);
            other = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref x, (nuint)k + 4), Vector256.LoadUnsafe(ref y, (nuint)k + 4), other);
        }

        double total = Vector256.Sum(sum + other);
        for (; k < a.Length; k++)
        {
            total += Unsafe.Add(ref x, k) * Unsafe.Add(ref y, k);
        }

        return total;
    }

    private static void Check(Part part, int rows, int columns) => ArgumentOutOfRangeException.ThrowIfGreaterThan(
        part.Start + (rows - 1L) * part.Stride + (columns - 1L) * part.Step + 1, part.Values.Length, nameof(part));

    /// <summary>8 × 16 of c; a tile of fewer rows repeats its last.</summary>
    private static void Tile(double sign, ref double a, int stride, int rows, int step, ref double b, ref double c, int cStride, int depth)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Tile512(sign, ref a, stride, rows - 1, step, ref b, ref c, cStride, depth);
            return;
        }

        for (int i = 0; i < rows; i += 4)
        {
            for (int j = 0; j < TileColumns; j += 8)
            {
                Tile256(
                    sign,
                    ref Unsafe.Add(ref a, (nint)i * stride),
                    stride,
                    Math.Min(4, rows - i) - 1,
                    step,
                    ref Unsafe.Add(ref b, j),
                    ref Unsafe.Add(ref c, (nint)i * cStride + j),
                    cStride,
                    depth);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile512(double sign, ref double a, int stride, int last, int step, ref double b, ref double c, int cStride, int depth)
    {
        ref double a1 = ref Unsafe.Add(ref a, (nint)Math.Min(1, last) * stride), a2 = ref Unsafe.Add(ref a, (nint)Math.Min(2, last) * stride);
        ref double a3 = ref Unsafe.Add(ref a, (nint)Math.Min(3, last) * stride), a4 = ref Unsafe.Add(ref a, (nint)Math.Min(4, last) * stride);
        ref double a5 = ref Unsafe.Add(ref a, (nint)Math.Min(5, last) * stride), a6 = ref Unsafe.Add(ref a, (nint)Math.Min(6, last) * stride);
        ref double a7 = ref Unsafe.Add(ref a, (nint)Math.Min(7, last) * stride);
        Vector512<double> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        Vector512<double> s40 = default, s41 = default, s50 = default, s51 = default, s60 = default, s61 = default, s70 = default, s71 = default;
        nint end = (nint)depth * step;
        for (nint k = 0; k < end; k += step)
        {
            Vector512<double> y0 = Vector512.LoadUnsafe(ref b), y1 = Vector512.LoadUnsafe(ref b, 8);
            var x = Vector512.Create(Unsafe.Add(ref a, k));
            (s00, s01) = (Vector512.MultiplyAddEstimate(x, y0, s00), Vector512.MultiplyAddEstimate(x, y1, s01));
            x = Vector512.Create(Unsafe.Add(ref a1, k));
            (s10, s11) = (Vector512.MultiplyAddEstimate(x, y0, s10), Vector512.MultiplyAddEstimate(x, y1, s11));
            x = Vector512.Create(Unsafe.Add(ref a2, k));
            (s20, s21) = (Vector512.MultiplyAddEstimate(x, y0, s20), Vector512.MultiplyAddEstimate(x, y1, s21));
            x = Vector512.Create(Unsafe.Add(ref a3, k));
            (s30, s31) = (Vector512.MultiplyAddEstimate(x, y0, s30), Vector512.MultiplyAddEstimate(x, y1, s31));
            x = Vector512.Create(Unsafe.Add(ref a4, k));
            (s40, s41) = (Vector512.MultiplyAddEstimate(x, y0, s40), Vector512.MultiplyAddEstimate(x, y1, s41));
            x = Vector512.Create(Unsafe.Add(ref a5, k));
            (s50, s51) = (Vector512.MultiplyAddEstimate(x, y0, s50), Vector512.MultiplyAddEstimate(x, y1, s51));
            x = Vector512.Create(Unsafe.Add(ref a6, k));
            (s60, s61) = (Vector512.MultiplyAddEstimate(x, y0, s60), Vector512.MultiplyAddEstimate(x, y1, s61));
            x = Vector512.Create(Unsafe.Add(ref a7, k));
            (s70, s71) = (Vector512.MultiplyAddEstimate(x, y0, s70), Vector512.MultiplyAddEstimate(x, y1, s71));
            b = ref Unsafe.Add(ref b, TileColumns);
        }

        Store(ref c, 0, cStride, sign * s00, sign * s01);
        Store(ref c, 1, cStride, sign * s10, sign * s11);
        Store(ref c, 2, cStride, sign * s20, sign * s21);
        Store(ref c, 3, cStride, sign * s30, sign * s31);
        Store(ref c, 4, cStride, sign * s40, sign * s41);
        Store(ref c, 5, cStride, sign * s50, sign * s51);
        Store(ref c, 6, cStride, sign * s60, sign * s61);
        Store(ref c, 7, cStride, sign * s70, sign * s71);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile256(double sign, ref double a, int stride, int last, int step, ref double b, ref double c, int cStride, int depth)
    {
        ref double a1 = ref Unsafe.Add(ref a, (nint)Math.Min(1, last) * stride), a2 = ref Unsafe.Add(ref a, (nint)Math.Min(2, last) * stride);
        ref double a3 = ref Unsafe.Add(ref a, (nint)Math.Min(3, last) * stride);
        Vector256<double> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        nint end = (nint)depth * step;
        for (nint k = 0; k < end; k += step)
        {
            Vector256<double> y0 = Vector256.LoadUnsafe(ref b), y1 = Vector256.LoadUnsafe(ref b, 4);
            var x = Vector256.Create(Unsafe.Add(ref a, k));
            (s00, s01) = (Vector256.MultiplyAddEstimate(x, y0, s00), Vector256.MultiplyAddEstimate(x, y1, s01));
            x = Vector256.Create(Unsafe.Add(ref a1, k));
            (s10, s11) = (Vector256.MultiplyAddEstimate(x, y0, s10), Vector256.MultiplyAddEstimate(x, y1, s11));
            x = Vector256.Create(Unsafe.Add(ref a2, k));
            (s20, s21) = (Vector256.MultiplyAddEstimate(x, y0, s20), Vector256.MultiplyAddEstimate(x, y1, s21));
            x = Vector256.Create(Unsafe.Add(ref a3, k));
            (s30, s31) = (Vector256.MultiplyAddEstimate(x, y0, s30), Vector256.MultiplyAddEstimate(x, y1, s31));
            b = ref Unsafe.Add(ref b, TileColumns);
        }

        Store(ref c, 0, cStride, sign * s00, sign * s01);
        Store(ref c, 1, cStride, sign * s10, sign * s11);
        Store(ref c, 2, cStride, sign * s20, sign * s21);
        Store(ref c, 3, cStride, sign * s30, sign * s31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref double c, int row, int stride, Vector512<double> left, Vector512<double> right)
    {
        ref double target = ref Unsafe.Add(ref c, (nint)row * stride);
        (Vector512.LoadUnsafe(ref target) + left).StoreUnsafe(ref target);
        (Vector512.LoadUnsafe(ref target, 8) + right).StoreUnsafe(ref target, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref double c, int row, int stride, Vector256<double> left, Vector256<double> right)
    {
        ref double target = ref Unsafe.Add(ref c, (nint)row * stride);
        (Vector256.LoadUnsafe(ref target) + left).StoreUnsafe(ref target);
        (Vector256.LoadUnsafe(ref target, 4) + right).StoreUnsafe(ref target, 4);
    }
}
