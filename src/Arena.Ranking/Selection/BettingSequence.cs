namespace Arena.Ranking.Selection;

/// <summary>
/// Hedged betting confidence sequence for bounded observations (Waudby-Smith, Ramdas 2024, theorem 3): for every mean m on a
/// grid two gamblers bet against it, ½Π(1 + λ(x − m)) and ½Π(1 − λ(x − m)); m is out for good once either holds 1/α. Adapts
/// to the variance, so it is narrow for rates near 0 and 1. Costs one multiplication a gambler and grid point still inside.
/// </summary>
/// <remarks>λ is cut at ½/m and ½/(1 − m), so no gambler can be ruined; both ends are moved out by one step of the grid.</remarks>
public sealed class BettingSequence : BoundedConfidenceSequence
{
    private readonly double[] _up;
    private readonly double[] _down;
    private int _first;
    private int _last;

    /// <summary>A sequence without an observation.</summary>
    /// <param name="confidence">Level. Default: 0.95.</param>
    /// <param name="lower">Smallest value an observation can have. Default: 0.</param>
    /// <param name="upper">Largest value an observation can have. Default: 1.</param>
    /// <param name="steps">Steps of the grid, 10 or more. Default: 1,000.</param>
    public BettingSequence(double confidence = 0.95, double lower = 0, double upper = 1, int steps = 1000)
        : base(confidence, lower, upper)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 10);
        _up = new double[steps + 1];
        _down = new double[steps + 1];
        Array.Fill(_up, 0.5);
        Array.Fill(_down, 0.5);
        _last = steps;
    }

    private protected override (double Low, double High) Update(double share, double guess, double bet)
    {
        int steps = _up.Length - 1;
        for (int k = _first; k <= _last; k++)
        {
            double mean = k / (double)steps, distance = share - mean;
            _up[k] *= 1 + Math.Min(bet, 0.5 / mean) * distance;
            _down[k] *= 1 - Math.Min(bet, 0.5 / (1 - mean)) * distance;
        }

        double rich = 1 / (1 - Confidence);
        while (_first < _last && Math.Max(_up[_first], _down[_first]) >= rich)
        {
            _first++;
        }

        while (_last > _first && Math.Max(_up[_last], _down[_last]) >= rich)
        {
            _last--;
        }

        return (Math.Max(0, _first - 1) / (double)steps, Math.Min(steps, _last + 1) / (double)steps);
    }
}
