using System.Globalization;

namespace Arena.Ranking.Selection;

/// <summary>
/// A pivot drawn uniformly, then opponents near it: weight exp(−½(Δ/width)²) with Δ the difference of ratings in units of
/// log-odds. Close comparisons tell most, but a board that only ever compares neighbours links its ends weakly.
/// </summary>
public sealed class SkillCloseMatchmaker : SequentialMatchmaker
{
    /// <summary>Width in units of log-odds, above 0. Default: 1 (odds of 2.7 to one).</summary>
    public double Width
    {
        get;
        init => field = Require.Positive(value, "The width is a finite number above 0, such as 1.");
    } = 1;

    /// <inheritdoc/>
    public override string Version => string.Create(CultureInfo.InvariantCulture, $"skill-close(width={Width:R})");

    /// <inheritdoc/>
    protected override void LogWeights(in MatchStep step, Span<double> logWeights)
    {
        if (step.Chosen.IsEmpty)
        {
            logWeights.Clear();
            return;
        }

        ReadOnlySpan<double> mean = step.State.Mean.Span;
        double pivot = mean[step.Chosen[0]], scale = 1 / (Width * step.State.Unit);
        for (int i = 0; i < logWeights.Length; i++)
        {
            double distance = (mean[i] - pivot) * scale;
            logWeights[i] = -0.5 * distance * distance;
        }
    }
}
