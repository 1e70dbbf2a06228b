using Arena.Ranking.Pairwise;
using Xunit;

namespace Arena.Ranking.Tests.Golden;

/// <summary>Bradley–Terry, its sandwich and bootstrap, and Elo, against FastChat, choix and arena-rank.</summary>
internal static class BradleyTerryGolden
{
    [GoldenFile("bt_elo_small.json", "bt_elo_ties.json", "bt_elo_sparse.json")]
    private static void Check(GoldenFile file)
    {
        string[] models = file.Input["models"].Texts();
        Ballots ballots = Battles(file, models);
        Standings standings = BradleyTerry.Fit(ballots);
        double exact = file.Tolerance("choix_ilsr");
        double unit = 400 / Math.Log(10);
        Named(file, "choix_ilsr_pairwise_dense_half_win_ties", models, i => (standings.Competitors[i].Rating - 1000) / unit, exact);
        Named(file, "elo_scale_of_that", models, i => standings.Competitors[i].Rating, exact * unit);
        Named(file, "fastchat_compute_bt_default(base10,scale400,init1000,tol1e-6)", models, i => standings.Competitors[i].Rating, file.Tolerance("fastchat_bt_elo"));
        file.Output["log_likelihood_pairwise_of_exact_on_doubled_data"].Near(2 * LogLikelihood(ballots, standings), 1e-7);
        CheckCounts(file, ballots);
        CheckSandwich(file, models, ballots);
        CheckElo(file, models, ballots);
        CheckBootstrap(file, models, ballots);
    }

    [GoldenFile("bt_real_chatbotarena.json")]
    private static void CheckReal(GoldenFile file)
    {
        string[] models = file.Input["models"].Texts();
        int[][] pairs = file.Input["pairs"].WholeRows(), counts = file.Input["win_loss_tie"].WholeRows();
        var tally = new PairwiseTally(models.Length);
        for (int p = 0; p < pairs.Length; p++)
        {
            PairOutcome[] outcomes =
            [
                .. Enumerable.Repeat(PairOutcome.FirstWins, counts[p][0]),
                .. Enumerable.Repeat(PairOutcome.SecondWins, counts[p][1]),
                .. Enumerable.Repeat(PairOutcome.Tie, counts[p][2]),
            ];
            int[] first = new int[outcomes.Length], second = new int[outcomes.Length];
            Array.Fill(first, pairs[p][0]);
            Array.Fill(second, pairs[p][1]);
            tally.Add(first, second, outcomes);
        }

        Standings standings = BradleyTerry.Fit(tally, new BradleyTerryOptions { Rounds = 200 });
        double[] ratings = [.. standings.Competitors.Select(c => c.Rating)];
        double unit = 400 / Math.Log(10), tolerance = file.Tolerance("choix");
        file.Output["bt_half_ties_exact_log_strength_mean0"].Near([.. ratings.Select(r => (r - 1000) / unit)], tolerance);
        file.Output["elo"].Near(ratings, tolerance * unit);
        file.Output["fastchat_elo(mean centred on 1000)"].Near(ratings, file.Tolerance("fastchat_elo"));
    }

    private static Ballots Battles(GoldenFile file, string[] models)
    {
        var builder = new BallotsBuilder(models.Length);
        foreach (IReadOnlyList<GoldenNode> battle in file.Input["battles"].Items.Select(b => b.Items))
        {
            builder.AddPair(Array.IndexOf(models, battle[0].Text()), Array.IndexOf(models, battle[1].Text()), battle[2].Text() switch
            {
                "model_a" => PairOutcome.FirstWins,
                "model_b" => PairOutcome.SecondWins,
                "tie" => PairOutcome.Tie,
                "tie (bothbad)" => PairOutcome.BothBad,
                var other => throw new FormatException($"'{other}' is no outcome."),
            });
        }

        return builder.ToBallots();
    }

    /// <summary>The file's win and tie matrices are the tally's.</summary>
    private static void CheckCounts(GoldenFile file, Ballots ballots)
    {
        double[][] wins = file.Input["wins"].Rows(), ties = file.Input["ties"].Rows();
        PairCells cells = Pairs(ballots).Votes;
        for (int i = 0; i < wins.Length; i++)
        {
            for (int j = i + 1; j < wins.Length; j++)
            {
                int at = cells.Find(i, j);
                (double Won, double Lost, double Tied) actual = at < 0 ? default : (cells.Won[at], cells.Lost[at], cells.Tied[at]);
                Assert.Equal((wins[i][j], wins[j][i], ties[i][j]), actual);
            }
        }
    }

