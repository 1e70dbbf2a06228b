namespace Arena.Ranking.Selection;

/// <summary>
/// Robbins' normal mixture (Robbins 1970): for observations whose deviations are σ-sub-Gaussian (normal with a known σ; bounded
/// ones with σ = half the range), x̄ ± σ·√((1 + 1/(tρ²))·(2 ln(1/α) + ln(1 + tρ²))/t). ρ makes it tightest near a number of
/// observations of one's choice.
/// </summary>
public sealed class GaussianSequence : ConfidenceSequence
{
    private readonly double _deviation;
    private readonly double _precision;

    /// <summary>A sequence without an observation.</summary>
    /// <param name="deviation">σ, finite and above 0.</param>
    /// <param name="confidence">Level. Default: 0.95.</param>
    /// <param name="tunedFor">Observations near which the interval is narrowest, 1 or more. Default: 1,000.</param>
    public GaussianSequence(double deviation, double confidence = 0.95, double tunedFor = 1000)
        : base(confidence, double.NegativeInfinity, double.PositiveInfinity)
    {
        if (!double.IsFinite(deviation) || deviation <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "The deviation is a finite number above 0.");
        }

        _deviation = deviation;
        _precision = Tuned(1 - confidence, tunedFor);
    }

    /// <summary>
    /// The factor by which a standard error from t observations is multiplied, in place of 1.96, for an interval that holds at
    /// all times: √((1 + 1/(tρ²))·(2 ln(1/α) + ln(1 + tρ²))). With an estimated standard error it holds for large t (an
    /// asymptotic confidence sequence; Waudby-Smith et al. 2024).
    /// </summary>
    public static double Critical(double observations, double confidence = 0.95, double tunedFor = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(observations);
        double time = observations * Tuned(1 - confidence, tunedFor);
        return Math.Sqrt((1 + 1 / time) * (-2 * Math.Log(1 - confidence) + double.LogP1(time)));
    }

    /// <summary>The p-value that goes with <see cref="Critical"/>: for a z = estimate/standard error from t observations, valid at all times.</summary>
    public static double PValue(double z, double observations, double confidence = 0.95, double tunedFor = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(observations);
        double time = observations * Tuned(1 - confidence, tunedFor);
        return Math.Min(1, Math.Exp(-0.5 * (z * z * time / (1 + time) - double.LogP1(time))));
    }

    private protected override void Check(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "An observation is a finite number.");
        }
    }

    private protected override (double Low, double High) Update(double value)
    {
        double time = Count * _precision;
        double half = _deviation * Math.Sqrt((1 + 1 / time) * (-2 * Math.Log(1 - Confidence) + double.LogP1(time)) / Count);
        return (Mean - half, Mean + half);
    }

    /// <summary>ρ² = (2 ln(1/α) + ln(1 + 2 ln(1/α)))/t, close to the best for t observations (Howard, Ramdas, McAuliffe, Sekhon 2021).</summary>
    private static double Tuned(double alpha, double observations)
    {
        if (!(alpha is > 0 and < 1) || !double.IsFinite(observations) || observations < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(observations), observations, "The confidence lies between 0 and 1, and the sequence is tuned for 1 observation or more.");
        }

        double twice = -2 * Math.Log(alpha);
        return (twice + Math.Log(1 + twice)) / observations;
    }
}
