using System.Runtime.InteropServices;
using Arena.Ranking.Online;
using MathNet.Numerics;

namespace Arena.Ranking.Contests;

/// <summary>
/// A message of <see cref="TrueSkillSpbSystem"/>: a bell curve in the reference's form e^{−((x − μ)/σ)²} where it is cut off, a normal
/// one where it is added and multiplied. σ = ∞ says nothing, σ = 0 is a number.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Bell(double Mu, double Sigma)
{
    public static readonly Bell Flat = new(0, double.PositiveInfinity);

    /// <summary>Below this share of mass a band counts as a point at its upper edge.</summary>
    private const double LittleMass = 1e-8;

    public static Bell operator +(Bell a, Bell b) => new(a.Mu + b.Mu, double.Hypot(a.Sigma, b.Sigma));

    public static Bell operator -(Bell a, Bell b) => new(a.Mu - b.Mu, double.Hypot(a.Sigma, b.Sigma));

    public static Bell operator *(Bell a, Bell b)
    {
        if (double.IsInfinity(a.Sigma) || double.IsInfinity(b.Sigma))
        {
            return double.IsInfinity(a.Sigma) ? b : a;
        }

        double va = a.Sigma * a.Sigma, vb = b.Sigma * b.Sigma;
        return new Bell((a.Mu * vb + b.Mu * va) / (va + vb), a.Sigma * b.Sigma / Math.Sqrt(va + vb));
    }

    public static Bell operator /(Bell a, Bell b)
    {
        if (double.IsInfinity(b.Sigma))
        {
            return a;
        }

        if (double.IsInfinity(a.Sigma))
        {
            return new Bell(-b.Mu, b.Sigma);
        }

        double va = a.Sigma * a.Sigma, vb = b.Sigma * b.Sigma, difference = Math.Abs(vb - va);
        return new Bell((a.Mu * vb - b.Mu * va) / difference, a.Sigma * b.Sigma / Math.Sqrt(difference));
    }

    /// <summary>What "within ε of 0" says to a variable about which everything else says this.</summary>
    public Bell Within(double epsilon)
    {
        double mass = Moment0(Mu, Sigma, -epsilon) - Moment0(Mu, Sigma, epsilon);
        if (mass < LittleMass)
        {
            return new Bell(epsilon, epsilon) / this;
        }

        double mean = (Moment1(Mu, Sigma, -epsilon) - Moment1(Mu, Sigma, epsilon)) / mass;
        double variance = (Moment2(-epsilon) - Moment2(epsilon)) / mass - mean * mean;
        return new Bell(mean, Math.Sqrt(Math.Max(0, variance))) / this;
    }

    /// <summary>What "more than ε" says to a variable about which everything else says this.</summary>
    public Bell Above(double epsilon)
    {
        double deviation = Sigma / Math.Sqrt(2);
        (double v, _, double left) = Truncated.Win((Mu - epsilon) / deviation, 0);
        return new Bell(Mu + deviation * v, deviation * Math.Sqrt(left)) / this;
    }

    private static double Exponent(double mu, double sigma, double t) => (t - mu) / sigma is var z ? Math.Exp(-z * z) : 0;

    private static double Moment0(double mu, double sigma, double t) =>
        sigma * Math.Sqrt(Math.PI) / 2 * SpecialFunctions.Erfc((t - mu) / sigma);

    private static double Moment1(double mu, double sigma, double t) =>
        mu * Moment0(0, sigma, t - mu) + sigma * sigma / 2 * Exponent(mu, sigma, t);

    private double Moment2(double t)
    {
        double half = Sigma / 2, root = Math.Sqrt(Math.PI);
        return Mu * Mu * Moment0(0, Sigma, t - Mu)
            + 2 * Mu * Moment1(0, Sigma, t - Mu)
            + half * half * (2 * Exponent(Mu, Sigma, t) * (t - Mu) + Sigma * root * SpecialFunctions.Erfc((t - Mu) / Sigma));
    }
}
