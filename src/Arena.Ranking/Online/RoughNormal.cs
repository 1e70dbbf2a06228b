namespace Arena.Ranking.Online;

/// <summary>
/// The normal distribution by the Chebyshev fit of erfc in Numerical Recipes (Press et al. 1992, section 6.2), right to a share of
/// 1.2e-7. The Python package trueskill computes with it; only to agree with that to more places than it is right.
/// </summary>
internal static class RoughNormal
{
    private static readonly double[] Fit =
        [-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277];

    public static double Below(double x) => 0.5 * Erfc(-x / Math.Sqrt(2));

    /// <summary>Quantile of a share in (0, 1), by a rational start and two Newton steps on the fit.</summary>
    public static double Quantile(double share)
    {
        double y = 2 * share;
        bool upper = y >= 1;
        y = upper ? 2 - y : y;
        double t = Math.Sqrt(-2 * Math.Log(y / 2));
        double x = -0.70711 * ((2.30753 + t * 0.27061) / (1 + t * (0.99229 + t * 0.04481)) - t);
        for (int step = 0; step < 2; step++)
        {
            double error = Erfc(x) - y;
            x += error / (2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) - x * error);
        }

        return Math.Sqrt(2) * (upper ? x : -x);
    }

    /// <summary>As <see cref="Truncated.Win"/>; null where the fit has no probability left.</summary>
    public static (double V, double W)? Win(double x, double t)
    {
        double below = Below(x - t);
        if (below <= 0)
        {
            return null;
        }

        double v = Truncated.Density(x - t) / below;
        return (v, v * (v + x - t));
    }

    /// <summary>As <see cref="Truncated.Draw"/>; null where the fit has no probability left.</summary>
    public static (double V, double W)? Draw(double x, double t)
    {
        double upper = t - Math.Abs(x), lower = -t - Math.Abs(x), mass = Below(upper) - Below(lower);
        if (mass <= 0)
        {
            return null;
        }

        double v = (Truncated.Density(lower) - Truncated.Density(upper)) / mass;
        double w = v * v + (upper * Truncated.Density(upper) - lower * Truncated.Density(lower)) / mass;
        return (x < 0 ? -v : v, w);
    }

    private static double Erfc(double x)
    {
        double z = Math.Abs(x), t = 1 / (1 + z / 2), sum = 0;
        for (int k = Fit.Length - 1; k >= 0; k--)
        {
            sum = sum * t + Fit[k];
        }

        double value = t * Math.Exp(-z * z + sum);
        return x < 0 ? 2 - value : value;
    }
}
