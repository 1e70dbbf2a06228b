using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Arena.Ranking.Resampling;

/// <summary>What a difference of moment matrices need not be, and a covariance must.</summary>
internal static class PositiveSemiDefinite
{
    /// <summary>Sets negative eigenvalues to 0, in place: the nearest positive semi-definite matrix (Higham 1988).</summary>
    public static void Project(double[] symmetric, int n)
    {
        Matrix<double> matrix = Matrix<double>.Build.DenseOfRowMajor(n, n, symmetric);
        Evd<double> parts = matrix.Evd(Symmetricity.Symmetric);
        double[] values = [.. parts.EigenValues.Select(v => v.Real)];
        if (Array.TrueForAll(values, v => v >= 0))
        {
            return;
        }

        Matrix<double> vectors = parts.EigenVectors;
        Matrix<double> scaled = Matrix<double>.Build.Dense(n, n, (i, k) => vectors[i, k] * Math.Max(0, values[k]));
        Matrix<double> projected = scaled.TransposeAndMultiply(vectors);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                symmetric[i * n + j] = (projected[i, j] + projected[j, i]) / 2;
            }
        }
    }
}
