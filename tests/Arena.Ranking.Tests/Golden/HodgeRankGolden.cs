using System.Text.Json;

namespace Arena.Ranking.Tests.Golden;

/// <summary>HodgeRank of scorio, weights the number of battles.</summary>
internal static class HodgeRankGolden
{
    [GoldenFile("bt_elo_small.json", "bt_elo_ties.json", "bt_elo_sparse.json")]
    public static void Check(GoldenFile file)
    {
        string[] models = file.Input["models"].Texts();
        var builder = new BallotsBuilder(models.Length);
        foreach (JsonElement battle in file.Input["battles"].Element.EnumerateArray())
        {
            PairOutcome outcome = battle[2].GetString() switch
            {
                "model_a" => PairOutcome.FirstWins,
                "model_b" => PairOutcome.SecondWins,
                _ => PairOutcome.Tie,
            };
            builder.AddPair(Array.IndexOf(models, battle[0].GetString()), Array.IndexOf(models, battle[1].GetString()), outcome);
        }

        Ballots ballots = builder.ToBallots();
        double tolerance = file.Tolerance("hodge");
        foreach (string key in file.Output.Names.Where(k => k.StartsWith("scorio_hodge_rank_", StringComparison.Ordinal)))
        {
            int eps = key.IndexOf("_eps", StringComparison.Ordinal);
            HodgeRankOptions options = eps < 0
                ? new HodgeRankOptions { Resampling = VoteResampling.None }
                : new HodgeRankOptions
                {
                    Resampling = VoteResampling.None,
                    Flow = HodgeFlow.LogOdds,
                    Epsilon = double.Parse(key[(eps + 4)..key.LastIndexOf('_')], System.Globalization.CultureInfo.InvariantCulture),
                };
            file.Output[key].Near([.. HodgeRank.Fit(ballots, options).Standings.Competitors.Select(c => c.Rating)], tolerance);
        }
    }
}
