using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Resampling;

namespace Arena.Ranking;

/// <summary>
/// Each competitor's weighted mean over its measured samples, with a paired bootstrap over samples: a round draws the
/// same samples for every competitor. The method that leads a board of one suite.
/// </summary>
/// <remarks>
/// <para>Rating: Σ w·score / Σ w over the competitor's samples, in score units. Low and High: percentile interval of
/// that mean, widened by Student's t over the normal quantile. Binary scores with fewer than ten right or ten wrong
/// samples and no weights take Wilson's interval (a bootstrap of a competitor without an error has no width).</para>
/// <para>Pairs and ranks: differences over the samples both were measured on only; a difference's scale is
/// √((1 + c/k) Σ w²d²) / Σ w, k the number of samples on which the two differ and c = max(2, z²/4), z the normal
/// quantile of one pair among all: as though a few more samples had gone against the leader. With a score missing somewhere or with weights, rounds are linearised (weights in the
/// denominator are not redrawn).</para>
/// <para>Offset: least squares over score = competitor + sample, which is the mean less the grand mean when nothing is
/// missing; it, not the mean, decides the order, so an entry measured on easy samples so far gains nothing.</para>
/// </remarks>
public static class MeanScore
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "mean-score";

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(ScoreMatrix scores, MeanScoreOptions? options = null) =>
        TryFit(scores, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>Fits, or says why not: <see cref="Diagnosis.NoSamples"/>, <see cref="Diagnosis.Unmeasured"/> or <see cref="Diagnosis.MixedScales"/>.</summary>
    public static bool TryFit(
        ScoreMatrix scores,
        MeanScoreOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(scores);
        options ??= new MeanScoreOptions();
        standings = null;
        if (scores.IsMixed)
        {
            diagnosis = new Diagnosis.MixedScales();
            return false;
        }

        SamplePatterns patterns = SamplePatterns.Of(scores);
        (Evidence board, Evidence[] evidence) = EvidenceCounts.Of(patterns, scores.Scale.TieMargin);
        diagnosis = InputCheck.Scores(evidence, board);
        if (diagnosis is not null)
        {
            return false;
        }

        var fit = new MeanScoreFit(scores.Scale, patterns, evidence, options);
        standings = fit.Run(board);
        return true;
    }
}
