using System.Globalization;

namespace Arena.Ranking.Tests.Golden;

/// <summary>choix's expectation propagation.</summary>
internal static class BayesianBradleyTerryGolden
{
    [GoldenFile("bt_bayes_ep_pairwise.json")]
    private static void Check(GoldenFile file)
    {
        int n = file.Input["n_items"].Whole();
        var builder = new BallotsBuilder(n);
        foreach (int[] pair in file.Input["winner_loser"].WholeRows())
        {
            builder.AddPair(pair[0], pair[1], PairOutcome.FirstWins);
        }

        Ballots votes = builder.ToBallots();
        double unit = 400 / Math.Log(10);
        foreach (string key in file.Output.Names)
        {
            string[] parts = key.Split("_alpha");
            double alpha = double.Parse(parts[1], CultureInfo.InvariantCulture);
            Standings standings = BayesianBradleyTerry.Fit(votes, new BayesianBradleyTerryOptions
            {
                PriorPrecision = alpha,
                Link = parts[0] is "probit" ? PairLink.Probit : PairLink.Logit,
                ChoixCompatible = true,
                Rounds = 50,
            });

            file.Output[key]["mean"].Near([.. standings.Competitors.Select(c => (c.Rating - 1000) / unit)], file.Tolerance("mean"));
            double[][] covariance = file.Output[key]["cov"].Rows();
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    // the standings leave out the common level, whose variance is the prior's
                    Xunit.Assert.Equal(covariance[i][j], standings.Covariance![i * n + j] / unit / unit + 1 / (alpha * n), file.Tolerance("cov"));
                }
            }
        }
    }
}
