using System.Text.Json;
using Arena.Ranking.Metrics;
using Xunit;

namespace Arena.Ranking.Tests.Golden;

/// <summary>Rank correlations and distances of SciPy, scikit-learn and choix. What is NaN there is null here.</summary>
internal static class RankCorrelationGolden
{
    [GoldenFile("rank_correlation.json")]
    public static void Check(GoldenFile file)
    {
        double tolerance = file.Tolerance("abs");
        foreach (GoldenNode item in file.Root["cases"].Items)
        {
            GoldenNode input = item["input"], output = item["output"];
            double[] x = input["x"].Numbers(), y = input["y"].Numbers(), relevance = input["relevance"].Numbers(), score = input["score"].Numbers();
            foreach (string key in output.Names)
            {
                if (string.Equals(key, "rankdata_avg", StringComparison.Ordinal))
                {
                    output[key].Near([.. RankDistance.AverageRanks([.. x.Select(v => -v)])], tolerance);
                }
                else
                {
                    Same(output[key], Number(key, x, y, relevance, score), tolerance);
                }
            }
        }

        foreach (GoldenNode item in file.Root["distances"].Items)
        {
            double[] first = item["input"]["params1"].Numbers(), second = item["input"]["params2"].Numbers();
            item["output"]["choix_kendalltau_dist(params)"].Near(RankDistance.Inversions(first, second), 0);
            item["output"]["choix_footrule_dist"].Near(RankDistance.Footrule(first, second), tolerance);
            item["output"]["rmse_centred"].Near(RankDistance.CentredRootMeanSquare(first, second)!.Value, tolerance);
        }
    }

    private static double? Number(string key, double[] x, double[] y, double[] relevance, double[] score) => key switch
    {
        "kendall_tau_a(own sum)" => RankCorrelation.KendallTauA(x, y),
        "kendall_tau_b" => RankCorrelation.KendallTauB(x, y),
        "kendall_tau_c" => RankCorrelation.KendallTauC(x, y),
        "kendall_p" => RankCorrelation.KendallPValue(x, y),
        "weighted_tau" => RankCorrelation.WeightedTau(x, y),
        "spearman" => RankCorrelation.Spearman(x, y),
        "spearman_p" => RankCorrelation.SpearmanPValue(x, y),
        "pearson" => RankCorrelation.Pearson(x, y),
        "somers_d" => RankCorrelation.SomersD(x, y),
        "ndcg" => DiscountedGain.Ndcg(relevance, score),
        _ when key.StartsWith("ndcg@", StringComparison.Ordinal) => DiscountedGain.Ndcg(relevance, score, Places(key)),
        _ when key.StartsWith("dcg@", StringComparison.Ordinal) => DiscountedGain.Dcg(relevance, score, Places(key)),
        _ => throw new InvalidOperationException($"No metric answers to '{key}'."),
    };

    private static int Places(string key) => int.Parse(key[(key.IndexOf('@', StringComparison.Ordinal) + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    private static void Same(GoldenNode expected, double? actual, double tolerance)
    {
        if (expected.Kind is JsonValueKind.Null or JsonValueKind.String)
        {
            Assert.True(expected.Element.ValueKind == JsonValueKind.Null || expected.Text() is "nan" or "NaN");
            Assert.Null(actual);
        }
        else
        {
            Assert.NotNull(actual);
            expected.Near(actual.Value, tolerance);
        }
    }
}
