using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Listwise;
using Arena.Ranking.Resampling;

namespace Arena.Ranking;

/// <summary>
/// Aggregates sparse scores of any kind, sample by sample (Ghosh et al. 2024, ONEBench): on every sample only the order of the entries measured on it
/// counts (right above wrong, higher grades above lower, numbers apart by more than the margin), and Plackett–Luce merges these partial rankings.
/// Ratings are 1000 + 400/ln 10 · θ, mean θ 0.
/// </summary>
/// <remarks>
/// <para>Columns may be on different scales (<see cref="ScoreMatrix.IsMixed"/>): nothing is added up across samples but log-likelihoods of orders.</para>
/// <para>A sample is one observation: intervals are sandwich ones, H⁺ (Σ over samples of u uᵀ) H⁺, what few samples leave out made up for and Student's t as in <see cref="BradleyTerry"/>.</para>
/// <para>With a margin, a tier is what lies within the margin of its best score: nearness is not transitive, an order has to be.</para>
/// <para>The mean scores stand beside the standings (<see cref="OneBenchResult.Means"/>), one scale at a time.</para>
/// <para>Equal columns are counted, not fitted twice; the cost is linear in samples, and per sample quadratic in the entries measured on it.</para>
/// </remarks>
public static class OneBench
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "onebench";

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static OneBenchResult Fit(ScoreMatrix scores, OneBenchOptions? options = null) =>
        TryFit(scores, options, out OneBenchResult? result, out Diagnosis? diagnosis) ? result : throw new RankingException(diagnosis);

    /// <summary>
    /// Fits, or says why not: <see cref="Diagnosis.NoSamples"/>, <see cref="Diagnosis.Unmeasured"/>, <see cref="Diagnosis.OneCompetitor"/>,
    /// <see cref="Diagnosis.NoBallots"/> (no sample with two entries), and without a prior <see cref="Diagnosis.Unvoted"/> (entries no sample compares),
    /// <see cref="Diagnosis.Disconnected"/>, <see cref="Diagnosis.OnlyTies"/> or <see cref="Diagnosis.Separable"/>.
    /// </summary>
    public static bool TryFit(
        ScoreMatrix scores,
        OneBenchOptions? options,
        [NotNullWhen(true)] out OneBenchResult? result,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(scores);
        options ??= new OneBenchOptions();
        result = null;
        SamplePatterns patterns = SamplePatterns.Of(scores);
        (Evidence board, Evidence[] evidence) = EvidenceCounts.Of(patterns, scores.TieMargin);
        diagnosis = InputCheck.Scores(evidence, board);
        if (diagnosis is not null)
        {
            return false;
        }

        var listwise = new PlackettLuceOptions
        {
            Confidence = options.Confidence,
            Rounds = options.Rounds,
            Seed = options.Seed,
            MaxDegreeOfParallelism = options.MaxDegreeOfParallelism,
            PriorTies = options.PriorTies,
            Tolerance = options.Tolerance,
            MaxIterations = options.MaxIterations,
            Solver = options.OneBenchCompatible ? PlackettLuceSolver.Spectral : PlackettLuceSolver.Auto,
            SpectralAlpha = options.OneBenchCompatible ? options.SpectralAlpha : 0,
        };
        RankedBallots orders = options.OneBenchCompatible
            ? SampleOrders.Pairs(patterns, scores.TieMargin, options.TiesWinBothWays, options.MaxDegreeOfParallelism)
            : SampleOrders.Of(patterns, scores.TieMargin, options.Ties == SampleTies.Marginalised);
        var fit = new ListwiseFit(Name, orders, listwise) { Evidence = (board, evidence), WithoutIntervals = options.OneBenchCompatible };
        if (!fit.TryRun(out Standings? standings, out diagnosis))
        {
            return false;
        }

        result = new OneBenchResult(standings, [.. scores.ByScale().Select(Means).OrderByDescending(m => m.Samples)]);
        return true;
    }

    private static ScaleMeans Means((ScoreScale Scale, ScoreMatrix Scores) part)
    {
        int[] measured = part.Scores.Measured();
        SamplePatterns patterns = SamplePatterns.Of(part.Scores.Select(measured));
        (Evidence board, Evidence[] evidence) = EvidenceCounts.Of(patterns, part.Scale.TieMargin);
        (double[] means, int[] order) = new MeanScoreFit(part.Scale, patterns, evidence, new MeanScoreOptions()).Means();
        var scores = new double?[part.Scores.Competitors];
        for (int k = 0; k < measured.Length; k++)
        {
            scores[measured[k]] = means[k];
        }

        return new ScaleMeans(part.Scale, board.Observations, scores, [.. order.Select(k => measured[k])]);
    }
}
