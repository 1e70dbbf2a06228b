using Arena.Ranking.Numerics;

namespace Arena.Ranking.Games;

/// <summary>
/// How likely a single mutant takes a population of m over (Omidshafiei et al. 2019), as scaled numbers: at α = 100 and m = 50 most
/// of them are no doubles any more.
/// </summary>
internal static class Fixation
{
    /// <summary>Below this the first-order value 1/m stands, as there is nothing left to divide.</summary>
    private const double Neutral = 1e-14;

    /// <summary>ρ = (1 − e^−u)/(1 − e^−mu), 1/m for |u| ≤ 1e-14.</summary>
    public static ScaledDouble Probability(double u, int m)
    {
        double size = Math.Abs(u);
        if (size <= Neutral)
        {
            return ScaledDouble.Of(1.0 / m);
        }

        // for u < 0, the same quotient times e^−(m−1)|u|: nothing overflows
        ScaledDouble quotient = ScaledDouble.Of(OneMinusExp(size) / OneMinusExp(m * size));
        return u > 0 ? quotient : quotient * ScaledDouble.Exp(-(m - 1) * size);
    }

    /// <summary>
    /// 1/ρ = 1 + Σ over l &lt; m of Π over k ≤ l of e^−α(f_r(k) − f_s(k)), f_r(k) = ((k−1)M[rr] + (m−k)M[rs])/(m−1) the fitness
    /// of k mutants r among m − k of s, f_s(k) likewise.
    /// </summary>
    public static ScaledDouble GlobalProbability(double rr, double rs, double sr, double ss, double alpha, int m)
    {
        // exponents first: their largest keeps the sum in range
        Span<double> exponents = m <= 256 ? stackalloc double[m] : new double[m];
        (double sum, double most) = (0, 0);
        for (int k = 1; k < m; k++)
        {
            double mutant = ((k - 1) * rr + (m - k) * rs) / (m - 1);
            double resident = ((m - k - 1) * ss + k * sr) / (m - 1);
            sum -= alpha * (mutant - resident);
            exponents[k] = sum;
            most = Math.Max(most, sum);
        }

        exponents[0] = 0;
        double total = 0;
        foreach (double exponent in exponents[..m])
        {
            total += Math.Exp(exponent - most);
        }

        return ScaledDouble.Exp(-most) / ScaledDouble.Of(total);
    }

    /// <summary>1 − e^−x for x > 0, without cancellation for small x (Kahan's quotient).</summary>
    private static double OneMinusExp(double x)
    {
        double e = Math.Exp(-x);
        return x > 0.5 ? 1 - e : e < 1 ? (1 - e) * x / -Math.Log(e) : x;
    }
}
