using MathNet.Numerics;

namespace Arena.Ranking.Online;

/// <summary>
/// Moments of a normal variable cut off at a margin: V is the change of its mean, W the share its variance loses
/// (Herbrich, Minka, Graepel 2006). Win: z > t. Draw: |z| ≤ t. z is normal with mean x and variance 1.
/// </summary>
/// <remarks>Right to about 1e-5 of 1 − W however improbable the outcome, and to rounding for all but the rarest; peers stop at 8 deviations.</remarks>
internal static class Truncated
{
    private const double InverseRoot2Pi = 0.39894228040143267794;
    private const double InverseRoot2 = 0.70710678118654752440;

    /// <summary>Below this, tails are taken from their asymptotic series.</summary>
    private const double FarTail = -30;

    /// <summary>Below this, squares of the margin cancel what is asked for.</summary>
    private const double VeryFar = -1000;

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
    /// <returns>V, W, and 1 − W without cancellation.</returns>
    public static (double V, double W, double Left) Draw(double x, double t, double littleMass)
    {
        double a = Math.Abs(x), upper = t - a, lower = -t - a;

        // everything relative to the density at the nearer margin, which may underflow
        double ratio = Math.Exp(-2 * t * a);
        double v, left;
        if (upper < VeryFar)
        {
            // the density falls exponentially from the nearer margin, and the bend of the bell is nothing to it
            double rate = -upper, gone = 1 - ratio, width = 2 * t;
            v = upper - (gone > 0 ? 1 / rate - width * ratio / gone : t);
            left = gone > 0 ? 1 / (rate * rate) - width * width * ratio / (gone * gone) : 0;
        }
        else
        {
            double mass = Mills(upper) - ratio * Mills(lower);
            if (mass <= 1e-14 || mass * Density(upper) < littleMass)
            {
                // so narrow a margin that z is known
                return (x < 0 ? -upper : upper, 1, 0);
            }

            v = (ratio - 1) / mass;
            left = 1 - (upper - lower * ratio) / mass - v * v;
        }

        left = Math.Clamp(left, 0, 1);
        return (x < 0 ? -v : v, 1 - left, left);
    }

    /// <summary>Φ(x)/φ(x).</summary>
    private static double Mills(double x)
    {
        if (x < FarTail)
        {
            double u = 1 / (x * x);
            return -(1 - u * (1 - 3 * u * (1 - 5 * u * (1 - 7 * u * (1 - 9 * u))))) / x;
        }

        return Below(x) / Density(x);
    }
}
