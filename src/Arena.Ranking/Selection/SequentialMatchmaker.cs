using Arena.Ranking.Resampling;

namespace Arena.Ranking.Selection;

/// <summary>
/// A policy that draws the next member with a weight, which may depend on the first one (the pivot) and on the set of all before
/// it, but not on their order. Derive from it for a policy of your own: draws, exclusion and probabilities come with it.
/// </summary>
public abstract class SequentialMatchmaker : OneByOneMatchmaker
{
    /// <summary>Writes the logarithm of every open competitor's weight to be the next member; −∞ is never. What is written for closed ones does not matter.</summary>
    protected abstract void LogWeights(in MatchStep step, Span<double> logWeights);

    private protected sealed override int Choose(in MatchStep step, Span<double> work, ref Xoshiro256 random)
    {
        double total = Weights(step, work);
        double mark = random.NextDouble() * total;
        int last = -1;
        for (int i = 0; i < work.Length; i++)
        {
            if (work[i] > 0)
            {
                last = i;
                if (mark < work[i])
                {
                    return i;
                }

                mark -= work[i];
            }
        }

        return last; // rounding carried the mark past the end
    }

    private protected sealed override NextShares Shares(MatchState state, ReadOnlySpan<int> slate)
    {
        int slateSize = slate.Length;
        var open = new bool[state.Competitors];
        var weights = new double[state.Competitors];
        return (chosen, candidates, shares) =>
        {
            state.Open(open);
            foreach (int member in chosen)
            {
                state.Close(member, open);
            }

            double total = Weights(new MatchStep(state, chosen, open, slateSize), weights);
            for (int k = 0; k < candidates.Length; k++)
            {
                shares[k] = weights[candidates[k]] / total;
            }
        };
    }

    /// <summary>Weights, the largest 1, and 0 for the closed; returns their sum.</summary>
    private double Weights(in MatchStep step, Span<double> weights)
    {
        LogWeights(step, weights);
        double most = double.NegativeInfinity;
        for (int i = 0; i < weights.Length; i++)
        {
            most = step.Open[i] ? Math.Max(most, weights[i]) : most; // NaN stays
        }

        if (!double.IsFinite(most))
        {
            throw new InvalidOperationException($"The policy {Version} gave no competitor a finite weight.");
        }

        double total = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = step.Open[i] ? Math.Exp(weights[i] - most) : 0;
            total += weights[i];
        }

        return total;
    }
}
