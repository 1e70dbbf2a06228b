using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Resampling;
using Arena.Ranking.Voting;

namespace Arena.Ranking;

/// <summary>
/// Ranked pairs (Tideman 1987): duels are locked in from the largest margin down, each unless it would close a cycle with
/// those already locked. Elects whoever beats everybody and ignores clones.
/// </summary>
/// <remarks>
/// <para>Rating: competitors below, less competitors above, in the locked relation. Duels of equal margin can be taken in
/// different orders with different results: all of them are tried ("parallel universes") and ratings averaged over the
/// different results, so that no name is preferred; where that grows too large, or when asked, they are taken by index.</para>
/// <para>Every bootstrap round takes equal duels in a random order of names.</para>
/// </remarks>
public static class RankedPairs
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "ranked-pairs";

    /// <summary>Ranks by ballots, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static RankedPairsResult Fit(Ballots ballots, RankedPairsOptions? options = null) =>
        TryFit(ballots, options, out RankedPairsResult? result, out Diagnosis? diagnosis) ? result : throw new RankingException(diagnosis);

    /// <summary>Ranks by ballots, or says why not: <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.Unvoted"/> or <see cref="Diagnosis.OneCompetitor"/>.</summary>
    public static bool TryFit(
        Ballots ballots,
        RankedPairsOptions? options,
        [NotNullWhen(true)] out RankedPairsResult? result,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new RankedPairsOptions();
        return VoteTable.Of(ballots, options.Resampling).TryApply(Apply, options, out result, out diagnosis);
    }

    /// <summary>Ranks by samples; every sample is a ballot, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static RankedPairsResult Fit(ScoreMatrix scores, RankedPairsOptions? options = null) =>
        TryFit(scores, options, out RankedPairsResult? result, out Diagnosis? diagnosis) ? result : throw new RankingException(diagnosis);

    /// <summary>Ranks by samples, or says why not: <see cref="Diagnosis.NoSamples"/>, <see cref="Diagnosis.Unmeasured"/> or <see cref="Diagnosis.OneCompetitor"/>.</summary>
    public static bool TryFit(
        ScoreMatrix scores,
        RankedPairsOptions? options,
        [NotNullWhen(true)] out RankedPairsResult? result,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new RankedPairsOptions();
        return VoteTable.Of(scores, options.Resampling).TryApply(Apply, options, out result, out diagnosis);
    }

    private static RankedPairsResult Apply(VoteTable table, RankedPairsOptions options)
    {
        double[] margins = table.Duels(null).Margins();
        int n = table.Competitors;
        int[] byIndex = [.. Enumerable.Range(0, n)];
        List<LockedDuels> universes = [LockedDuels.InOrder(margins, n, byIndex)];
        bool all = options.Ties == RankedPairsTies.AllUniverses && LockedDuels.TryAll(margins, n, options.MaxStates, universes);
        var ratings = new double[n];
        foreach (LockedDuels universe in universes)
        {
            double[] scores = universe.Scores();
            for (int i = 0; i < n; i++)
            {
                ratings[i] += scores[i] / universes.Count;
            }
        }

        string[] notes = all || options.Ties == RankedPairsTies.ByIndex
            ? []
            : ["Too many duels have equal margins to try every order: they were taken by index."];
        Standings standings = VoteBootstrap.Standings(Name, table, options, ratings, new FitDiagnostics(0, StopReason.ClosedForm, 0, notes), (times, round) =>
        {
            var random = new Xoshiro256(options.Seed, ~round);
            return LockedDuels.InOrder(table.Duels(times).Margins(), n, random.Permutation(n)).Scores();
        });
        int[] winners = [.. byIndex.Where(i => universes.Exists(u => u.NobodyAbove(i)))];
        bool[] above = new bool[n * n];
        for (int k = 0; k < above.Length; k++)
        {
            above[k] = universes.TrueForAll(u => u.Above(k / n, k % n));
        }

        return new RankedPairsResult(standings, winners, all, above);
    }
}

/// <summary>What ranked pairs find.</summary>
/// <param name="Standings">Ratings and intervals.</param>
/// <param name="Winners">Those who come first for some order of equal duels, in order of index.</param>
/// <param name="AllUniverses">Whether every order of equal duels was tried; if not, they were taken by index.</param>
/// <param name="Above">n × n flags row by row: whether the row stands above the column in every universe tried.</param>
public sealed record RankedPairsResult(Standings Standings, IReadOnlyList<int> Winners, bool AllUniverses, IReadOnlyList<bool> Above);
