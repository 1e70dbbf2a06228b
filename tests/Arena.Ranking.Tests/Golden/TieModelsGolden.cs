using System.Globalization;
using Xunit;

namespace Arena.Ranking.Tests.Golden;

/// <summary>leaderbot's and scorio's tie models.</summary>
internal static class TieModelsGolden
{
    private static readonly RaoKupperOptions RaoKupperQuick = new() { Rounds = 50 };
    private static readonly DavidsonOptions DavidsonQuick = new() { Rounds = 50 };

    [GoldenFile("tie_models_small.json")]
    private static void Check(GoldenFile file)
    {
        double log = file.Tolerance("log_strength"), parameter = file.Tolerance("tie_param"), nll = file.Tolerance("nll");
        Check(file, file.Output, log, parameter, nll);
    }

    [GoldenFile("bt_real_chatbotarena.json")]
    private static void CheckReal(GoldenFile file)
    {
        double tolerance = file.Tolerance("tie_models_log_strength");
        Check(file, file.Output["tie_models"], tolerance, tolerance, tolerance);
    }

    [GoldenFile("bt_elo_small.json", "bt_elo_ties.json", "bt_elo_sparse.json")]
    private static void CheckScorio(GoldenFile file)
    {
        Ballots votes = PairVotes.OfBattles(file, out _);
        double tolerance = file.Tolerance("davidson/rao_kupper(L-BFGS-B numeric grad)");
        if (file.Output.Has("scorio_davidson_ml_log_pi_mean0"))
        {
            file.Output["scorio_davidson_ml_log_pi_mean0"].Near(PairVotes.LogStrengths(Davidson.Fit(votes, DavidsonQuick)), tolerance);
        }

        const string Before = "scorio_rao_kupper_ml_kappa", After = "_log_pi_mean0";
        foreach (string key in file.Output.Names.Where(k => k.StartsWith(Before, StringComparison.Ordinal)))
        {
            double kappa = double.Parse(key[Before.Length..^After.Length], CultureInfo.InvariantCulture);
            file.Output[key].Near(PairVotes.LogStrengths(RaoKupper.Fit(votes, RaoKupperQuick with { Kappa = kappa })), tolerance);
        }
    }

    private static void Check(GoldenFile file, GoldenNode output, double log, double parameter, double nll)
    {
        Ballots votes = PairVotes.OfCounts(file);
        Standings raoKupper = RaoKupper.Fit(votes, RaoKupperQuick), davidson = Davidson.Fit(votes, DavidsonQuick);
        double eta = Math.Log(raoKupper.Coefficients.Single().Value), mu = Math.Log(davidson.Coefficients.Single().Value);
        output["rao_kupper"]["log_strength_mean0"].Near(PairVotes.LogStrengths(raoKupper), log);
        output["rao_kupper"]["eta(tie threshold; last param)"].Near(eta, parameter);
        output["davidson"]["log_strength_mean0"].Near(PairVotes.LogStrengths(davidson), log);
        output["davidson"]["mu(log nu; last param)"].Near(mu, parameter);

        output["rao_kupper"]["loss_mean_nll"].Near(MeanLoss(votes, PairVotes.LogStrengths(raoKupper), z => (Sigmoid(z - eta), Sigmoid(-z - eta))), nll);
        output["davidson"]["loss_mean_nll"].Near(
            MeanLoss(
                votes,
                PairVotes.LogStrengths(davidson),
                z => (1 / (1 + Math.Exp(-z) + Math.Exp(-(z / 2 - mu))), 1 / (1 + Math.Exp(z) + Math.Exp(-(-z / 2 - mu))))),
            nll);
    }

    /// <summary>−mean log-likelihood of a vote, from the formulas of the file.</summary>
    private static double MeanLoss(Ballots votes, double[] theta, Func<double, (double Win, double Loss)> chances)
    {
        (double sum, double weight) = (0, 0);
        for (int b = 0; b < votes.Count; b++)
        {
            Ballot vote = votes[b];
            (double win, double loss) = chances(theta[vote.Competitors[0]] - theta[vote.Competitors[1]]);
            sum -= vote.Weight * Math.Log(vote.Tiers == 1 ? 1 - win - loss : win);
            weight += vote.Weight;
        }

        Assert.True(weight > 0);
        return sum / weight;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
