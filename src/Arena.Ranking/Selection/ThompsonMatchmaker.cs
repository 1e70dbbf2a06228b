using Arena.Ranking.Resampling;
using MathNet.Numerics;

namespace Arena.Ranking.Selection;

/// <summary>
/// For each place on the slate all ratings are drawn anew from their posteriors N(μ, σ²), and the best of those not yet on it
/// takes the place (Thompson 1933; Sui et al. 2017, "self-sparring"). Puts the votes where first place is decided; use it when
/// the winner matters, not the whole order.
/// </summary>
/// <remarks>
/// The probability that i is best is ∫ φ_i(x) Π_j Φ_j(x) dx, by the trapezoidal rule with half the smallest σ as step, n
/// values a point. Deviations under 1 % of the largest are raised to it, in the draw too.
/// </remarks>
public sealed class ThompsonMatchmaker : SequentialMatchmaker
{
    private const double Reach = 8;
    private const double LeastShare = 0.01;

    /// <inheritdoc/>
    public override string Version => "thompson";

    /// <inheritdoc/>
    protected override void Check(MatchState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (LargestDeviation(state) <= 0)
        {
            throw new ArgumentException("All deviations are 0, so there is nothing to draw. Give the posterior's standard deviations.", nameof(state));
        }
    }

    /// <summary>Log-probabilities of being best, by quadrature.</summary>
    protected override void LogWeights(in MatchStep step, Span<double> logWeights)
    {
        var candidates = new List<int>(logWeights.Length);
        for (int i = 0; i < logWeights.Length; i++)
        {
            if (step.Open[i])
            {
                candidates.Add(i);
            }
        }

        var shares = new double[candidates.Count];
        Shares(step.State, step.SlateSize)(step.Chosen, candidates.ToArray(), shares);
        for (int k = 0; k < shares.Length; k++)
        {
            logWeights[candidates[k]] = Math.Log(shares[k]);
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

    private protected override NextShares Shares(MatchState state, int slateSize)
    {
        double[] mean = state.Mean.ToArray();
        double least = LeastShare * LargestDeviation(state);
        double[] deviation = [.. state.Deviation.ToArray().Select(d => Math.Max(least, d))];
        double low = LowerEnd(state, mean, deviation, slateSize), high = low, step = double.PositiveInfinity;
        for (int i = 0; i < mean.Length; i++)
        {
            high = Math.Max(high, mean[i] + Reach * deviation[i]);
            step = Math.Min(step, deviation[i] / 2);
        }

        int points = (int)Math.Ceiling((high - low) / step) + 1;
        var all = new double[points];
        var open = new bool[mean.Length];
        state.Open(open);
        for (int i = 0; i < mean.Length; i++)
        {
            for (int x = 0; x < points && open[i]; x++)
            {
                all[x] += LogBelow((low + x * step - mean[i]) / deviation[i]);
            }
        }

        var closedBelow = new double[points];
        return (chosen, candidates, shares) =>
        {
            state.Open(open);
            foreach (int member in chosen)
            {
                state.Close(member, open);
            }

            all.CopyTo(closedBelow, 0);
            for (int i = 0; i < mean.Length && !chosen.IsEmpty; i++)
            {
                for (int x = 0; x < points && !open[i] && state.IsAvailable(i); x++)
                {
                    closedBelow[x] -= LogBelow((low + x * step - mean[i]) / deviation[i]);
                }
            }

            for (int k = 0; k < candidates.Length; k++)
            {
                shares[k] = ShareOfBest(mean[candidates[k]], deviation[candidates[k]], low, step, closedBelow);
            }
        };
    }

    private static double ShareOfBest(double mean, double deviation, double low, double step, double[] logBelow)
    {
        double sum = 0;
        for (int x = 0; x < logBelow.Length; x++)
        {
            double z = (low + x * step - mean) / deviation;
            sum += Math.Exp(-0.5 * z * z + logBelow[x] - LogBelow(z));
        }

        return sum * step / (deviation * Math.Sqrt(2 * Math.PI));
    }

    /// <summary>The (K + excluded)-th largest μ − 8σ: with that many taken, the best of the rest is above it.</summary>
    private static double LowerEnd(MatchState state, double[] mean, double[] deviation, int slateSize)
    {
        double[] ends = [.. Enumerable.Range(0, mean.Length).Where(state.IsAvailable).Select(i => mean[i] - Reach * deviation[i]).OrderDescending()];
        int largestGroup = 1;
        foreach (int[] group in state.GroupMembers)
        {
            largestGroup = Math.Max(largestGroup, group.Length);
        }

        return ends[Math.Min(ends.Length, (slateSize - 1) * largestGroup + 1) - 1];
    }

    private static double LogBelow(double z) => Math.Log(Math.Max(double.Epsilon, 0.5 * SpecialFunctions.Erfc(-z / Constants.Sqrt2)));

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
