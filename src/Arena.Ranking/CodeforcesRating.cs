using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Contests;

namespace Arena.Ranking;

/// <summary>
/// The rating of Codeforces (Mirzayanov 2015), in the form of Ebtekar and Liu: the performance is the strength whose expected rank
/// is the geometric mean of the expected and the actual one; μ ← (μ + w · performance)/(1 + w).
/// </summary>
/// <remarks>Kept to compare with. It has no uncertainty: standings come without intervals.</remarks>
public static class CodeforcesRating
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "codeforces";

    /// <summary>Reads the ballots as contests, in their order, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, CodeforcesOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>
    /// Reads the ballots as contests, in their order, or says why not: <see cref="Diagnosis.OneCompetitor"/>,
    /// <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.OnlyTies"/> or <see cref="Diagnosis.UnsuitableBallot"/>.
    /// </summary>
    public static bool TryFit(
        Ballots ballots,
        CodeforcesOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis) =>
        ContestFit.TryRun(Name, ballots, options ?? new CodeforcesOptions(), posterior: false, out standings, out diagnosis);
}
