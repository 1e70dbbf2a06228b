using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Voting;

namespace Arena.Ranking;

/// <summary>
/// Kemeny's rule (1959; Young 1988): the ranking that the fewest votes in duels contradict, Σ over pairs of the votes for
/// the one placed below. The maximum-likelihood order when every duel vote is right with the same chance above ½.
/// </summary>
/// <remarks>
/// <para>The competitors fall into groups, each beating everybody in the groups below (Truchon 1998), and only the order
/// within a group is searched: exactly by dynamic programming over subsets, O(2ᵏ k) for k ≤
/// <see cref="KemenyOptions.ExactLimit"/>, by insertion moves from several starts above. <see cref="KemenyResult.Exact"/>
/// says which; <see cref="KemenyResult.LowerBound"/> bounds what was missed.</para>
/// <para>Rating: how many competitors stand below, on average over all optimal rankings of an exactly solved group.
/// Bootstrap rounds search groups above 10 from the Borda order only.</para>
/// </remarks>
public static class Kemeny
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "kemeny";

    /// <summary>Ranks by ballots, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static KemenyResult Fit(Ballots ballots, KemenyOptions? options = null) =>
        TryFit(ballots, options, out KemenyResult? result, out Diagnosis? diagnosis) ? result : throw new RankingException(diagnosis);

    /// <summary>Ranks by ballots, or says why not: <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.Unvoted"/> or <see cref="Diagnosis.OneCompetitor"/>.</summary>
    public static bool TryFit(
        Ballots ballots,
        KemenyOptions? options,
        [NotNullWhen(true)] out KemenyResult? result,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new KemenyOptions();
        return VoteTable.Of(ballots, options.Resampling).TryApply(Apply, options, out result, out diagnosis);
    }

    /// <summary>Ranks by samples; every sample is a ballot, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static KemenyResult Fit(ScoreMatrix scores, KemenyOptions? options = null) =>
        TryFit(scores, options, out KemenyResult? result, out Diagnosis? diagnosis) ? result : throw new RankingException(diagnosis);

    /// <summary>Ranks by samples, or says why not: <see cref="Diagnosis.NoSamples"/>, <see cref="Diagnosis.Unmeasured"/> or <see cref="Diagnosis.OneCompetitor"/>.</summary>
    public static bool TryFit(
        ScoreMatrix scores,
        KemenyOptions? options,
        [NotNullWhen(true)] out KemenyResult? result,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new KemenyOptions();
        return VoteTable.Of(scores, options.Resampling).TryApply(Apply, options, out result, out diagnosis);
    }

    private static KemenyResult Apply(VoteTable table, KemenyOptions options)
    {
        PairwiseVotes duels = table.Duels(null);
        KemenySearch.Found found = new KemenySearch(duels, options.ExactLimit, options.Restarts, options.Seed).Run(options.MaxRankings);
        string[] notes = found.Exact
            ? []
            : ["A cycle holds too many competitors for the exact search: this is the best ranking that local search found."];
        Standings standings = VoteBootstrap.Standings(
            Name, table, options, found.Ratings, drawn => new KemenySearch(drawn, Math.Min(10, options.ExactLimit), 0, options.Seed).Run(1).Ratings, notes);
        return new KemenyResult(standings, found.Rankings, found.Distance, found.Exact, found.LowerBound);
    }
}

/// <summary>What Kemeny's rule finds.</summary>
/// <param name="Standings">Ratings and intervals.</param>
/// <param name="Rankings">Rankings found best, best competitor first: all that are optimal (up to <see cref="KemenyOptions.MaxRankings"/>) where exact, else one.</param>
/// <param name="Distance">Votes in duels that such a ranking contradicts.</param>
/// <param name="Exact">Whether no better ranking exists.</param>
/// <param name="LowerBound">No ranking contradicts fewer votes than this; equal to the distance where exact.</param>
public sealed record KemenyResult(Standings Standings, IReadOnlyList<IReadOnlyList<int>> Rankings, double Distance, bool Exact, double LowerBound);
