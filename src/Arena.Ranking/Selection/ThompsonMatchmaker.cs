using Arena.Ranking.Resampling;

namespace Arena.Ranking.Selection;

/// <summary>
/// For each place on the slate all ratings are drawn anew from their posteriors N(μ, σ²), and the best of those not yet on it
/// takes the place (Thompson 1933; Sui et al. 2017, "self-sparring"). Puts the votes where first place is decided; use it when
/// the winner matters, not the whole order.
/// </summary>
/// <remarks>
/// The probability that i is best is ∫ φ_i(x) Π_j Φ_j(x) dx, by the trapezoidal rule with half the smallest σ as step.
/// Deviations under 1 % of the largest are raised to it, in the draw too.
/// </remarks>
public sealed class ThompsonMatchmaker : OneByOneMatchmaker
{
    private const double LeastShare = 0.01;

    /// <inheritdoc/>
    public override string Version => "thompson";

    /// <inheritdoc/>
    protected override bool DependsOnPivot => false;

    /// <inheritdoc/>
    protected override void Check(MatchState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (LargestDeviation(state) <= 0)
        {
            throw new ArgumentException("All deviations are 0, so there is nothing to draw. Give the posterior's standard deviations.", nameof(state));
        }
    }

    private protected override int Choose(in MatchStep step, Span<double> work, ref Xoshiro256 random)
    {
        ReadOnlySpan<double> mean = step.State.Mean.Span, deviation = step.State.Deviation.Span;
        double least = LeastShare * LargestDeviation(step.State), most = double.NegativeInfinity;
        int best = -1;
        for (int i = 0; i < mean.Length; i++)
        {
            if (step.Open[i])
            {
                double drawn = mean[i] + Math.Max(least, deviation[i]) * random.NextNormal();
                (best, most) = best < 0 || drawn > most ? (i, drawn) : (best, most);
            }
        }

        return best;
    }

    private protected override NextShares Shares(MatchState state, ReadOnlySpan<int> slate) =>
        new BestShares(state, slate, LeastShare * LargestDeviation(state)).Next;

    private static double LargestDeviation(MatchState state)
    {
        double largest = 0;
        foreach (double deviation in state.Deviation.Span)
        {
            largest = Math.Max(largest, deviation);
        }

        return largest;
    }
}
