using System.Text.Json;
using Xunit;

namespace Arena.Ranking.Tests.Golden;

/// <summary>Voting rules of pref_voting (complete ballots) and open_spiel (partial, weighted ones). Scores are exact.</summary>
internal static class VotingGolden
{
    [GoldenFile("voting_rules.json")]
    public static void PrefVoting(GoldenFile file)
    {
        double lottery = file.Tolerance("lottery_abs");
        foreach (GoldenNode item in file.Root["cases"].Items)
        {
            var builder = new BallotsBuilder(item["input"]["rankings"].WholeRows()[0].Length);
            foreach (int[] ranking in item["input"]["rankings"].WholeRows())
            {
                builder.AddRanking(ranking);
            }

            PrefVoting(builder.ToBallots(), item["output"], lottery);
        }
    }

    [GoldenFile("voting_open_spiel_partial_ballots.json")]
    public static void OpenSpiel(GoldenFile file)
    {
        double tolerance = file.Tolerance("scores");
        foreach (GoldenNode item in file.Root["cases"].Items)
        {
            string[] names = item["input"]["alternatives"].Texts();
            var builder = new BallotsBuilder(names.Length);
            foreach (JsonElement vote in item["input"]["weighted_votes"].Element.EnumerateArray())
            {
                int[] ranking = [.. vote[1].EnumerateArray().Select(name => Array.IndexOf(names, name.GetString()))];
                builder.AddRanking(ranking, new BallotDetails(vote[0].GetDouble()));
            }

            OpenSpiel(builder.ToBallots(), names, item["output"], tolerance);
        }
    }

    private static void PrefVoting(Ballots ballots, GoldenNode output, double lottery)
    {
        int n = ballots.Competitors;
        PairwiseVotes duels = PairwiseVotes.Of(ballots);
        Matrix(output["margin_matrix"], n, duels.Margin);
        Standings borda = Borda.Fit(ballots, new BordaOptions { Resampling = VoteResampling.None });
        Scores(output["borda_scores"], borda, 0);
        Assert.Equal(output["borda"].Wholes(), Winners(borda));
        Assert.Equal(output["plurality"].Wholes(), Winners(Plurality.Fit(ballots, Quick)));
        Standings copeland = Copeland.Fit(ballots, new CopelandOptions { Resampling = VoteResampling.None });
        Scores(output["copeland_scores"], copeland, 0);
        Assert.Equal(output["copeland"].Wholes(), Winners(copeland));
        Assert.Equal(output["condorcet"].Element is { ValueKind: JsonValueKind.Number } winner ? winner.GetInt32() : null, duels.CondorcetWinner());
        Standings minimax = Minimax.Fit(ballots, Quick);
        Scores(output["minimax_scores"], minimax, 0);
        Assert.Equal(output["minimax_winners"].Wholes(), Winners(minimax));
        Assert.Equal(output["schulze_beat_path"].Wholes(), Schulze.Fit(ballots, new SchulzeOptions { Resampling = VoteResampling.None }).Winners);
        RankedPairsResult rankedPairs = RankedPairs.Fit(ballots, new RankedPairsOptions { Resampling = VoteResampling.None });
        Assert.True(rankedPairs.AllUniverses);
        Assert.Equal(output["ranked_pairs"].Wholes(), rankedPairs.Winners);
        Assert.Equal(output["uncovered_set"].Wholes(), duels.UncoveredSet());
        Assert.Equal(output["top_cycle"].Wholes(), duels.TopCycle());
        KemenyResult kemeny = Kemeny.Fit(ballots, new KemenyOptions { Resampling = VoteResampling.None, MaxRankings = 10_000 });
        Assert.True(kemeny.Exact);
        output["kemeny_distance"].Near(kemeny.Distance, 0);
        Assert.Equal(
            output["kemeny_rankings"].WholeRows().Select(r => string.Join(' ', r)).Order(StringComparer.Ordinal),
            kemeny.Rankings.Select(r => string.Join(' ', r)).Order(StringComparer.Ordinal));
        Lotteries(ballots, output, lottery);
    }

    private static void Lotteries(Ballots ballots, GoldenNode output, double tolerance)
    {
        LotteryResult margins = MaximalLottery.Fit(ballots, new MaximalLotteryOptions { Resampling = VoteResampling.None });
        Assert.True(margins.DualityGap <= 1e-9 * ballots.Count);
        // the peer calls unique what has one equilibrium of equal supports; where there are other optimal lotteries, its
        // linear program gives one of them and its enumeration their average, as here
        bool unique = output["maximal_lottery_unique"].Flag();
        Assert.True(unique || !margins.Unique);
        int equilibria = output["n_equilibria_support_enum"].Whole();
        Assert.True(!margins.Unique || equilibria == 1);
        double[] linear = ByIndex(output["maximal_lottery_lp"]), enumerated = ByIndex(output["maximal_lottery_enum_avg"]);
        Assert.True(PairwiseVotes.Of(ballots) is var duels && Enumerable.Range(0, linear.Length).All(j => linear.Select((p, i) => p * duels.Margin(i, j)).Sum() >= -tolerance * ballots.Count));
        if (margins.Unique)
        {
            Near(linear, margins.Probabilities, tolerance);
        }

        if (unique)
        {
            Near(enumerated, margins.Probabilities, tolerance);
        }

        LotteryResult majorities = MaximalLottery.Fit(ballots, new MaximalLotteryOptions { Resampling = VoteResampling.None, Stakes = LotteryStakes.Majorities });
        Assert.True(majorities.DualityGap <= 1e-9);
        double[] peers = ByIndex(output["c1_maximal_lottery_enum_avg"]);
        if (majorities.Unique)
        {
            Near(peers, majorities.Probabilities, tolerance);
        }
    }

