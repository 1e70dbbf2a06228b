namespace Arena.Ranking.Selection;

/// <summary>
/// Predictable plug-in empirical-Bernstein confidence sequence for bounded observations (Waudby-Smith, Ramdas 2024, theorem 2):
/// Σλx/Σλ ± (ln(2/α) + Σ v·ψ(λ))/Σλ, v = 4(x − μ̂)², ψ(λ) = (−ln(1 − λ) − λ)/4, with the estimates before x in μ̂ and λ ≤ ½.
/// Constant time and memory; wider than <see cref="BettingSequence"/> where the variance is small.
/// </summary>
/// <param name="confidence">Level. Default: 0.95.</param>
/// <param name="lower">Smallest value an observation can have. Default: 0.</param>
/// <param name="upper">Largest value an observation can have. Default: 1.</param>
public sealed class EmpiricalBernsteinSequence(double confidence = 0.95, double lower = 0, double upper = 1)
    : BoundedConfidenceSequence(confidence, lower, upper)
{
    private double _bets;
    private double _weighted;
    private double _spent;

    private protected override (double Low, double High) Update(double share, double guess, double bet)
    {
        bet = Math.Min(bet, 0.5);
        _bets += bet;
        _weighted += bet * share;
        _spent += (share - guess) * (share - guess) * (-double.LogP1(-bet) - bet);
        double half = (Math.Log(2 / (1 - Confidence)) + _spent) / _bets;
        return (_weighted / _bets - half, _weighted / _bets + half);
    }
}
