using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Selection;

/// <summary>Features turned and scaled so that their covariance over both sets together is the identity.</summary>
internal static class Whitening
{
    private const double NoVariance = 1e-10;

    /// <summary>A feature that varies by less than this share of its mean is constant but for rounding.</summary>
    private const double Constant = 1e-12;

    /// <summary>Rows of both sets in the directions that vary, divided by √(number of directions), and that number.</summary>
    public static (double[] First, double[] Second, int Width) Together(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        Check(first, features, nameof(first));
        Check(second, features, nameof(second));
        double[] all = [.. first, .. second];
        int rows = all.Length / features;
        var mean = new double[features];
        for (int k = 0; k < all.Length; k++)
        {
            mean[k % features] += all[k] / rows;
        }

        var deviation = new double[features];
        for (int k = 0; k < all.Length; k++)
        {
            all[k] -= mean[k % features];
            deviation[k % features] += all[k] * all[k] / rows;
        }

        // one scale first: otherwise a feature in small units looks like a direction without variance
        for (int k = 0; k < all.Length; k++)
        {
            double spread = Math.Sqrt(deviation[k % features]);
            all[k] = spread > Constant * Math.Abs(mean[k % features]) ? all[k] / spread : 0;
        }

        Matrix<double> data = Matrix<double>.Build.Dense(features, rows, all); // column by column, so a row is a column
        var parts = data.TransposeAndMultiply(data).Divide(rows).Evd(Symmetricity.Symmetric);
        double[] variances = [.. parts.EigenValues.Select(v => v.Real)];
        double most = variances.Max();
        int[] kept = [.. Enumerable.Range(0, features).Where(k => most > 0 && variances[k] > NoVariance * most)];
        if (kept.Length == 0)
        {
            return (new double[first.Length / features], new double[second.Length / features], 1); // all rows are equal
        }

        var turn = Matrix<double>.Build.Dense(kept.Length, features, (k, f) => parts.EigenVectors[f, kept[k]] / Math.Sqrt(variances[kept[k]] * kept.Length));
        double[] white = turn.Multiply(data).ToColumnMajorArray();
        int cut = first.Length / features * kept.Length;
        return (white[..cut], white[cut..], kept.Length);
    }

    private static void Check(ReadOnlySpan<double> rows, int features, string name)
    {
        if (rows.Length == 0 || rows.Length % features != 0)
        {
            throw new ArgumentException($"{rows.Length} numbers are no rows of {features} features. Give one row or more.", name);
        }

        for (int k = 0; k < rows.Length; k++)
        {
            if (!double.IsFinite(rows[k]))
            {
                throw new ArgumentException($"Feature {k % features} of row {k / features} is {rows[k]}. Give finite numbers.", name);
            }
        }
    }
}
