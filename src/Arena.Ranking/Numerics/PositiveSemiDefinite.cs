using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Arena.Ranking.Numerics;

/// <summary>What a difference of moment matrices need not be, and a covariance must.</summary>
internal static class PositiveSemiDefinite
{
    /// <summary>Eigenvalues this far below 0, as a share of the mean one, are rounding.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Sets negative eigenvalues to 0, in place: the nearest positive semi-definite matrix (Higham 1988). Says whether there were any.</summary>
    public static bool Project(double[] symmetric, int n, int threads)
    {
        double rounding = 0;
        for (int i = 0; i < n; i++)
        {
            rounding += Rounding / n * Math.Abs(symmetric[i * n + i]);
        }

        double[] trial = [.. symmetric];
        for (int i = 0; i < n; i++)
        {
            trial[i * n + i] += rounding;
        }

        if (DenseCholesky.TryFactor(trial, n, threads, out _))
        {
            return false;
        }

        Evd<double> spectrum = Matrix<double>.Build.DenseOfRowMajor(n, n, symmetric).Evd(Symmetricity.Symmetric);
        double[] values = [.. spectrum.EigenValues.Select(v => v.Real)];
        if (Array.TrueForAll(values, v => v >= -rounding))
        {
            return false;
        }

        Matrix<double> scaled = spectrum.EigenVectors.MapIndexed((_, k, v) => v * Math.Max(0, values[k]));
        Matrix<double> projected = scaled.TransposeAndMultiply(spectrum.EigenVectors);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                symmetric[i * n + j] = (projected[i, j] + projected[j, i]) / 2;
            }
        }

        return true;
    }
}
