using MathNet.Numerics;
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

    /// <summary>As good as infinite, and times an error of 0 it is 0.</summary>
    private const double Largest = 1e100;

    /// <summary>The quantiles of every competitor's freedom.</summary>
    /// <param name="level">Upper tail kept below the quantile, such as 0.975.</param>
    /// <param name="freedom">One a competitor; +∞ is normal.</param>
    /// <param name="variance">Of the mean-zero ratings, one a competitor.</param>
    public static FreedomQuantiles At(double level, double[] freedom, double[] variance)
    {
        var known = new Dictionary<double, double>();
        double normal = level < 1 ? Normal.InvCDF(0, 1, level) : Largest;
        return new FreedomQuantiles(Array.ConvertAll(freedom, Quantile), variance);

        double Quantile(double nu)
        {
            if (nu >= Many)
            {
                return double.IsPositiveInfinity(nu) || level >= 1 ? normal : Series(normal, nu);
            }

            // the search is slow: freedoms of a tenth apart share one, the smaller
            double rounded = Math.Max(1, Math.Floor(nu * 10) / 10);
            if (!known.TryGetValue(rounded, out double value))
            {
                known[rounded] = value = Student(level, rounded);
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

    /// <summary>
    /// Student's t by halving the logarithm of the quantile: where the level is all but 1 and freedom is small, it lies far beyond what a search by
    /// slope finds. <see cref="Largest"/> where double precision cannot tell the level from 1.
    /// </summary>
    private static double Student(double level, double nu)
    {
        double tail = 1 - level, low = -40, high = Math.Log(Largest);
        if (!(tail > 0))
        {
            return Largest;
        }

        // a level is over one half: the quantile is above 0
        for (int halving = 0; halving < 100; halving++)
        {
            double middle = (low + high) / 2, t = Math.Exp(middle);
            bool above = 0.5 * SpecialFunctions.BetaRegularized(nu / 2, 0.5, nu / (nu + t * t)) > tail;
            (low, high) = above ? (middle, high) : (low, middle);
        }

        return Math.Exp(low);
    }

    /// <summary>Student's t from the normal quantile (Abramowitz, Stegun 26.7.5).</summary>
    private static double Series(double z, double nu)
    {
        double z2 = z * z;
        return z + z / nu * ((z2 + 1) / 4 + ((5 * z2 + 16) * z2 + 3) / (96 * nu) + (((3 * z2 + 19) * z2 + 17) * z2 - 15) / (384 * nu * nu));
    }
}
