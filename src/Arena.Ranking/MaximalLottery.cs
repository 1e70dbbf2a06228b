using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Resampling;
using Arena.Ranking.Voting;

namespace Arena.Ranking;

/// <summary>
/// Maximal lottery (Kreweras 1965; Fishburn 1984; Brandl, Brandt, Seedig 2016), also the von Neumann winner or minimax
/// strategy: probabilities p with Σᵢ pᵢ m(i, j) ≥ 0 for every j, m the margins: no competitor beats the lottery on
/// average. Ignores clones; the shares of clones add up to that of the original.
/// </summary>
/// <remarks>
/// Rating: the probability, so most competitors have 0 and say nothing about each other: it names the top, it does not
/// rank the rest. Solved as a linear program by the simplex method. Where several lotteries are optimal, the rating is
/// the average of the extreme ones: of all up to 8 competitors, of those that give some competitor the most up to 60;
/// above that it is one of them. A bootstrap round takes any one, with the names in a random order.
/// </remarks>
public static class MaximalLottery
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "maximal-lottery";

    /// <summary>Ranks by ballots, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static LotteryResult Fit(Ballots ballots, MaximalLotteryOptions? options = null) =>
        TryFit(ballots, options, out LotteryResult? result, out Diagnosis? diagnosis) ? result : throw new RankingException(diagnosis);

    /// <summary>Ranks by ballots, or says why not: <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.Unvoted"/> or <see cref="Diagnosis.OneCompetitor"/>.</summary>
    public static bool TryFit(
        Ballots ballots,
        MaximalLotteryOptions? options,
        [NotNullWhen(true)] out LotteryResult? result,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new MaximalLotteryOptions();
        return VoteTable.Of(ballots, options.Resampling).TryApply(Apply, options, out result, out diagnosis);
    }

    /// <summary>Ranks by samples; every sample is a ballot, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static LotteryResult Fit(ScoreMatrix scores, MaximalLotteryOptions? options = null) =>
        TryFit(scores, options, out LotteryResult? result, out Diagnosis? diagnosis) ? result : throw new RankingException(diagnosis);

    /// <summary>Ranks by samples, or says why not: <see cref="Diagnosis.NoSamples"/>, <see cref="Diagnosis.Unmeasured"/> or <see cref="Diagnosis.OneCompetitor"/>.</summary>
    public static bool TryFit(
        ScoreMatrix scores,
        MaximalLotteryOptions? options,
        [NotNullWhen(true)] out LotteryResult? result,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new MaximalLotteryOptions();
        return VoteTable.Of(scores, options.Resampling).TryApply(Apply, options, out result, out diagnosis);
    }

    private static LotteryResult Apply(VoteTable table, MaximalLotteryOptions options)
    {
        double[] stakes = Stakes(table.Duels(null), options.Stakes);
        int n = table.Competitors;
        SymmetricGame.Solution solution = SymmetricGame.Solve(stakes, n);
        string[] notes = solution.Unique ? [] : ["Several lotteries are optimal, or may be; this is an average of them, or one of more than 60 competitors."];
        Standings standings = VoteBootstrap.Standings(Name, table, options, solution.Strategy, new FitDiagnostics(0, StopReason.ClosedForm, 0, notes), (times, round) =>
            InOrder(Stakes(table.Duels(times), options.Stakes), new Xoshiro256(options.Seed, ~round).Permutation(n)));
        return new LotteryResult(standings, solution.Strategy, solution.Gap, solution.Unique);
    }

    /// <summary>A lottery with the competitors in the order given: which of several optimal ones the simplex finds depends on it.</summary>
    private static double[] InOrder(double[] stakes, int[] order)
    {
        int n = order.Length;
        var ordered = new double[stakes.Length];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                ordered[i * n + j] = stakes[order[i] * n + order[j]];
            }
        }

        double[] found = SymmetricGame.AnyStrategy(ordered, n), strategy = new double[n];
        for (int i = 0; i < n; i++)
        {
            strategy[order[i]] = found[i];
        }

        return strategy;
    }

    private static double[] Stakes(PairwiseVotes duels, LotteryStakes stakes)
    {
        double[] margins = duels.Margins();
        if (stakes == LotteryStakes.Majorities)
        {
            for (int k = 0; k < margins.Length; k++)
            {
                margins[k] = Math.Sign(margins[k]);
            }
        }

        return margins;
    }
}

/// <summary>What a maximal lottery is.</summary>
/// <param name="Standings">Probabilities as ratings, with intervals.</param>
/// <param name="Probabilities">One a competitor; they add up to 1.</param>
/// <param name="DualityGap">How much the best answer to the lottery wins against it, in votes (duels under <see cref="LotteryStakes.Majorities"/>): 0 up to rounding.</param>
/// <param name="Unique">Whether it is certain that no other lottery is optimal.</param>
public sealed record LotteryResult(Standings Standings, IReadOnlyList<double> Probabilities, double DualityGap, bool Unique);
