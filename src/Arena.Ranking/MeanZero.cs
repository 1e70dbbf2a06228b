using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Arena.Ranking;

/// <summary>
/// Linear algebra on vectors that add up to 0, where the Laplacian-like matrices of comparisons are invertible. With
/// J the all-ones matrix and c &gt; 0, (A + c·J/n)⁻¹ = A⁺ + J/(c·n) for a symmetric A whose only null vector is 1.
/// </summary>
internal static class MeanZero
{
    /// <summary>Cholesky factor of A + c·J/n; throws <see cref="ArgumentException"/> when that is not positive definite.</summary>
    public static Cholesky<double> Factor(Matrix<double> laplacian, out double shift)
    {
        int n = laplacian.RowCount;
        double c = laplacian.Trace() / n;
        shift = c;
        return laplacian.Add(c / n).Cholesky();
    }

    /// <summary>As <see cref="Factor"/>, with a hair more on the diagonal where entries of very unlike size leave rounding that is not positive definite.</summary>
    public static Cholesky<double> FactorRounded(Matrix<double> laplacian)
    {
        for (double hair = 1e-15; ; hair *= 10)
        {
            try
            {
                return Factor(laplacian, out _);
            }
            catch (ArgumentException) when (hair < 1e-3)
            {
                laplacian = laplacian.Add(Matrix<double>.Build.DenseDiagonal(laplacian.RowCount, hair * laplacian.Trace() / laplacian.RowCount));
            }
        }
    }

    /// <summary>The pseudo-inverse A⁺; throws <see cref="ArgumentException"/> when another vector than 1 is null.</summary>
    public static Matrix<double> PseudoInverse(Matrix<double> laplacian)
    {
        int n = laplacian.RowCount;
        Cholesky<double> factor = Factor(laplacian, out double shift);
        Matrix<double> inverse = factor.Solve(Matrix<double>.Build.DenseIdentity(n));
        return inverse.Subtract(1 / (shift * n));
    }

    /// <summary>C a C, C the projection on vectors that add up to 0, n × n row by row: what rounding left in the all-ones direction goes.</summary>
    public static void CentreBoth(double[] matrix, int n)
    {
        double[] rows = new double[n], columns = new double[n];
        for (int k = 0; k < matrix.Length; k++)
        {
            rows[k / n] += matrix[k] / n;
            columns[k % n] += matrix[k] / n;
        }

        double all = rows.Average();
        for (int k = 0; k < matrix.Length; k++)
        {
            matrix[k] += all - rows[k / n] - columns[k % n];
        }
    }

    /// <summary>The same of n × n numbers, which are overwritten; false where A + c·J/n is not positive definite.</summary>
    public static bool TryFactor(double[] laplacian, int n, int threads, [NotNullWhen(true)] out DenseCholesky? cholesky, out double shift)
    {
        shift = 0;
        for (int i = 0; i < n; i++)
        {
            shift += laplacian[i * n + i] / n;
        }

        foreach (ref double value in laplacian.AsSpan())
        {
            value += shift / n;
        }

        return DenseCholesky.TryFactor(laplacian, n, threads, out cholesky);
    }

    /// <summary>The pseudo-inverse A⁺ of n × n numbers, which are overwritten.</summary>
    /// <exception cref="RankingException">Something beside 1 is a null vector, in double precision.</exception>
    public static double[] PseudoInverse(double[] laplacian, int n, int threads)
    {
        if (!TryFactor(laplacian, n, threads, out DenseCholesky? cholesky, out double shift))
        {
            throw new RankingException(new Diagnosis.BeyondPrecision());
        }

        double[] inverse = cholesky.Inverse();
        foreach (ref double value in inverse.AsSpan())
        {
            value -= 1 / (shift * n);
        }

        return inverse;
    }

    /// <summary>Subtracts the mean.</summary>
    public static void Centre(double[] values)
    {
        double mean = values.Average();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] -= mean;
        }
    }
}
