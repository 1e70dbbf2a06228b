using MathNet.Numerics.Distributions;

namespace Arena.Ranking.Resampling;

/// <summary>Quantiles that intervals are made of.</summary>
internal sealed class Quantiles(double confidence)
{
    private readonly Dictionary<int, double> _student = [];

    /// <summary>What lies below a two-sided quantile, such as 0.975.</summary>
    public double UpperLevel { get; } = 1 - (1 - confidence) / 2;

    /// <summary>Two-sided normal quantile, such as 1.96.</summary>
    public double Normal { get; } = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 1 - (1 - confidence) / 2);

    /// <summary>Two-sided quantile of Student's t with samples − 1 degrees of freedom (at least one).</summary>
    public double StudentOf(int samples)
    {
        int freedom = Math.Max(1, samples - 1);
        if (!_student.TryGetValue(freedom, out double value))
        {
            _student[freedom] = value = StudentT.InvCDF(0, 1, freedom, UpperLevel);
        }

        return value;
    }

    /// <summary>Two-sided quantile of Student's t with those degrees of freedom (at least one; +∞ is normal).</summary>
    public double Student(double freedom) =>
        double.IsPositiveInfinity(freedom) ? Normal : StudentT.InvCDF(0, 1, Math.Max(1, freedom), UpperLevel);

    /// <summary>What lies below a quantile of Student's t with those degrees of freedom (at least one; +∞ is normal).</summary>
    public static double Level(double quantile, double freedom) => double.IsPositiveInfinity(freedom)
        ? MathNet.Numerics.Distributions.Normal.CDF(0, 1, quantile)
        : StudentT.CDF(0, 1, Math.Max(1, freedom), quantile);

    /// <summary>Two-sided quantile that holds for that many comparisons at once (Šidák 1967: exact for independent ones, wider than needed for others).</summary>
    public double Sidak(long comparisons, double freedom)
    {
        // 1 − confidence^(1/m); .NET's ExpM1 cancels for small arguments, so the series takes over there
        double exponent = Math.Log(confidence) / Math.Max(1, comparisons);
        double tail = exponent > -1e-5 ? -exponent * (1 + exponent / 2) : 1 - Math.Exp(exponent);
        return double.IsPositiveInfinity(freedom)
            ? -MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, tail / 2)
            : -StudentT.InvCDF(0, 1, Math.Max(1, freedom), tail / 2);
    }

    /// <summary>
    /// How many imagined samples join those on which a pair differs before its simultaneous error is taken: z²/4 with z
    /// the normal quantile of one among that many pairs, as Wilson's interval does, and 2 at least, so that five samples
    /// to none do not separate two competitors (exact sign test: p = 0.06) and six do (p = 0.03).
    /// </summary>
    public double ImaginedSamples(int pairs)
    {
        double z = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 1 - (1 - confidence) / (2 * Math.Max(1, pairs)));
        return Math.Max(2, z * z / 4);
    }

    /// <summary>How much wider an interval from few samples is than the normal one; infinite for a single sample.</summary>
    public double SmallSampleFactor(int samples) =>
        samples < 2 ? double.PositiveInfinity : StudentOf(samples) / Normal;

    /// <summary>The two ends of the central share of sorted values, interpolated (type 7).</summary>
    public (double Low, double High) Central(ReadOnlySpan<double> sorted) =>
        (At(sorted, 1 - UpperLevel), At(sorted, UpperLevel));

    /// <summary>Smallest value with at least the given share of (R + 1) values at or below it: errs to the wide side.</summary>
    public double Upper(ReadOnlySpan<double> sorted) =>
        sorted[Math.Min(sorted.Length, (int)Math.Ceiling((sorted.Length + 1) * confidence)) - 1];

    /// <summary>Wilson's score interval for a share.</summary>
    public (double Low, double High) Wilson(double share, int samples)
    {
        double z2 = Normal * Normal / samples;
        double centre = (share + z2 / 2) / (1 + z2);
        double half = Math.Sqrt(z2 * (share * (1 - share) + z2 / 4)) / (1 + z2);
        // the share lies inside, but for rounding where it is 0 or 1
        return (Math.Clamp(centre - half, 0, share), Math.Clamp(centre + half, share, 1));
    }

    private static double At(ReadOnlySpan<double> sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length
            ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below])
            : sorted[below];
    }
}