    private static void CheckSandwich(GoldenFile file, string[] models, Ballots ballots)
    {
        GoldenNode output = file.Output["arena_rank_sandwich_95"];
        Assert.Equal(1e-5, output["hessian_reg"].Number());
        Assert.True(output["reg_times_n"].Flag());
        double tolerance = file.Tolerance("sandwich_elo");
        Standings standings = BradleyTerry.Fit(ballots, new BradleyTerryOptions { ArenaRankCompatible = true });
        int[] place = [.. output["competitors"].Texts().Select(name => Array.IndexOf(models, name))];
        output["ratings"].Near([.. place.Select(i => standings.Competitors[i].Rating)], tolerance);
        output["lower"].Near([.. place.Select(i => standings.Competitors[i].Low)], tolerance);
        output["upper"].Near([.. place.Select(i => standings.Competitors[i].High)], tolerance);
        output["variances"].Near([.. place.Select(i => standings.Covariance![i * models.Length + i])], tolerance);
    }

    private static void CheckElo(GoldenFile file, string[] models, Ballots ballots)
    {
        foreach (string key in file.Output.Names.Where(name => name.StartsWith("fastchat_compute_elo_k", StringComparison.Ordinal)))
        {
            Standings elo = Elo.Fit(ballots, new EloOptions
            {
                K = double.Parse(key["fastchat_compute_elo_k".Length..], System.Globalization.CultureInfo.InvariantCulture),
                Base = file.Params["base"].Number(),
                Scale = file.Params["scale"].Number(),
                Start = file.Params["init"].Number(),
                Intervals = false,
            });
            Named(file, key, models, i => elo.Competitors[i].Rating, file.Tolerance("fastchat_elo"));
        }
    }

    /// <summary>
    /// The peer's 2.5 %, 50 % and 97.5 % quantiles of 200 refits. A quantile of 200 draws is itself a draw: it sits where the distribution reaches
    /// 2.5 % ± 3 √(0.025 · 0.975 / 200) of its mass, and from that stretch of the engine's own distribution the file's tolerance counts, for
    /// each model; from the quantile itself it counts for the root mean square over models.
    /// </summary>
    private static void CheckBootstrap(GoldenFile file, string[] models, Ballots ballots)
    {
        GoldenNode output = file.Output["fastchat_bootstrap_bt_200_quantiles(stochastic)"];
        double tolerance = file.Tolerance("bootstrap_elo_quantile"), chance = 3 * Math.Sqrt(0.025 * 0.975 / 200);
        Standings At(double confidence) => BallotBootstrap.FitBradleyTerry(ballots, new BradleyTerryOptions { Rounds = 600, Confidence = confidence });
        Standings exact = At(0.95), inner = At(0.95 - 2 * chance), outer = At(0.9999);
        Assert.Equal(models.Length, output.Names.Count);
        double squares = 0;
        foreach (string name in output.Names)
        {
            int i = Array.IndexOf(models, name);
            double[] peer = output[name].Numbers();
            Assert.Equal(exact.Competitors[i].Rating, peer[1], tolerance);
            Assert.InRange(peer[0], outer.Competitors[i].Low - tolerance, inner.Competitors[i].Low + tolerance);
            Assert.InRange(peer[2], inner.Competitors[i].High - tolerance, outer.Competitors[i].High + tolerance);
            squares += Math.Pow(peer[0] - exact.Competitors[i].Low, 2) + Math.Pow(peer[2] - exact.Competitors[i].High, 2);
        }

        Assert.InRange(Math.Sqrt(squares / (2 * models.Length)), 0, tolerance);
    }

    private static void Named(GoldenFile file, string key, string[] models, Func<int, double> value, double tolerance)
    {
        GoldenNode output = file.Output[key];
        Assert.Equal(models.Length, output.Names.Count);
        foreach (string name in output.Names)
        {
            output[name].Near(value(Array.IndexOf(models, name)), tolerance);
        }
    }

    private static double LogLikelihood(Ballots ballots, Standings standings) =>
        new BradleyTerryMaximiser(PairwiseCounts.Of(Pairs(ballots).Votes, null, 0), new BradleyTerryOptions())
            .LogLikelihood([.. standings.Competitors.Select(c => c.Offset * Math.Log(10) / 400)]);

    private static TalliedPairs Pairs(Ballots ballots)
    {
        var tally = new PairwiseTally(ballots.Competitors);
        tally.Add(ballots);
        return tally.ToPairs();
    }
}
