using System.Globalization;

namespace Arena.Ranking.Tests.Golden;

/// <summary>FastChat's style control and choix's ridge-regularised likelihood.</summary>
internal static class ContextualBradleyTerryGolden
{
    [GoldenFile("bt_style_control.json")]
    private static void Check(GoldenFile file)
    {
        int[][] pairs = file.Input["matchups"].WholeRows();
        double[] outcomes = file.Input["outcomes"].Numbers();
        double[][] features = file.Input["features"].Rows();
        int n = file.Output["ratings_natural"].Element.GetArrayLength();
        Ballots votes = Ballots.FromPairs(
            n,
            [.. pairs.Select(p => p[0])],
            [.. pairs.Select(p => p[1])],
            [.. outcomes.Select(o => o switch { 1 => PairOutcome.FirstWins, 0 => PairOutcome.SecondWins, _ => PairOutcome.Tie })]);
        Covariates covariates = Covariates.Create([.. features[0].Select((_, k) => $"feature {k}")], features.Length, [.. features.SelectMany(f => f)]);
        double tolerance = file.Tolerance("abs_params");

        Standings standings = ContextualBradleyTerry.Fit(votes, covariates, new ContextualBradleyTerryOptions { Ridge = file.Params["reg"].Number(), Rounds = 50 });

        file.Output["ratings_natural"].Near([.. standings.Competitors.Select(c => (c.Rating - 1000) / 400)], tolerance);
        file.Output["ratings_elo"].Near([.. standings.Competitors.Select(c => c.Rating)], tolerance * 400);
        file.Output["feature_coefs"].Near([.. standings.Coefficients.Select(c => c.Value)], tolerance);
    }

    [GoldenFile("bt_elo_small.json", "bt_elo_ties.json", "bt_elo_sparse.json")]
    private static void CheckChoixOpt(GoldenFile file)
    {
        const string Before = "choix_opt_pairwise_alpha";
        Ballots votes = PairVotes.OfBattles(file, out _);
        foreach (string key in file.Output.Names.Where(k => k.StartsWith(Before, StringComparison.Ordinal)))
        {
            double alpha = double.Parse(key[Before.Length..key.IndexOf('(', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
            // choix maximises 2 L − α Σ θ² (every vote stands twice): L − (α/2) Σ θ², θ = ln 10 · r
            double ridge = alpha * Math.Log(10) * Math.Log(10);
            Standings standings = ContextualBradleyTerry.Fit(votes, Covariates.None(votes.Count), new ContextualBradleyTerryOptions { Ridge = ridge, Rounds = 50 });
            file.Output[key].Near([.. standings.Competitors.Select(c => (c.Rating - 1000) * Math.Log(10) / 400)], file.Tolerance("choix_opt"));
        }
    }
}
