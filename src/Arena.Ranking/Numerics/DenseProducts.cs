using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Arena.Ranking.Numerics;

/// <summary>
/// Products of row-major matrices by dot products of rows, c += sign · a bᵀ: both factors are read along their rows, which suits symmetric
/// matrices and triangular ones alike. Every element is summed in one fixed order, whatever the number of threads.
/// </summary>
internal static class DenseProducts
{
    /// <summary>Rows given to a thread at a time.</summary>
    public const int Band = 48;

    /// <summary>A block of b, 12 rows of 256 numbers, stays in the first cache while all of a passes.</summary>
    private const int DepthBlock = 256;
    private const int ColumnBlock = 12;

    /// <summary>A part of a row-major matrix: where it begins and how far its rows lie apart.</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Part(double[] Values, int Start, int Stride);

    /// <summary>c[i, j] += sign · Σₖ a[i, k] b[j, k].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double sign, Part a, Part b, Part c, int rows, int columns, int depth)
    {
        if (rows == 0 || columns == 0 || depth == 0)
        {
            return;
        }

        Check(a, rows, depth);
        Check(b, columns, depth);
        Check(c, rows, columns);
        for (int from = 0; from < depth; from += DepthBlock)
        {
            int length = Math.Min(DepthBlock, depth - from);
            for (int column = 0; column < columns; column += ColumnBlock)
            {
                int width = Math.Min(ColumnBlock, columns - column);
                int i = 0;
                for (; i + 3 <= rows; i += 3)
                {
                    int j = 0;
                    for (; j + 4 <= width; j += 4)
                    {
                        Tile(
                            sign,
                            ref a.Values[a.Start + i * a.Stride + from],
                            a.Stride,
                            ref b.Values[b.Start + (column + j) * b.Stride + from],
                            b.Stride,
                            ref c.Values[c.Start + i * c.Stride + column + j],
                            c.Stride,
                            length);
                    }

                    Edge(sign, a, b, c, (i, i + 3), (column + j, column + width), from, length);
                }

                Edge(sign, a, b, c, (i, rows), (column, column + width), from, length);
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

    /// <summary>Bounds once a product, so that the inner loops need none.</summary>
    private static void Check(Part part, int rows, int columns) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)part.Start + (rows - 1L) * part.Stride + columns, part.Values.Length, nameof(part));

    private static void Edge(double sign, Part a, Part b, Part c, (int From, int To) rows, (int From, int To) columns, int from, int length)
    {
        for (int i = rows.From; i < rows.To; i++)
        {
            for (int j = columns.From; j < columns.To; j++)
            {
                c.Values[c.Start + i * c.Stride + j] += sign * Dot(
                    a.Values.AsSpan(a.Start + i * a.Stride + from, length),
                    b.Values.AsSpan(b.Start + j * b.Stride + from, length));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(double sign, ref double a, int aStride, ref double b, int bStride, ref double c, int cStride, int length)
    {
        ref double a1 = ref Unsafe.Add(ref a, aStride);
        ref double a2 = ref Unsafe.Add(ref a, 2 * aStride);
        ref double b1 = ref Unsafe.Add(ref b, bStride);
        ref double b2 = ref Unsafe.Add(ref b, 2 * bStride);
        ref double b3 = ref Unsafe.Add(ref b, 3 * bStride);
        Vector256<double> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector256<double> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector256<double> s20 = default, s21 = default, s22 = default, s23 = default;
        nuint k = 0;
        for (; (int)k <= length - 4; k += 4)
        {
            Vector256<double> x0 = Vector256.LoadUnsafe(ref a, k), x1 = Vector256.LoadUnsafe(ref a1, k), x2 = Vector256.LoadUnsafe(ref a2, k);
            Vector256<double> y = Vector256.LoadUnsafe(ref b, k);
            s00 = Vector256.MultiplyAddEstimate(x0, y, s00);
            s10 = Vector256.MultiplyAddEstimate(x1, y, s10);
            s20 = Vector256.MultiplyAddEstimate(x2, y, s20);
            y = Vector256.LoadUnsafe(ref b1, k);
            s01 = Vector256.MultiplyAddEstimate(x0, y, s01);
            s11 = Vector256.MultiplyAddEstimate(x1, y, s11);
            s21 = Vector256.MultiplyAddEstimate(x2, y, s21);
            y = Vector256.LoadUnsafe(ref b2, k);
            s02 = Vector256.MultiplyAddEstimate(x0, y, s02);
            s12 = Vector256.MultiplyAddEstimate(x1, y, s12);
            s22 = Vector256.MultiplyAddEstimate(x2, y, s22);
            y = Vector256.LoadUnsafe(ref b3, k);
            s03 = Vector256.MultiplyAddEstimate(x0, y, s03);
            s13 = Vector256.MultiplyAddEstimate(x1, y, s13);
            s23 = Vector256.MultiplyAddEstimate(x2, y, s23);
        }

        // what does not fill a vector
        Vector256<double> r0 = Sums(s00, s01, s02, s03), r1 = Sums(s10, s11, s12, s13), r2 = Sums(s20, s21, s22, s23);
        for (; (int)k < length; k++)
        {
            var y = Vector256.Create(Unsafe.Add(ref b, k), Unsafe.Add(ref b1, k), Unsafe.Add(ref b2, k), Unsafe.Add(ref b3, k));
            r0 += Unsafe.Add(ref a, k) * y;
            r1 += Unsafe.Add(ref a1, k) * y;
            r2 += Unsafe.Add(ref a2, k) * y;
        }

        (Vector256.LoadUnsafe(ref c) + sign * r0).StoreUnsafe(ref c);
        ref double c1 = ref Unsafe.Add(ref c, cStride);
        (Vector256.LoadUnsafe(ref c1) + sign * r1).StoreUnsafe(ref c1);
        ref double c2 = ref Unsafe.Add(ref c, 2 * cStride);
        (Vector256.LoadUnsafe(ref c2) + sign * r2).StoreUnsafe(ref c2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Sums(Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d) =>
        Vector256.Create(Vector256.Sum(a), Vector256.Sum(b), Vector256.Sum(c), Vector256.Sum(d));
}