    private static void OpenSpiel(Ballots ballots, string[] names, GoldenNode output, double tolerance)
    {
        int n = names.Length;
        PairwiseVotes duels = PairwiseVotes.Of(ballots);
        Matrix(output["margin_matrix"], n, duels.Margin);
        Matrix(output["pref_matrix"], n, duels.For);
        ByRating(output["copeland"], Copeland.Fit(ballots, new CopelandOptions { Resampling = VoteResampling.None, Scale = CopelandScale.HalfForDraw }));
        ByRating(output["borda"], Borda.Fit(ballots, new BordaOptions { Resampling = VoteResampling.None }));

        // open_spiel adds up, along its ranking from the worst, the votes for each over the next
        SchulzeResult schulze = Schulze.Fit(ballots, new SchulzeOptions { Resampling = VoteResampling.None, Strength = DuelStrength.WinningVotes });
        int[] ranking = Ranking(output["schulze"]);
        var sums = new double[n];
        for (int k = n - 2; k >= 0; k--)
        {
            sums[k] = sums[k + 1] + duels.For(ranking[k], ranking[k + 1]);
        }

        output["schulze"]["scores"].Near(sums, tolerance);
        Agrees(ranking, (i, j) => schulze.Strengths[i * n + j] > schulze.Strengths[j * n + i]);

        // the margins of all duels locked among a competitor and those below it
        RankedPairsResult locked = RankedPairs.Fit(ballots, new RankedPairsOptions { Resampling = VoteResampling.None, Ties = RankedPairsTies.ByIndex });
        ranking = Ranking(output["ranked_pairs"]);
        output["ranked_pairs"]["scores"].Near([.. ranking.Select(i => LockedMargins(i, n, locked, duels))], tolerance);
        Agrees(ranking, (i, j) => locked.Above[i * n + j]);

        // votes for each over all that its ranking places below; the ranking is one of the best
        KemenyResult kemeny = Kemeny.Fit(ballots, new KemenyOptions { Resampling = VoteResampling.None, MaxRankings = 10_000 });
        ranking = Ranking(output["kemeny_young"]);
        output["kemeny_young"]["scores"].Near([.. ranking.Select((i, k) => ranking[(k + 1)..].Sum(j => duels.For(i, j)))], tolerance);
        Assert.Contains(kemeny.Rankings, r => r.SequenceEqual(ranking));

        int[] Ranking(GoldenNode node) => [.. node["ranking"].Texts().Select(name => Array.IndexOf(names, name))];

        void ByRating(GoldenNode node, Standings standings)
        {
            node["scores"].Near([.. Ranking(node).Select(i => standings.Competitors[i].Rating)], tolerance);
            Agrees(Ranking(node), (i, j) => standings.Competitors[i].Rating > standings.Competitors[j].Rating);
        }
    }

    private static double LockedMargins(int competitor, int n, RankedPairsResult locked, PairwiseVotes duels)
    {
        int[] reached = [competitor, .. Enumerable.Range(0, n).Where(j => locked.Above[competitor * n + j])];
        return reached.Sum(i => reached.Where(j => locked.Above[i * n + j]).Sum(j => Math.Max(0, duels.Margin(i, j))));
    }

    private static VotingOptions Quick => new() { Resampling = VoteResampling.None };

    private static void Agrees(int[] ranking, Func<int, int, bool> above)
    {
        for (int p = 0; p < ranking.Length; p++)
        {
            for (int q = p + 1; q < ranking.Length; q++)
            {
                Assert.False(above(ranking[q], ranking[p]));
            }
        }
    }

    private static void Matrix(GoldenNode expected, int n, Func<int, int, double> value)
    {
        double[][] rows = expected.Rows();
        Assert.Equal(n, rows.Length);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                Assert.Equal(rows[i][j], i == j ? 0 : value(i, j));
            }
        }
    }

    private static void Scores(GoldenNode expected, Standings standings, double tolerance) =>
        Near(ByIndex(expected), [.. standings.Competitors.Select(c => c.Rating)], tolerance);

    private static double[] ByIndex(GoldenNode node)
    {
        double[] values = new double[node.Names.Count];
        foreach (string name in node.Names)
        {
            values[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] = node[name].Number();
        }

        return values;
    }

    private static void Near(double[] expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Count);
        Assert.All(expected, (value, i) => Assert.InRange(actual[i], value - tolerance, value + tolerance));
    }

    private static int[] Winners(Standings standings)
    {
        double most = standings.Competitors.Max(c => c.Rating);
        return [.. standings.Competitors.Where(c => c.Rating >= most).Select(c => c.Index)];
    }
}
