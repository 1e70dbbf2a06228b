using System.Text.Json;

namespace Arena.Ranking.Tests.Golden;

/// <summary>choix's spectral estimators on the pairwise files.</summary>
internal static class PlackettLucePairsGolden
{
    [GoldenFile("bt_elo_small.json", "bt_elo_ties.json", "bt_elo_sparse.json")]
    private static void Check(GoldenFile file)
    {
        double tolerance = file.Tolerance("choix_ilsr");
        Ballots ballots = Battles(file);

        // choix's pairwise data: a win twice, a tie once each way; the half-win matrix in the dense estimator
        file.Output["choix_lsr_pairwise_one_step"].Near(LogStrengths.Of(ballots, LogStrengths.OneStep(0)), tolerance);
        foreach (string key in file.Output.Names.Where(name => name.StartsWith(Dense, StringComparison.Ordinal)))
        {
            double rate = double.Parse(key[Dense.Length..], System.Globalization.CultureInfo.InvariantCulture);
            file.Output[key].Near(
                LogStrengths.Of(ballots, new PlackettLuceOptions { Solver = PlackettLuceSolver.Spectral, SpectralAlpha = rate, Tolerance = 1e-12 }),
                tolerance);
        }
    }

    /// <summary>The penalised likelihood of the data twice over: a win twice, a tie once each way.</summary>
    [GoldenFile("bt_elo_small.json", "bt_elo_ties.json", "bt_elo_sparse.json")]
    private static void CheckRidge(GoldenFile file)
    {
        Ballots ballots = Battles(file, weight: 2);
        foreach (string key in file.Output.Names.Where(name => name.StartsWith(Ridge, StringComparison.Ordinal)))
        {
            double ridge = double.Parse(key[Ridge.Length..key.IndexOf('(', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
            file.Output[key].Near(LogStrengths.Of(ballots, new PlackettLuceOptions { Ridge = ridge }), file.Tolerance("choix_opt"));
        }
    }

    private const string Ridge = "choix_opt_pairwise_alpha";

    private const string Dense = "choix_ilsr_dense_alpha";

    private static Ballots Battles(GoldenFile file, double weight = 1)
    {
        string[] models = file.Input["models"].Texts();
        var builder = new BallotsBuilder(models.Length);
        foreach (JsonElement battle in file.Input["battles"].Element.EnumerateArray())
        {
            builder.AddPair(Array.IndexOf(models, battle[0].GetString()), Array.IndexOf(models, battle[1].GetString()), battle[2].GetString() switch
            {
                "model_a" => PairOutcome.FirstWins,
                "model_b" => PairOutcome.SecondWins,
                _ => PairOutcome.Tie,
            }, new BallotDetails(weight));
        }

        return builder.ToBallots();
    }
}
