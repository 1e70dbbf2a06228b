using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Contests;

namespace Arena.Ranking;

/// <summary>
/// Elo-MMR (Ebtekar, Liu: Elo-MMR, a rating system for massive multiplayer competitions, WWW 2021): every ballot is a contest. A
/// competitor's performance p in it is the zero of Σ over all entrants of tanh terms, −w tanh((p − μj)w/2) − w where j came
/// ahead, + w where behind, twice the first term where they tied, itself included, w = (π/√3)/√(σj² + σ_perf²). The strength's
/// mean is the zero of (x − μn)/σn² + Σ over its past performances of such terms, and 1/σ² = 1/σ²_old + 1/σ²_perf.
/// </summary>
/// <remarks>
/// <para>σ²_perf = (1 + 1/w)·80² + drift/w, noise before each contest w·80² + drift·days, w = 0.2 · the contest's weight; with
/// κ = σ²/(σ² + noise) old performances pass the share 1 − κ^ρ of their weight to the normal prior.</para>
/// <para>A contest of n costs O(n) per entrant and Newton step, on all cores; <see cref="EloMmrOptions.Fast"/> caps the opponents
/// and the history. A performance is finite because the competitor ties with itself. Contests in which all tie change nothing.</para>
/// </remarks>
public static class EloMmr
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "elo-mmr";

    /// <summary>Reads the ballots as contests, in their order, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, EloMmrOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>
    /// Reads the ballots as contests, in their order, or says why not: <see cref="Diagnosis.OneCompetitor"/>,
    /// <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.OnlyTies"/> or <see cref="Diagnosis.UnsuitableBallot"/>.
    /// </summary>
    public static bool TryFit(
        Ballots ballots,
        EloMmrOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis) =>
        ContestFit.TryRun(Name, ballots, options ?? new EloMmrOptions(), posterior: true, out standings, out diagnosis);

    /// <summary>The whole number the reference shows: μ − 3(σ − limit), both rounded first.</summary>
    /// <param name="skill">A rating.</param>
    /// <param name="sigmaLimit">σ a competitor with a long history comes down to. Default: 80.</param>
    public static int Display(Skill skill, int sigmaLimit = 80) =>
        (int)Math.Round(skill.Mu, MidpointRounding.AwayFromZero) - 3 * ((int)Math.Round(skill.Sigma, MidpointRounding.AwayFromZero) - sigmaLimit);
}
