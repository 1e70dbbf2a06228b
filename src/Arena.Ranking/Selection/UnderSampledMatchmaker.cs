namespace Arena.Ranking.Selection;

/// <summary>Those with the fewest comparisons, equals drawn at random. Evens out counts; blind to what the votes said.</summary>
public sealed class UnderSampledMatchmaker : SequentialMatchmaker
{
    /// <inheritdoc/>
    public override string Version => "under-sampled";

    /// <inheritdoc/>
    protected override bool DependsOnPivot => false;

    /// <inheritdoc/>
    protected override void LogWeights(in MatchStep step, Span<double> logWeights)
    {
        ReadOnlySpan<int> comparisons = step.State.Comparisons.Span;
        for (int i = 0; i < logWeights.Length; i++)
        {
            logWeights[i] = -comparisons[i];
        }

        BestOnly.Keep(step.Open, logWeights);
    }
}
