using System.Globalization;

namespace Arena.Ranking.Selection;

/// <summary>
/// K-Sort Arena (Li et al. 2024): the pivot i is the one with the fewest comparisons; the others have the largest
/// U = −|S_i − S_q| + c·√(ln n / n_iq), with S = μ − η·σ, n the slates so far and n_iq those with both. The paper prints
/// the distance without the minus that its text (skill-close first, then unseen) needs.
/// </summary>
/// <remarks>
/// A pair never seen has U = +∞ and goes first, the closest in skill first among several. As the pivot goes round and the
/// bonus of a pair that is left out grows without bound, every pair is compared again and again. Equals are drawn at
/// random, so nothing else is random about it. The distance is in rating points: rescale c with the ratings.
/// </remarks>
public sealed class UcbMatchmaker : SequentialMatchmaker
{
    /// <summary>c, in rating points. Default: 1, for ratings around 25 ± 25/3.</summary>
    public double Exploration
    {
        get;
        init => field = Require.NotNegative(value, "The exploration is a finite number, 0 or more.");
    } = 1;

    /// <summary>η: how many standard deviations the score stands below the mean. Default: 3.</summary>
    public double Conservatism
    {
        get;
        init => field = Require.NotNegative(value, "The conservatism is a finite number, 0 or more.");
    } = 3;

    /// <inheritdoc/>
    public override string Version => string.Create(CultureInfo.InvariantCulture, $"ucb(exploration={Exploration:R},conservatism={Conservatism:R})");

    /// <inheritdoc/>
    protected override void Check(MatchState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.CountsPairs)
        {
            throw new ArgumentException("This policy needs the comparisons of every pair. Give pairComparisons to the state.", nameof(state));
        }
    }

    /// <inheritdoc/>
    protected override void LogWeights(in MatchStep step, Span<double> logWeights)
    {
        MatchState state = step.State;
        ReadOnlySpan<int> comparisons = state.Comparisons.Span;
        if (step.Chosen.IsEmpty)
        {
            for (int i = 0; i < logWeights.Length; i++)
            {
                logWeights[i] = -comparisons[i];
            }
        }
        else
        {
            Bounds(step, logWeights);
        }

        BestOnly.Keep(step.Open, logWeights);
    }

    private void Bounds(in MatchStep step, Span<double> bounds)
    {
        MatchState state = step.State;
        int pivot = step.Chosen[0], n = state.Competitors;
        ReadOnlySpan<double> mean = state.Mean.Span, deviation = state.Deviation.Span;
        ReadOnlySpan<int> together = state.Together(pivot);
        double score = mean[pivot] - Conservatism * deviation[pivot];
        long shown = 0;
        foreach (int count in state.Comparisons.Span)
        {
            shown += count;
        }

        double growth = Math.Log(Math.Max(1, shown / (double)step.SlateSize));
        bool unseen = false;
        for (int i = 0; i < n; i++)
        {
            unseen |= step.Open[i] && together[i] == 0;
        }

        for (int i = 0; i < n; i++)
        {
            double distance = Math.Abs(mean[i] - Conservatism * deviation[i] - score);
            bounds[i] = (unseen, together[i]) switch
            {
                (true, 0) => -distance,
                (true, _) => double.NegativeInfinity,
                _ => -distance + Exploration * Math.Sqrt(growth / together[i]),
            };
        }
    }
}
