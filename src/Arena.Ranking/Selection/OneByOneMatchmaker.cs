using System.Buffers;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Selection;

/// <summary>
/// Policies that fill the slate one by one, the next member depending on the first one (the pivot) and on the set of all before
/// it, but not on their order. The probability of a slate is then a sum over subsets, K·2^(K−1) terms, exact up to K = 10 and
/// Monte Carlo above. For a policy of your own derive from <see cref="SequentialMatchmaker"/>.
/// </summary>
public abstract class OneByOneMatchmaker : IMatchmaker
{
    private protected OneByOneMatchmaker()
    {
    }

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
        double[] work = ArrayPool<double>.Shared.Rent(n);
        try
        {
            Xoshiro256 random = request.Random();
            state.Open(open.AsSpan(0, n));
            for (int k = 0; k < slate.Length; k++)
            {
                slate[k] = Choose(new MatchStep(state, slate[..k], open.AsSpan(0, n), slate.Length), work.AsSpan(0, n), ref random);
                state.Close(slate[k], open.AsSpan(0, n));
            }

            random.Shuffle(slate);
        }
        finally
        {
            ArrayPool<bool>.Shared.Return(open);
            ArrayPool<double>.Shared.Return(work);
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
        return SlateOrders.Sum(slate, Shares(request.State, slate), DependsOnPivot, request);
    }

    /// <summary>Whether it matters who of those chosen came first. Where it does not, a slate's probability costs 2^K steps in place of K·2^(K−1).</summary>
    protected virtual bool DependsOnPivot => true;

    /// <summary>Throws <see cref="ArgumentException"/> when the state lacks what the policy needs.</summary>
    protected virtual void Check(MatchState state)
    {
    }

    /// <summary>Draws the next member; room for a number a competitor is lent.</summary>
    private protected abstract int Choose(in MatchStep step, Span<double> work, ref Xoshiro256 random);

    /// <summary>Gives the probability of each member of the slate that is not chosen yet to be next.</summary>
    private protected abstract NextShares Shares(MatchState state, ReadOnlySpan<int> slate);
}
