using MathNet.Numerics;

namespace Arena.Ranking.Online;

/// <summary>
/// Moments of a normal variable cut off at a margin: V is the change of its mean, W the share its variance loses
/// (Herbrich, Minka, Graepel 2006). Win: z > t. Draw: |z| ≤ t. z is normal with mean x and variance 1.
/// </summary>
/// <remarks>Exact to about 1e-6 of V and of 1 − W however improbable the outcome; peers stop at 8 deviations.</remarks>
internal static class Truncated
{
    private const double InverseRoot2Pi = 0.39894228040143267794;
    private const double InverseRoot2 = 0.70710678118654752440;

    /// <summary>Below this, tails are taken from their asymptotic series.</summary>
    private const double FarTail = -20;

    public static double Density(double x) => InverseRoot2Pi * Math.Exp(-0.5 * x * x);

    /// <summary>Φ(x), exact in the lower tail too.</summary>
    public static double Below(double x) => 0.5 * SpecialFunctions.Erfc(-x * InverseRoot2);

    /// <summary>After a win by more than t.</summary>
    /// <returns>V, W, and 1 − W without cancellation.</returns>
    public static (double V, double W, double Left) Win(double x, double t)
    {
        double d = x - t;
        if (d < FarTail)
        {
            double u = 1 / (d * d);
            double rest = u * (1 - u * (6 - 50 * u));
            return (-d * (1 + u * (1 - u * (2 - 10 * u))), 1 - rest, rest);
        }

        double v = Density(d) / Below(d);
        double w = v * (v + d);
        return (v, w, 1 - w);
    }

    /// <summary>After a draw.</summary>
    /// <param name="x">Mean.</param>
    /// <param name="t">Margin, 0 or more.</param>
    /// <param name="littleMass">Where the draw has less chance than this, z is taken to lie at the nearer margin, as openskill does; 0 never.</param>
    /// <returns>V and W.</returns>
    public static (double V, double W) Draw(double x, double t, double littleMass)
    {
        double a = Math.Abs(x), upper = t - a, lower = -t - a;

        // everything relative to the density at the nearer margin, which may underflow
        double ratio = Math.Exp(-2 * t * a);
        double mass = Mills(upper) - ratio * Mills(lower);
        if (mass <= 1e-14 || mass * Density(upper) < littleMass)
        {
            // so narrow a margin that z is known
            return (x < 0 ? a - t : t - a, 1);
        }

        double v = (ratio - 1) / mass;
        double w = (upper - lower * ratio) / mass + v * v;
        return (x < 0 ? -v : v, Math.Min(1, w));
    }

    /// <summary>Φ(x)/φ(x).</summary>
    private static double Mills(double x)
    {
        if (x < FarTail)
        {
            double u = 1 / (x * x);
            return -(1 - u * (1 - u * (3 - 15 * u))) / x;
        }

        return Below(x) / Density(x);
    }
}
