using System.Text.Json;
using Arena.Ranking.Metrics;
using Xunit;

namespace Arena.Ranking.Tests.Golden;

/// <summary>ONEBench's own aggregation at several sparsities: one spectral step over pairs, and over choices of one right answer among the wrong ones.</summary>
internal static class OneBenchGolden
{
    [GoldenFile("onebench_sparse_binary.json")]
    private static void Check(GoldenFile file)
    {
        int n = file.Input["n_models"].Whole(), samples = file.Input["n_samples"].Whole();
        double tolerance = file.Tolerance("params");
        double[] accuracy = [.. Rows(file.Input["full_matrix"]).Select(row => row.Where(s => !float.IsNaN(s)).Average(s => (double)s))];
        foreach (string keep in file.Output.Names)
        {
            GoldenNode output = file.Output[keep];
            float[][] rows = Rows(output["matrix(null=missing)"]);
            Assert.Equal((n, samples), (rows.Length, rows[0].Length));
            ScoreMatrix board = Boards.Of(rows);
            Ballots choices = Choices(rows);
            Assert.Equal(output["n_top1"].Whole(), choices.Count);

            var found = new Dictionary<string, double[]>(StringComparer.Ordinal);
            foreach (string key in output.Names.Where(k => k.Contains("_alpha", StringComparison.Ordinal)))
            {
                double rate = double.Parse(key[(key.IndexOf("_alpha", StringComparison.Ordinal) + 6)..], System.Globalization.CultureInfo.InvariantCulture);
                found[key] = key.StartsWith("choix_lsr_top1", StringComparison.Ordinal)
                    ? LogStrengths.Of(choices, LogStrengths.OneStep(rate))
                    : LogStrengths.Of(OneBench.Fit(board, new OneBenchOptions { OneBenchCompatible = true, TiesWinBothWays = false, SpectralAlpha = rate, MaxIterations = 1 }).Standings);
                output[key].Near(found[key], tolerance);
            }

            GoldenNode tau = output["kendall_tau_b_vs_full_accuracy"];
            foreach ((string name, string start) in new[] { ("lsr_top1", "choix_lsr_top1"), ("onebench", "onebench_lsr_top1"), ("lsr_pairwise", "choix_lsr_pairwise") })
            {
                tau[name].Near(RankCorrelation.KendallTauB(accuracy, found.Single(f => f.Key.StartsWith(start, StringComparison.Ordinal)).Value)!.Value, tolerance);
            }
        }
    }

    /// <summary>Every right answer is a choice of one among itself and the wrong ones of its sample.</summary>
    private static Ballots Choices(float[][] rows)
    {
        var builder = new BallotsBuilder(rows.Length);
        for (int s = 0; s < rows[0].Length; s++)
        {
            int[] wrong = [.. Enumerable.Range(0, rows.Length).Where(i => rows[i][s] is 0)];
            for (int i = 0; wrong.Length > 0 && i < rows.Length; i++)
            {
                if (rows[i][s] is 1)
                {
                    builder.AddTopOne(i, wrong);
                }
            }
        }

        return builder.ToBallots();
    }

    private static float[][] Rows(GoldenNode matrix) =>
        [.. matrix.Element.EnumerateArray().Select(row => row.EnumerateArray().Select(s => s.ValueKind == JsonValueKind.Null ? float.NaN : s.GetSingle()).ToArray())];
}
