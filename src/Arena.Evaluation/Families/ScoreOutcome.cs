using System.Collections.Immutable;

namespace Arena.Evaluation.Families;

/// <summary>What came of scoring a chunk.</summary>
public abstract record ScoreOutcome
{
    private ScoreOutcome()
    {
    }

    /// <param name="Measurements">For each metric of the suite, in its order, one value a sample; NaN where the metric
    /// cannot be had from this output.</param>
    /// <param name="Predictions">The class answered for each sample; empty in families without classes.</param>
    public sealed record Scored(ImmutableArray<float[]> Measurements, int[] Predictions) : ScoreOutcome;

    /// <summary>The entry broke the suite's contract; its submitter can act on the reason.</summary>
    public sealed record EntryFault(string Reason) : ScoreOutcome;
}
