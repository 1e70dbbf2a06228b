using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Contests;

namespace Arena.Ranking;

/// <summary>
/// The rating of TopCoder, in the form of Ebtekar and Liu: expected and actual rank become normal scores, their difference times the
/// field's spread is the performance; the weight falls from 1.5 to 0.22 with contests, changes are capped by 150 + 1500/(contests + 1).
/// </summary>
/// <remarks>Kept to compare with. Its deviation is a volatility, no standard error: standings come without intervals.</remarks>
public static class TopCoderRating
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "topcoder";

    /// <summary>Reads the ballots as contests, in their order, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, TopCoderOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>
    /// Reads the ballots as contests, in their order, or says why not: <see cref="Diagnosis.OneCompetitor"/>,
    /// <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.OnlyTies"/> or <see cref="Diagnosis.UnsuitableBallot"/>.
    /// </summary>
    public static bool TryFit(
        Ballots ballots,
        TopCoderOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis) =>
        ContestFit.TryRun(Name, ballots, options ?? new TopCoderOptions(), posterior: false, out standings, out diagnosis);
}
