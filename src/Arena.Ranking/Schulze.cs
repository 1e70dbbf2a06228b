using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Voting;

namespace Arena.Ranking;

/// <summary>
/// Schulze's beat paths (2011): a path is as strong as its weakest duel, and i stands above j when the strongest path from i
/// to j is stronger than the one back. Elects whoever beats everybody, ignores clones, and takes n³ steps.
/// </summary>
/// <remarks>Rating: competitors stood above, less competitors standing above; those between whom no path is stronger share ranks.</remarks>
public static class Schulze
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "schulze";

    /// <summary>Ranks by ballots, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static SchulzeResult Fit(Ballots ballots, SchulzeOptions? options = null) =>
        TryFit(ballots, options, out SchulzeResult? result, out Diagnosis? diagnosis) ? result : throw new RankingException(diagnosis);

    /// <summary>Ranks by ballots, or says why not: <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.Unvoted"/> or <see cref="Diagnosis.OneCompetitor"/>.</summary>
    public static bool TryFit(
        Ballots ballots,
        SchulzeOptions? options,
        [NotNullWhen(true)] out SchulzeResult? result,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new SchulzeOptions();
        return VoteTable.Of(ballots, options.Resampling).TryApply(Apply, options, out result, out diagnosis);
    }

    /// <summary>Ranks by samples; every sample is a ballot, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static SchulzeResult Fit(ScoreMatrix scores, SchulzeOptions? options = null) =>
        TryFit(scores, options, out SchulzeResult? result, out Diagnosis? diagnosis) ? result : throw new RankingException(diagnosis);

    /// <summary>Ranks by samples, or says why not: <see cref="Diagnosis.NoSamples"/>, <see cref="Diagnosis.Unmeasured"/> or <see cref="Diagnosis.OneCompetitor"/>.</summary>
    public static bool TryFit(
        ScoreMatrix scores,
        SchulzeOptions? options,
        [NotNullWhen(true)] out SchulzeResult? result,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new SchulzeOptions();
        return VoteTable.Of(scores, options.Resampling).TryApply(Apply, options, out result, out diagnosis);
    }

    private static SchulzeResult Apply(VoteTable table, SchulzeOptions options)
    {
        PairwiseVotes duels = table.Duels(null);
        int n = duels.Competitors;
        double[] strongest = BeatPaths.Strongest(duels, options.Strength);
        Standings standings = VoteBootstrap.Standings(Name, table, options, BeatPaths.Scores(strongest, n), drawn => BeatPaths.Scores(BeatPaths.Strongest(drawn, options.Strength), n));
        int[] winners = [.. Enumerable.Range(0, n).Where(i => Enumerable.Range(0, n).All(j => strongest[j * n + i] <= strongest[i * n + j]))];
        return new SchulzeResult(standings, winners, strongest);
    }
}

/// <summary>What Schulze's method finds.</summary>
/// <param name="Standings">Ratings and intervals.</param>
/// <param name="Winners">Those above whom nobody stands, in order of index.</param>
/// <param name="Strengths">n × n strengths of the strongest paths, row by row, in votes; 0 where there is none.</param>
public sealed record SchulzeResult(Standings Standings, IReadOnlyList<int> Winners, IReadOnlyList<double> Strengths);
