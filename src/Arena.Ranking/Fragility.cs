using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Pairwise;

namespace Arena.Ranking;

/// <summary>
/// How few ballots first place hangs on: the smallest set found whose removal changes who leads under Bradley–Terry. For every
/// rival, ballots are removed in order of their influence on the leader's lead, (e_A − e_B)ᵀ(H + λ)⁻¹u, until a refit puts another
/// first; then those that turn out not to be needed are put back (Broderick, Giordano, Meager 2020).
/// </summary>
/// <remarks>
/// The influence says where to look, refits say what is true: the result is an upper bound on the smallest set, and a fact about
/// the ballots listed. Cost: some ten to thirty refits, from warm starts, a rival.
/// </remarks>
public static class Fragility
{
    /// <summary>Searches, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static FragilityReport Of(Ballots ballots, FragilityOptions? options = null) =>
        TryOf(ballots, options, out FragilityReport? report, out Diagnosis? diagnosis)
            ? report
            : throw new RankingException(diagnosis);

    /// <summary>Searches, or says why not: <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.OneCompetitor"/>, <see cref="Diagnosis.Unvoted"/> or <see cref="Diagnosis.Disconnected"/>.</summary>
    public static bool TryOf(
        Ballots ballots,
        FragilityOptions? options,
        [NotNullWhen(true)] out FragilityReport? report,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        options ??= new FragilityOptions();
        report = null;
        PairTerms terms = PairTerms.Aggregated(ballots);
        diagnosis = terms.Diagnose(prior: false);
        if (diagnosis is not null and not Diagnosis.OnlyTies and not Diagnosis.Separable)
        {
            return false;
        }

        diagnosis = null;
        report = new FragilitySearch(terms, options).Run();
        return true;
    }
}
