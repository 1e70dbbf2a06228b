namespace Arena.Ranking.Selection;

/// <summary>Turns scores into the weights of a policy that takes the best and draws among equals.</summary>
internal static class BestOnly
{
    /// <summary>Log-weight 0 for the highest open score and those within rounding of it, −∞ for the rest.</summary>
    public static void Keep(ReadOnlySpan<bool> open, Span<double> scores)
    {
        double best = double.NegativeInfinity;
        for (int i = 0; i < scores.Length; i++)
        {
            best = open[i] ? Math.Max(best, scores[i]) : best;
        }

        double least = best - 1e-12 * Math.Max(1, Math.Abs(best));
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = scores[i] >= least ? 0 : double.NegativeInfinity;
        }
    }
}
