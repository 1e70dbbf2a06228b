using MathNet.Numerics.Distributions;

namespace Arena.Ranking.Resampling;

/// <summary>
/// Quantiles where every competitor's variance has degrees of freedom of its own. A difference of two takes the mean of their quantiles, weighted by
/// their variances (Cochran, Cox 1950): a little wide, and as good as free.
/// </summary>
/// <param name="quantile">Two-sided, one a competitor.</param>
/// <param name="variance">Of the mean-zero ratings, one a competitor.</param>
internal sealed class FreedomQuantiles(double[] quantile, double[] variance)
{
    /// <summary>From here on the series is exact to 1e-6.</summary>
    private const double Many = 200;

    /// <summary>At one level.</summary>
    /// <param name="level">Upper tail kept below the quantile, such as 0.975.</param>
    /// <param name="freedom">One a competitor; +∞ is normal.</param>
    /// <param name="variance">Of the mean-zero ratings, one a competitor.</param>
    public static FreedomQuantiles At(double level, double[] freedom, double[] variance)
    {
        var known = new Dictionary<double, double>();
        double normal = Normal.InvCDF(0, 1, level);
        return new FreedomQuantiles(Array.ConvertAll(freedom, Quantile), variance);

        double Quantile(double nu)
        {
            if (nu >= Many)
            {
                return double.IsPositiveInfinity(nu) ? normal : Series(normal, nu);
            }

            // the search is slow: freedoms of a tenth apart share one, the smaller
            double rounded = Math.Max(1, Math.Floor(nu * 10) / 10);
            if (!known.TryGetValue(rounded, out double value))
            {
                known[rounded] = value = StudentT.InvCDF(0, 1, rounded, level);
            }

            return value;
        }
    }

    /// <summary>Of a competitor's rating.</summary>
    public double Of(int i) => quantile[i];

    /// <summary>Of the difference of two.</summary>
    public double Of(int a, int b) => variance[a] + variance[b] is var all && all > 0
        ? (quantile[a] * variance[a] + quantile[b] * variance[b]) / all
        : Math.Max(quantile[a], quantile[b]);

    /// <summary>Student's t from the normal quantile (Abramowitz, Stegun 26.7.5).</summary>
    private static double Series(double z, double nu)
    {
        double z2 = z * z;
        return z + z / nu * ((z2 + 1) / 4 + ((5 * z2 + 16) * z2 + 3) / (96 * nu) + (((3 * z2 + 19) * z2 + 17) * z2 - 15) / (384 * nu * nu));
    }
}
