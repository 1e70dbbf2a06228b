using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Pairwise;
using Arena.Ranking.Resampling;

namespace Arena.Ranking;

/// <summary>
/// Bradley–Terry by maximum likelihood, from votes or from per-sample orderings: every two competitors compared give a win, or a tie (half a win
/// each). Maximises Σ w [y ln σ(θa − θb) + (1 − y) ln σ(θb − θa)] (Zermelo 1929; Bradley, Terry 1952); shown as 1000 + 400/ln 10 · θ, mean θ 0,
/// or one named competitor's (<see cref="BradleyTerryOptions.Anchor"/>).
/// </summary>
/// <remarks>
/// <para>All pairs derived from one ballot or sample are one observation: the covariance is H⁺ (Σ u uᵀ) H⁺ with u the summed score vector and H the
/// Hessian without a ridge, on vectors that add up to 0 (White 1982; Liang, Zeger 1986). Treating derived pairs as independent covers far too little.</para>
/// <para>Ballots: pairs in one unordered tier were not compared and say nothing. With <see cref="BradleyTerryOptions.Cluster"/> the scores of a voter's
/// or prompt's ballots are summed first; both ways G_voter + G_prompt − G_voter∩prompt (Cameron, Gelbach, Miller 2011), negative eigenvalues
/// taken as 0. What few clusters leave out of the sum is added: φ Δ^½ H Δ^½, δ the chance that two pieces of evidence on a competitor share a
/// cluster, φ the board's design effect (after Morel, Bokossa, Neerchal 2003); quantiles are Student's t with 1/(δ(1 − δ)) degrees of freedom
/// (Satterthwaite 1946), at most the fewest clusters − 1. A competitor known from one ballot or voter has the model's variance times φ. Rank
/// intervals: max-|t| over all pairs of normal draws with that covariance.</para>
/// <para>Scores: samples are the clusters. Rank intervals by max-|t| bootstrap over samples of the linearised estimate, θ* − θ ≈ H⁺ Σ over drawn
/// samples of u, each pair's scale enlarged by √(1 + c/k), k the effective number of samples its difference stands on, c = max(2, z²/4), z the
/// normal quantile of one pair among all. With complete data the order is that of the mean score.</para>
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
        Anchoring.Check(options.Anchor, scores.Competitors);
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
        return TryRun(() => fit.Run(board, evidence), out standings, out diagnosis);
    }

    /// <summary>Fits ballots held in memory, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, BradleyTerryOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>
    /// Fits ballots held in memory, or says why not: <see cref="Diagnosis.OneCompetitor"/>, <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.Unvoted"/>,
    /// <see cref="Diagnosis.Disconnected"/>, <see cref="Diagnosis.OnlyTies"/> or <see cref="Diagnosis.Separable"/> (the last four not with a prior).
    /// </summary>
    public static bool TryFit(
        Ballots ballots,
        BradleyTerryOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        return TryFit(ballots.Competitors, BallotSource.Of(ballots), options, out standings, out diagnosis);
    }

    /// <summary>Fits votes counted already, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    /// <exception cref="ArgumentException">Clusters are asked for, or the tally holds ballots of three or more: both need the ballots once more.</exception>
    public static Standings Fit(PairwiseTally tally, BradleyTerryOptions? options = null) =>
        TryFit(tally, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>Fits votes counted already, or says why not, as for ballots.</summary>
    /// <exception cref="ArgumentException">Clusters are asked for, or the tally holds ballots of three or more: both need the ballots once more.</exception>
    public static bool TryFit(
        PairwiseTally tally,
        BradleyTerryOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(tally);
        options ??= new BradleyTerryOptions();
        if (options.Cluster != ClusterBy.None || tally.Slates > 0)
        {
            throw new ArgumentException("A tally does not know which ballots belong together: give the ballots, or a way to read them twice.", nameof(tally));
        }

        return TryFit(tally.ToPairs(), null, options, out standings, out diagnosis);
    }

    /// <summary>Fits ballots that pass in batches and are not held, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    /// <param name="competitors">n.</param>
    /// <param name="read">Starts a pass over the batches; called once, or once more where clusters or ballots of three or more need it, and must then give the same ballots.</param>
    /// <param name="options">Defaults where null. Clusters take 8 n bytes each.</param>
    public static Standings Fit(int competitors, Func<IEnumerable<Ballots>> read, BradleyTerryOptions? options = null) =>
        TryFit(competitors, read, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>Fits ballots that pass in batches and are not held, or says why not: <see cref="Diagnosis.NoCompetitors"/>, or as for ballots held.</summary>
    public static bool TryFit(
        int competitors,
        Func<IEnumerable<Ballots>> read,
        BradleyTerryOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(read);
        return TryFit(competitors, new BallotSource(null, read), options, out standings, out diagnosis);
    }

    /// <summary>
    /// Moves ratings a few Newton steps towards the maximum of the likelihood of all votes counted so far: what a live board does after each batch. From
    /// the ratings before the batch, two or three steps end where a full fit does. No intervals.
    /// </summary>
    /// <param name="tally">All votes, not the new ones alone.</param>
    /// <param name="ratings">The ratings so far, one a competitor, in points; moved in place. Their mean stays where <see cref="Fit(PairwiseTally, BradleyTerryOptions?)"/> puts it.</param>
    /// <param name="steps">At most.</param>
    /// <param name="options">Defaults where null.</param>
    /// <returns>Why it stopped: <see cref="StopReason.IterationLimit"/> when the steps were used up before the last became tiny.</returns>
    /// <exception cref="RankingException">There is no finite fit, as for <see cref="Fit(PairwiseTally, BradleyTerryOptions?)"/>; ratings are left alone.</exception>
    public static StopReason Continue(PairwiseTally tally, Span<double> ratings, int steps = 3, BradleyTerryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tally);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentOutOfRangeException.ThrowIfNotEqual(ratings.Length, tally.Competitors, nameof(ratings));
        foreach (double rating in ratings)
        {
            if (!double.IsFinite(rating))
            {
                throw new ArgumentException("Ratings to continue from are finite numbers.", nameof(ratings));
            }
        }

        options ??= new BradleyTerryOptions();
        var fit = new BradleyTerryBallotFit(tally.ToPairs(), options);
        if (fit.Diagnose() is { } diagnosis)
        {
            throw new RankingException(diagnosis);
        }

        double[] start = Array.ConvertAll(ratings.ToArray(), r => r / EloScale.Unit);
        (double[] theta, _, StopReason reason) = new BradleyTerryMaximiser(fit.Counts, options).Maximise(start, steps);
        double shift = options.Anchor is { } anchor ? theta[anchor] : 0;
        for (int i = 0; i < ratings.Length; i++)
        {
            ratings[i] = EloScale.Centre + EloScale.Unit * (theta[i] - shift);
        }

        return reason;
    }

    private static bool TryFit(
        int competitors,
        BallotSource source,
        BradleyTerryOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        if (competitors < 1)
        {
            (standings, diagnosis) = (null, new Diagnosis.NoCompetitors());
            return false;
        }

        var tally = new PairwiseTally(competitors);
        foreach (Ballots batch in source.Read())
        {
            tally.Add(batch);
        }

        return TryFit(tally.ToPairs(), source, options ?? new BradleyTerryOptions(), out standings, out diagnosis);
    }

    private static bool TryFit(
        TalliedPairs pairs,
        BallotSource? source,
        BradleyTerryOptions options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        var fit = new BradleyTerryBallotFit(pairs, options);
        diagnosis = fit.Diagnose();
        standings = null;
        return diagnosis is null && TryRun(() => fit.Run(source), out standings, out diagnosis);
    }

    /// <summary>What shows only at the maximum: that double precision does not reach.</summary>
    private static bool TryRun(Func<Standings> fit, [NotNullWhen(true)] out Standings? standings, [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        try
        {
            (standings, diagnosis) = (fit(), null);
        }
        catch (RankingException e)
        {
            (standings, diagnosis) = (null, e.Diagnosis);
        }

        return standings is not null;
    }
}
