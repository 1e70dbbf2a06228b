using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Contests;

namespace Arena.Ranking;

/// <summary>
/// BAR (Weng, Lin 2011, algorithm 1, in the form of Ebtekar and Liu): the contest counts as one informative match. σ² ← σ² + drift²;
/// with c² = σ² + σj² + 2β²/w, pj the logistic chance to beat j, μ += σ² · mean over all of (s − pj)/c,
/// σ² *= max(1 − σ²/(4(σ² + 2β²/w)), κ).
/// </summary>
/// <remarks>Kept to compare with; for slates <see cref="WengLin"/> is the method.</remarks>
public static class BayesianApproximationRating
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "bar";

    /// <summary>Reads the ballots as contests, in their order, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, BayesianApproximationOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>
    /// Reads the ballots as contests, in their order, or says why not: <see cref="Diagnosis.OneCompetitor"/>,
    /// <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.OnlyTies"/> or <see cref="Diagnosis.UnsuitableBallot"/>.
    /// </summary>
    public static bool TryFit(
        Ballots ballots,
        BayesianApproximationOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis) =>
        ContestFit.TryRun(Name, ballots, options ?? new BayesianApproximationOptions(), posterior: true, out standings, out diagnosis);
}
