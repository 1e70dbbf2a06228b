using System.Buffers;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Selection;

/// <summary>
/// A policy that fills the slate one by one: the next member is drawn with a weight that may depend on the first one (the
/// pivot) and on the set of all before it, but not on their order. The probability of a slate is then a sum over subsets,
/// K·2^(K−1) terms, exact up to K = 10 and Monte Carlo above. Derive from it for a policy of your own.
/// </summary>
public abstract class SequentialMatchmaker : IMatchmaker
{
    /// <inheritdoc/>
    public abstract string Version { get; }

    /// <inheritdoc/>
    public void Draw(in MatchRequest request, Span<int> slate)
    {
        MatchState state = request.State;
        SlateRules.CheckSize(state, slate.Length);
        Check(state);
        int n = state.Competitors;
        bool[] open = ArrayPool<bool>.Shared.Rent(n);
        double[] weights = ArrayPool<double>.Shared.Rent(n);
        try
        {
            Xoshiro256 random = request.Random();
            state.Open(open.AsSpan(0, n));
            for (int k = 0; k < slate.Length; k++)
            {
                slate[k] = Choose(new MatchStep(state, slate[..k], open.AsSpan(0, n), slate.Length), weights.AsSpan(0, n), ref random);
                state.Close(slate[k], open.AsSpan(0, n));
            }

            random.Shuffle(slate);
        }
        finally
        {
            ArrayPool<bool>.Shared.Return(open);
            ArrayPool<double>.Shared.Return(weights);
        }
    }

    /// <inheritdoc/>
    public SlateProbability Probability(in MatchRequest request, ReadOnlySpan<int> slate)
    {
        if (!SlateRules.CanBeDrawn(request.State, slate))
        {
            return SlateProbability.Exact(0);
        }

        Check(request.State);
        return SlateOrders.Sum(slate, Shares(request.State, slate.Length), request);
    }

    /// <summary>Writes the logarithm of every open competitor's weight to be the next member; −∞ is never. What is written for closed ones does not matter.</summary>
    protected abstract void LogWeights(in MatchStep step, Span<double> logWeights);

    /// <summary>Throws <see cref="ArgumentException"/> when the state lacks what the policy needs.</summary>
    protected virtual void Check(MatchState state)
    {
    }

    /// <summary>Draws the next member.</summary>
    private protected virtual int Choose(in MatchStep step, Span<double> work, ref Xoshiro256 random)
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

    /// <summary>Gives the probability of each candidate to be next.</summary>
    private protected virtual NextShares Shares(MatchState state, int slateSize)
    {
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

/// <summary>Where a sequential draw stands.</summary>
public readonly ref struct MatchStep
{
    internal MatchStep(MatchState state, ReadOnlySpan<int> chosen, ReadOnlySpan<bool> open, int slateSize)
    {
        (State, SlateSize) = (state, slateSize);
        Chosen = chosen;
        Open = open;
    }

    /// <summary>What is known before the draw.</summary>
    public MatchState State { get; }

    /// <summary>Members so far; the first is the pivot.</summary>
    public ReadOnlySpan<int> Chosen { get; }

    /// <summary>One flag a competitor: whether it may be next.</summary>
    public ReadOnlySpan<bool> Open { get; }

    /// <summary>Members the slate will have.</summary>
    public int SlateSize { get; }
}
