using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Voting;

namespace Arena.Ranking;

/// <summary>
/// Borda (1781): on every ballot a point for everybody ranked below and half a point for everybody level (average ranks,
/// never arbitrary ones), summed over ballots.
/// </summary>
/// <remarks>
/// Two levels (<see cref="FitTwoLevel"/>): first over the utterances of each metric, then over the metrics' rankings, so
/// that a metric has one vote however many utterances it scored (Colombo and others, "What are the best systems?", 2022).
/// </remarks>
public static class Borda
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "borda";

    /// <summary>Name of the two-level method in results.</summary>
    public const string TwoLevelName = "borda-two-level";

    /// <summary>Ranks by ballots, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, BordaOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis) ? standings : throw new RankingException(diagnosis);

    /// <summary>Ranks by ballots, or says why not: <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.Unvoted"/> or <see cref="Diagnosis.OneCompetitor"/>.</summary>
    public static bool TryFit(
        Ballots ballots,
        BordaOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new BordaOptions();
        return VoteTable.Of(ballots, options.Resampling).TryApply(Apply, options, out standings, out diagnosis);
    }

    /// <summary>Ranks by samples; every sample is a ballot, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(ScoreMatrix scores, BordaOptions? options = null) =>
        TryFit(scores, options, out Standings? standings, out Diagnosis? diagnosis) ? standings : throw new RankingException(diagnosis);

    /// <summary>Ranks by samples, or says why not: <see cref="Diagnosis.NoSamples"/>, <see cref="Diagnosis.Unmeasured"/> or <see cref="Diagnosis.OneCompetitor"/>.</summary>
    public static bool TryFit(
        ScoreMatrix scores,
        BordaOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new BordaOptions();
        return VoteTable.Of(scores, options.Resampling).TryApply(Apply, options, out standings, out diagnosis);
    }

    /// <summary>
    /// Borda over the rankings of metrics, each ranking being Borda over the metric's utterances. Intervals draw utterances, the
    /// same ones for every metric.
    /// </summary>
    /// <param name="metrics">One matrix of competitors × utterances a metric, all of one shape; scales may differ.</param>
    /// <param name="options">The scale applies to the points of the metrics' rankings.</param>
    /// <exception cref="ArgumentException">No metric, or shapes that differ.</exception>
    /// <exception cref="RankingException">A metric cannot be ranked; see the diagnosis.</exception>
    public static Standings FitTwoLevel(IReadOnlyList<ScoreMatrix> metrics, BordaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        if (metrics.Count == 0 || metrics.Any(m => m.Competitors != metrics[0].Competitors || m.Samples != metrics[0].Samples))
        {
            throw new ArgumentException("Two-level Borda takes one matrix or more, all with the same competitors and utterances.", nameof(metrics));
        }

        options ??= new BordaOptions();
        VoteTable[] tables = [.. metrics.Select(m => VoteTable.Of(m, options.Resampling))];
        if (tables.Select(t => t.Diagnose()).FirstOrDefault(d => d is not null) is { } diagnosis)
        {
            throw new RankingException(diagnosis);
        }

        BordaPoints[] points = [.. tables.Select(t => new BordaPoints(t))];
        return VoteBootstrap.Standings(
            TwoLevelName,
            tables[0],
            options,
            BordaPoints.TwoLevel(points, null, options.Scale),
            new FitDiagnostics(0, StopReason.ClosedForm, 0, []),
            (times, _) => BordaPoints.TwoLevel(points, times, options.Scale));
    }

    private static Standings Apply(VoteTable table, BordaOptions options)
    {
        var points = new BordaPoints(table);
        string[] notes = options.Scale == BordaScale.Points && !points.EvenlyShown()
            ? ["Competitors stand on ballots of different number or length, and points add up over ballots: compare shares instead (BordaScale.Share)."]
            : [];
        return VoteBootstrap.Standings(
            Name,
            table,
            options,
            points.Scores(null, options.Scale),
            new FitDiagnostics(0, StopReason.ClosedForm, 0, notes),
            (times, _) => points.Scores(times, options.Scale));
    }
}
