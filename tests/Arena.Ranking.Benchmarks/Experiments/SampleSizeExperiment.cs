using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Benchmarks.Plots;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>How many samples it takes until two entries are told apart.</summary>
internal sealed class SampleSizeExperiment : IExperiment
{
    private static readonly double[] Gaps = [0.02, 0.05, 0.10];

    public string Name => "sample-size";

    public string Title => "How many samples part two entries";

    public Task RunAsync(ExperimentReport report, CancellationToken cancellationToken)
    {
        int arenas = report.Quick ? 20 : 200;
        int[] sizes = report.Quick ? [50, 200, 1000] : [50, 100, 200, 500, 1000, 2000, 5000];
        var shares = new Dictionary<double, double[]>();
        for (int g = 0; g < Gaps.Length; g++)
        {
            shares[Gaps[g]] = [.. sizes.Select(n => Share(arenas, n, Gaps[g], report.Seed))];
            report.Progress($"gap {Gaps[g]:0.00} done");
            cancellationToken.ThrowIfCancellationRequested();
        }

        report.Text($"Two entries are right on 80 % of samples and on a few points more, independently of each other. Share of {arenas} simulated boards on which the mean score with its simultaneous 95 % intervals calls the better one better.");
        report.Table(
            ["samples", .. Gaps.Select(g => ExperimentReport.Number(100 * g, "0") + " points apart")],
            sizes.Select((n, k) => (string[])[n.ToString("N0", null), .. Gaps.Select(g => ExperimentReport.Number(shares[g][k], "0.00"))]));
        report.Figure("separated", new SvgPlot(
            "Boards on which the better entry is called better",
            "The share of boards on which the better of two entries is called better grows with the number of samples; it takes about a thousand samples for a gap of 5 points and several thousand for 2.",
            new PlotAxis("samples", Logarithmic: true),
            new PlotAxis("share of boards", From: 0, To: 1))
        {
            Series = [.. Gaps.Select(g => new PlotSeries(ExperimentReport.Number(100 * g, "0") + " points apart", [.. sizes.Select((n, k) => ((double)n, shares[g][k]))]))],
        });
        return Task.CompletedTask;
    }

    private static double Share(int arenas, int samples, double gap, ulong seed)
    {
        int separated = 0;
        for (int arena = 0; arena < arenas; arena++)
        {
            var random = new Xoshiro256(seed, (ulong)arena);
            float[] scores = new float[2 * samples];
            for (int s = 0; s < samples; s++)
            {
                scores[s] = random.NextDouble() < 0.8 ? 1 : 0;
                scores[samples + s] = random.NextDouble() < 0.8 + gap ? 1 : 0;
            }

            Standings board = MeanScore.Fit(ScoreMatrix.Create(2, samples, scores), new MeanScoreOptions { Seed = seed, Rounds = 500 });
            separated += board.Pairs.IsBetter(1, 0) ? 1 : 0;
        }

        return (double)separated / arenas;
    }
}
