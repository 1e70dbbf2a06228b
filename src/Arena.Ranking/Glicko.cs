using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Contests;

namespace Arena.Ranking;

/// <summary>
/// Glicko (Glickman 1999) over contests, in the form of Ebtekar and Liu: the whole contest counts as one informative match.
/// σ² ← σ² + drift²; with q = (π/√3)/β, gj = 1/√(1 + σj²/β²), pj the logistic chance to beat j,
/// 1/σ² ← 1/σ² + q²/4, μ += q σ² · mean over all of gj(s − pj). A weight w divides β by √w.
/// </summary>
/// <remarks>Kept to compare with: it ignores how surprising the opponents' strength makes a result, so σ falls the same whoever played.</remarks>
public static class Glicko
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "glicko";

    /// <summary>Reads the ballots as contests, in their order, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, GlickoOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>
    /// Reads the ballots as contests, in their order, or says why not: <see cref="Diagnosis.OneCompetitor"/>,
    /// <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.OnlyTies"/> or <see cref="Diagnosis.UnsuitableBallot"/>.
    /// </summary>
    public static bool TryFit(
        Ballots ballots,
        GlickoOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis) =>
        ContestFit.TryRun(Name, ballots, options ?? new GlickoOptions(), posterior: true, out standings, out diagnosis);
}
