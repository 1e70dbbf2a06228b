using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Contests;

namespace Arena.Ranking;

/// <summary>
/// The TrueSkill of St Petersburg (Gaevoy), as Elo-MMR's authors compared with it: those in one place lie within ε of a
/// place's level, and levels of neighbouring places are 2ε apart or more.
/// </summary>
/// <remarks>
/// Kept to compare with, and computed as the reference does: its factors of one kind share one message (clones of one node), so that
/// this is not quite the inference it was meant to be. Use <see cref="TrueSkill"/>.
/// </remarks>
public static class TrueSkillSpb
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "trueskill-spb";

    /// <summary>Reads the ballots as contests, in their order, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, TrueSkillSpbOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>
    /// Reads the ballots as contests, in their order, or says why not: <see cref="Diagnosis.OneCompetitor"/>,
    /// <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.OnlyTies"/> or <see cref="Diagnosis.UnsuitableBallot"/>.
    /// </summary>
    public static bool TryFit(
        Ballots ballots,
        TrueSkillSpbOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis) =>
        ContestFit.TryRun(Name, ballots, options ?? new TrueSkillSpbOptions(), posterior: true, out standings, out diagnosis);
}
