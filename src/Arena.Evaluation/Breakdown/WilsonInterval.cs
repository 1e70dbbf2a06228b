namespace Arena.Evaluation.Breakdown;

/// <summary>Wilson's score interval for a share (E. B. Wilson, 1927): with p = k/n and z the normal quantile,
/// (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).</summary>
public static class WilsonInterval
{
    /// <summary>The normal quantile of a two-sided 95 % interval.</summary>
    public const double Z95 = 1.959963984540054;

    /// <param name="successes">k, 0 to n.</param>
    /// <param name="trials">n.</param>
    /// <param name="z">Normal quantile. Default: 95 %, two-sided.</param>
    /// <returns>Both ends, within 0 … 1; (0, 1) when n is 0: nothing is known.</returns>
    public static (double Low, double High) For(int successes, int trials, double z = Z95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        if (trials == 0)
        {
            return (0, 1);
        }

        double n = trials;
        var p = successes / n;
        var centre = (p + z * z / (2 * n)) / (1 + z * z / n);
        var half = z * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
        // at the ends the formula is exact, the arithmetic is not
        return (successes == 0 ? 0 : Math.Max(0, centre - half), successes == trials ? 1 : Math.Min(1, centre + half));
    }
}
