using System.Text.Json;
using Arena.Ranking.Pairwise;
using Arena.Ranking.Resampling;
using Xunit;

namespace Arena.Ranking.Tests;

/// <summary>The numbers of other implementations, from their own code (tests/golden). A battle becomes a sample of two scores.</summary>
public sealed class BradleyTerryGoldenTests
{
    private static readonly string Folder = Path.Combine(Boards.RepositoryRoot, "tests", "golden");

    private static readonly Dictionary<string, Action<Golden, JsonElement>> Checks = new(StringComparer.Ordinal)
    {
        ["choix_ilsr_pairwise_dense_half_win_ties"] = (g, output) => g.Each(output, (c, expected) =>
            Assert.Equal(expected, (c.Rating - 1000) * Math.Log(10) / 400, g.Tolerance("choix_ilsr"))),
        ["elo_scale_of_that"] = (g, output) => g.Each(output, (c, expected) =>
            Assert.Equal(expected, c.Rating, g.Tolerance("choix_ilsr") * 400 / Math.Log(10))),
        ["fastchat_compute_bt_default(base10,scale400,init1000,tol1e-6)"] = (g, output) => g.Each(output, (c, expected) =>
            Assert.Equal(expected, c.Rating, g.Tolerance("fastchat_bt_elo"))),
        ["log_likelihood_pairwise_of_exact_on_doubled_data"] = (g, output) =>
            Assert.Equal(output.GetDouble(), g.DoubledLogLikelihood(), 1e-7),
        ["arena_rank_sandwich_95"] = Sandwich,
    };

    [Theory]
    [InlineData("bt_elo_small.json")]
    [InlineData("bt_elo_ties.json")]
    [InlineData("bt_elo_sparse.json")]
    public void Fit_PeersBattles_GivesPeersNumbers(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file)));
        string notCovered = File.ReadAllText(Path.Combine(Folder, "not-covered.md"));
        var golden = new Golden(document.RootElement);
        int checks = 0;
        foreach (JsonProperty output in document.RootElement.GetProperty("output").EnumerateObject())
        {
            if (Checks.TryGetValue(output.Name, out Action<Golden, JsonElement>? check))
            {
                check(golden, output.Value);
                checks++;
            }
            else
            {
                Assert.Contains($"| {output.Name} |", notCovered, StringComparison.Ordinal);
            }
        }

        Assert.Equal(Checks.Count, checks);
    }

    private static void Sandwich(Golden golden, JsonElement output)
    {
        double tolerance = golden.Tolerance("sandwich_elo");
        double[] ratings = Numbers(output, "ratings"), lower = Numbers(output, "lower"), upper = Numbers(output, "upper"), variances = Numbers(output, "variances");
        for (int k = 0; k < ratings.Length; k++)
        {
            int i = golden.IndexOf(output.GetProperty("competitors")[k].GetString()!);
            Standing c = golden.ArenaRank.Competitors[i];
            Assert.Equal(ratings[k], c.Rating, tolerance);
            Assert.Equal(lower[k], c.Low, tolerance);
            Assert.Equal(upper[k], c.High, tolerance);
            Assert.Equal(variances[k], golden.ArenaRank.Covariance![i * golden.Models.Length + i], tolerance * 10);
        }
    }

    private static double[] Numbers(JsonElement parent, string key) =>
        [.. parent.GetProperty(key).EnumerateArray().Select(v => v.GetDouble())];

    private sealed class Golden
    {
        private readonly JsonElement _tolerance;
        private readonly ScoreMatrix _scores;
        private readonly Standings _standings;

        public Golden(JsonElement root)
        {
            _tolerance = root.GetProperty("tolerance");
            JsonElement input = root.GetProperty("input");
            Models = [.. input.GetProperty("models").EnumerateArray().Select(m => m.GetString()!)];
            JsonElement[] battles = [.. input.GetProperty("battles").EnumerateArray()];
            var rows = new float[Models.Length][];
            for (int i = 0; i < rows.Length; i++)
            {
                rows[i] = new float[battles.Length];
                Array.Fill(rows[i], float.NaN);
            }

            for (int b = 0; b < battles.Length; b++)
            {
                string winner = battles[b][2].GetString()!;
                rows[IndexOf(battles[b][0].GetString()!)][b] = winner is "model_b" ? 0 : 1;
                rows[IndexOf(battles[b][1].GetString()!)][b] = winner is "model_a" ? 0 : 1;
            }

            _scores = Boards.Of(rows);
            _standings = BradleyTerry.Fit(_scores, new BradleyTerryOptions { Rounds = 10 });
            ArenaRank = BradleyTerry.Fit(_scores, new BradleyTerryOptions { Rounds = 10, ArenaRankCompatible = true });
        }

        public string[] Models { get; }

        public Standings ArenaRank { get; }

        public int IndexOf(string model) => Array.IndexOf(Models, model);

        public double Tolerance(string key) => _tolerance.GetProperty(key).GetDouble();

        public void Each(JsonElement byName, Action<Standing, double> check)
        {
            Assert.Equal(Models.Length, byName.EnumerateObject().Count());
            foreach (JsonProperty value in byName.EnumerateObject())
            {
                check(_standings.Competitors[IndexOf(value.Name)], value.Value.GetDouble());
            }
        }

        public double DoubledLogLikelihood()
        {
            PairMoments[] moments = new PairMomentSums(SamplePatterns.Of(_scores), 0).All(1);
            PairwiseCounts counts = PairwiseCounts.Of(Models.Length, moments, 0);
            double[] theta = [.. _standings.Competitors.Select(c => c.Offset * Math.Log(10) / 400)];
            return 2 * new BradleyTerryMaximiser(counts, new BradleyTerryOptions()).LogLikelihood(theta);
        }
    }
}
