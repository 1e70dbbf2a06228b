using MathNet.Numerics;

namespace Arena.Ranking.Games;

/// <summary>Quantiles of the Beta distribution to rounding: Newton steps on its distribution function, halving where one leaves the bracket. (Math.NET's own stops at about 1e-8.)</summary>
internal static class BetaQuantile
{
    private const int MaxSteps = 200;

    /// <summary>The quantile of a probability.</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <param name="probability">Inside (0, 1).</param>
    public static double Of(double a, double b, double probability)
    {
        double logScale = SpecialFunctions.GammaLn(a + b) - SpecialFunctions.GammaLn(a) - SpecialFunctions.GammaLn(b);
        (double low, double high, double x) = (0, 1, a / (a + b));
        for (int step = 0; step < MaxSteps; step++)
        {
            double off = SpecialFunctions.BetaRegularized(a, b, x) - probability;
            (low, high) = off > 0 ? (low, x) : (x, high);
            double density = Math.Exp(logScale + (a - 1) * Math.Log(x) + (b - 1) * Math.Log(1 - x));
            double next = x - off / density;
            if (Math.Abs(next - x) <= 1e-14 * x)
            {
                return next;
            }

            if (!(next > low && next < high))
            {
                next = (low + high) / 2;
            }

            x = next;
        }

        return x;
    }
}
