using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Pairwise;
using Arena.Ranking.Resampling;

namespace Arena.Ranking;

/// <summary>
/// Bradley–Terry by maximum likelihood from per-sample orderings: on every sample each two measured competitors give a
/// win, or a tie (half a win each). Maximises Σ w [y ln σ(θa − θb) + (1 − y) ln σ(θb − θa)]; shown as 1000 + 400/ln 10 · θ, mean θ 0.
/// </summary>
/// <remarks>
/// <para>All pairs derived from one sample are one observation: the covariance is H⁺ (Σ over samples of u uᵀ) H⁺ with u
/// the sample's summed score vector and H the Hessian without a ridge, on vectors that add up to 0 (White 1982; Liang,
/// Zeger 1986). Treating derived pairs as independent covers far too little.</para>
/// <para>Rank intervals: max-|t| bootstrap over samples of the linearised estimate, θ* − θ ≈ H⁺ Σ over drawn samples of
/// u, each pair's scale enlarged by √(1 + c/k), k the effective number of samples its difference stands on,
/// c = max(2, z²/4), z the normal quantile of one pair among all.</para>
/// <para>With complete data the order is that of the mean score.</para>
/// </remarks>
public static class BradleyTerry
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "bradley-terry";

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(ScoreMatrix scores, BradleyTerryOptions? options = null) =>
        TryFit(scores, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>
    /// Fits, or says why not: <see cref="Diagnosis.NoSamples"/>, <see cref="Diagnosis.Unmeasured"/>,
    /// <see cref="Diagnosis.OneCompetitor"/>, <see cref="Diagnosis.Disconnected"/>, <see cref="Diagnosis.OnlyTies"/> or
    /// <see cref="Diagnosis.Separable"/> (the last three not with a prior).
    /// </summary>
    public static bool TryFit(
        ScoreMatrix scores,
        BradleyTerryOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(scores);
        options ??= new BradleyTerryOptions();
        standings = null;
        SamplePatterns patterns = SamplePatterns.Of(scores);
        (Evidence board, Evidence[] evidence) = EvidenceCounts.Of(patterns, scores.TieMargin);
        diagnosis = InputCheck.Scores(evidence, board) ?? (scores.Competitors == 1 ? new Diagnosis.OneCompetitor() : null);
        if (diagnosis is not null)
        {
            return false;
        }

        PairMoments[] moments = new PairMomentSums(patterns, scores.TieMargin).All(options.MaxDegreeOfParallelism);
        PairwiseCounts counts = PairwiseCounts.Of(scores.Competitors, moments, options.PriorTies);
        diagnosis = counts.Diagnose();
        if (diagnosis is not null)
        {
            return false;
        }

        var fit = new BradleyTerryFit(scores.TieMargin, patterns, moments, counts, options);
        standings = fit.Run(board, evidence);
        return true;
    }
}
