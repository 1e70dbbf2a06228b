using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Arena.Ranking.Pairwise;

/// <summary>Log-likelihood, gradient and curvature of every compared pair at given log-strengths, in one pass over the pairs.</summary>
internal sealed class PairCurvature(PairwiseCounts counts)
{
    private const int Chunk = 256;

    private readonly int _n = counts.Competitors;

    /// <summary>n p (1 − p) of each cell of the counts.</summary>
    public double[] Curvature { get; } = new double[counts.Second.Length];

    /// <summary>Won less expected to be won, of every competitor.</summary>
    public double[] Gradient { get; } = new double[counts.Competitors];

    /// <summary>Fills both and returns the log-likelihood.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Evaluate(ReadOnlySpan<double> theta)
    {
        Array.Clear(Gradient);
        Span<double> difference = stackalloc double[Chunk], residual = stackalloc double[Chunk];
        double likelihood = 0;
        for (int i = 0; i < _n; i++)
        {
            double own = 0;
            for (int from = counts.Start[i]; from < counts.Start[i + 1]; from += Chunk)
            {
                int length = Math.Min(Chunk, counts.Start[i + 1] - from);
                ReadOnlySpan<int> second = counts.Second.AsSpan(from, length);
                for (int c = 0; c < length; c++)
                {
                    difference[c] = theta[i] - theta[second[c]];
                }

                likelihood += Pairs(
                    difference[..length], counts.RowWon.AsSpan(from, length), counts.RowLost.AsSpan(from, length), residual, Curvature.AsSpan(from, length));
                for (int c = 0; c < length; c++)
                {
                    own += residual[c];
                    Gradient[second[c]] -= residual[c];
                }
            }

            Gradient[i] += own;
        }

        return likelihood;
    }

    /// <summary>The Hessian as a matrix, n × n, c · J/n added.</summary>
    public double[] Dense(double shift)
    {
        var matrix = new double[_n * _n];
        Array.Fill(matrix, shift / _n);
        for (int i = 0; i < _n; i++)
        {
            for (int c = counts.Start[i]; c < counts.Start[i + 1]; c++)
            {
                int j = counts.Second[c];
                matrix[i * _n + j] -= Curvature[c];
                matrix[j * _n + i] -= Curvature[c];
                matrix[i * _n + i] += Curvature[c];
                matrix[j * _n + j] += Curvature[c];
            }
        }

        return matrix;
    }

    /// <summary>The Hessian's diagonal.</summary>
    public double[] Diagonal()
    {
        var diagonal = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            for (int c = counts.Start[i]; c < counts.Start[i + 1]; c++)
            {
                diagonal[i] += Curvature[c];
                diagonal[counts.Second[c]] += Curvature[c];
            }
        }

        return diagonal;
    }

    /// <summary>product = Hessian · x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(ReadOnlySpan<double> x, Span<double> product)
    {
        product.Clear();
        for (int i = 0; i < _n; i++)
        {
            double own = 0, at = x[i];
            for (int c = counts.Start[i]; c < counts.Start[i + 1]; c++)
            {
                int j = counts.Second[c];
                double flow = Curvature[c] * (at - x[j]);
                own += flow;
                product[j] -= flow;
            }

            product[i] += own;
        }
    }

    /// <summary>With e = exp(−|d|): the likelier side wins with 1/(1 + e), the other with e/(1 + e); nothing overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Pairs(ReadOnlySpan<double> difference, ReadOnlySpan<double> won, ReadOnlySpan<double> lost, Span<double> residual, Span<double> curvature)
    {
        ref double d0 = ref MemoryMarshal.GetReference(difference);
        ref double w0 = ref MemoryMarshal.GetReference(won);
        ref double l0 = ref MemoryMarshal.GetReference(lost);
        ref double r0 = ref MemoryMarshal.GetReference(residual);
        ref double c0 = ref MemoryMarshal.GetReference(curvature);
        Vector256<double> sum = default;
        int k = 0;
        for (; k <= difference.Length - 4; k += 4)
        {
            (Vector256<double> r, Vector256<double> c, Vector256<double> l) = Pair(
                Vector256.LoadUnsafe(ref d0, (nuint)k), Vector256.LoadUnsafe(ref w0, (nuint)k), Vector256.LoadUnsafe(ref l0, (nuint)k));
            r.StoreUnsafe(ref r0, (nuint)k);
            c.StoreUnsafe(ref c0, (nuint)k);
            sum += l;
        }

        double likelihood = Vector256.Sum(sum);
        for (; k < difference.Length; k++)
        {
            (Vector256<double> r, Vector256<double> c, Vector256<double> l) = Pair(
                Vector256.CreateScalar(difference[k]), Vector256.CreateScalar(won[k]), Vector256.CreateScalar(lost[k]));
            (residual[k], curvature[k]) = (r[0], c[0]);
            likelihood += l[0];
        }

        return likelihood;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> Residual, Vector256<double> Curvature, Vector256<double> Likelihood) Pair(
        Vector256<double> d, Vector256<double> won, Vector256<double> lost)
    {
        Vector256<double> e = Vector256.Exp(-Vector256.Abs(d));
        Vector256<double> likely = Vector256<double>.One / (Vector256<double>.One + e);
        Vector256<double> unlikely = e * likely;
        Vector256<double> ahead = Vector256.GreaterThanOrEqual(d, Vector256<double>.Zero);
        Vector256<double> p = Vector256.ConditionalSelect(ahead, likely, unlikely);
        Vector256<double> q = Vector256.ConditionalSelect(ahead, unlikely, likely);
        Vector256<double> all = won + lost;
        Vector256<double> likelihood = won * Vector256.Min(d, Vector256<double>.Zero) - lost * Vector256.Max(d, Vector256<double>.Zero)
            + all * Vector256.Log(likely);
        // won − all·p, without the cancellation where p is close to 1
        return (won * q - lost * p, all * (p * q), likelihood);
    }
}
