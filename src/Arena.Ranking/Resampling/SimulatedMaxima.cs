using MathNet.Numerics.LinearAlgebra;
using Lanes = System.Numerics.Vector<float>;
using LaneMath = System.Numerics.Vector;

namespace Arena.Ranking.Resampling;

/// <summary>The quantile of the largest |t| of all pairs, by drawing from the normal distribution with the estimates' covariance.</summary>
internal static class SimulatedMaxima
{
    /// <summary>Simulates; the same seed gives the same value whatever the number of threads.</summary>
    /// <param name="covariance">n × n, positive semi-definite.</param>
    /// <param name="n">Competitors.</param>
    /// <param name="freedom">Degrees of freedom of the covariance; +∞ is known.</param>
    /// <param name="options">Level, rounds, seed, threads.</param>
    public static double Critical(double[] covariance, int n, double freedom, FitOptions options)
    {
        double[] root = Root(covariance, n);
        // single precision is ample for a quantile that 2,000 rounds estimate to a percent, and twice as fast
        var inverse = new float[n][];
        for (int i = 0; i < n; i++)
        {
            inverse[i] = new float[n];
            for (int j = i + 1; j < n; j++)
            {
                double variance = covariance[i * n + i] + covariance[j * n + j] - 2 * covariance[i * n + j];
                inverse[i][j] = variance > 1e-12 * (covariance[i * n + i] + covariance[j * n + j]) ? (float)(1 / Math.Sqrt(variance)) : 0;
            }
        }

        var maxima = new double[options.Rounds];
        Parallel.For(
            0,
            options.Rounds,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism },
            () => (Normal: new double[n], Draw: new float[n]),
            (round, _, buffers) =>
            {
                var random = new Xoshiro256(options.Seed, (ulong)round);
                maxima[round] = Largest(buffers.Normal, buffers.Draw, root, inverse, ref random) / Chi(freedom, ref random);
                return buffers;
            },
            _ => { });
        Array.Sort(maxima);
        return new Quantiles(options.Confidence).Upper(maxima);
    }

    private static double Largest(double[] normal, float[] draw, double[] root, float[][] inverse, ref Xoshiro256 random)
    {
        int n = draw.Length;
        for (int i = 0; i < n; i++)
        {
            normal[i] = random.NextNormal();
        }

        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            ReadOnlySpan<double> row = root.AsSpan(i * n, i + 1);
            for (int k = 0; k < row.Length; k++)
            {
                sum += row[k] * normal[k];
            }

            draw[i] = (float)sum;
        }

        float largest = 0;
        for (int i = 0; i < n; i++)
        {
            largest = Math.Max(largest, Row(draw, inverse[i], i));
        }

        return largest;
    }

    private static float Row(float[] draw, float[] inverse, int i)
    {
        var own = new Lanes(draw[i]);
        Lanes most = Lanes.Zero;
        int j = 0; // pairs left of i have the factor 0
        for (; j + Lanes.Count <= draw.Length; j += Lanes.Count)
        {
            most = LaneMath.Max(most, LaneMath.Abs(own - new Lanes(draw, j)) * new Lanes(inverse, j));
        }

        float largest = 0;
        for (int k = 0; k < Lanes.Count; k++)
        {
            largest = Math.Max(largest, most[k]);
        }

        for (; j < draw.Length; j++)
        {
            largest = Math.Max(largest, Math.Abs(draw[i] - draw[j]) * inverse[j]);
        }

        return largest;
    }

    /// <summary>A draw of √(χ²/freedom).</summary>
    private static double Chi(double freedom, ref Xoshiro256 random)
    {
        if (double.IsPositiveInfinity(freedom) || freedom > 1000)
        {
            return 1; // differs from 1 by 2 % at most, well inside the simulation's own error
        }

        double sum = 0;
        for (int k = 0; k < (int)Math.Max(1, freedom); k++)
        {
            double z = random.NextNormal();
            sum += z * z;
        }

        return Math.Sqrt(sum / Math.Max(1, (int)freedom));
    }

    /// <summary>Lower triangular L with L Lᵀ = covariance; a hair on the diagonal makes up for the null direction of mean-zero ratings.</summary>
    private static double[] Root(double[] covariance, int n)
    {
        Matrix<double> matrix = Matrix<double>.Build.DenseOfRowMajor(n, n, covariance);
        double trace = Math.Max(matrix.Trace() / n, double.Epsilon);
        for (double ridge = 1e-12; ; ridge *= 10)
        {
            try
            {
                Matrix<double> factor = matrix.Add(Matrix<double>.Build.DenseDiagonal(n, n, ridge * trace)).Cholesky().Factor;
                return [.. factor.EnumerateRows().SelectMany(row => row)];
            }
            catch (ArgumentException) when (ridge < 1e-3)
            {
                // not positive definite yet: a larger hair
            }
        }
    }
}
