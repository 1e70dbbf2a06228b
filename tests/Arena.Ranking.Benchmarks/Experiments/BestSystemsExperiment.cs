using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Benchmarks.Plots;
using Arena.Ranking.Metrics;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>How well four ways to aggregate metrics find the true order when some of the metrics are reversed (Colombo and others 2022).</summary>
internal sealed class BestSystemsExperiment : IExperiment
{
    private const int Systems = 10, Metrics = 11, Utterances = 12;

    private static readonly double[] Dispersions = [0.01, 0.1, 0.5];

    private static readonly (string Label, Func<ScoreMatrix[], double[]> Rate)[] Methods =
    [
        ("mean", Mean),
        ("Borda, one level", metrics => Ratings(Borda.Fit(Joined(metrics), new BordaOptions { Resampling = VoteResampling.None }))),
        ("Borda, two levels", metrics => Ratings(Borda.FitTwoLevel(metrics, new BordaOptions { Resampling = VoteResampling.None }))),
        ("Kemeny", metrics => Ratings(Kemeny.Fit(Joined(metrics), new KemenyOptions { Resampling = VoteResampling.None, MaxRankings = 1 }).Standings)),
    ];

    public string Name => "best-systems";

    public string Title => "Best systems: aggregating metrics of which some are reversed";

    public Task RunAsync(ExperimentReport report, CancellationToken cancellationToken)
    {
        int repeats = report.Quick ? 5 : 200;
        report.Text($"{Systems} systems, {Metrics} metrics, {Utterances} utterances. On every utterance a metric draws a ranking from Plackett–Luce around the true order, φ the distance of neighbouring log-strengths (0.01 is nearly noise, 0.5 fairly clear): a score is the log-strength plus a Gumbel draw, on the metric's own scale (a factor between 0.1 and 10). The first so many metrics are reversed. Kendall error: share of pairs in the wrong order, a tie half; {repeats} repetitions; 0.5 is guessing.");
        foreach (double dispersion in Dispersions)
        {
            double[][] errors = new double[Metrics + 1][];
            Parallel.For(0, Metrics + 1, reversed => errors[reversed] = Errors(dispersion, reversed, repeats, report.Seed));
            cancellationToken.ThrowIfCancellationRequested();
            report.Progress($"φ = {dispersion} done");
            string name = ExperimentReport.Number(dispersion, "0.##");
            report.Heading($"φ = {name}");
            report.Table(
                ["metrics reversed", .. Methods.Select(m => m.Label)],
                Enumerable.Range(0, Metrics + 1).Select(r => (string[])[ExperimentReport.Number(r), .. errors[r].Select(e => ExperimentReport.Number(e, "0.000"))]));
            report.Figure($"phi-{name.Replace('.', '-')}", new SvgPlot(
                $"Kendall error by reversed metrics, φ = {name}",
                $"Kendall error of the mean, one-level and two-level Borda and Kemeny against the number of reversed metrics out of {Metrics}, at a dispersion of {name}.",
                new PlotAxis("metrics reversed", From: 0, To: Metrics),
                new PlotAxis("Kendall error", From: 0, To: 1))
            {
                Series = [.. Methods.Select((m, k) => new PlotSeries(m.Label, [.. Enumerable.Range(0, Metrics + 1).Select(r => ((double)r, errors[r][k]))]))],
                Lines = [(0.5, "guessing")],
            });
        }

        return Task.CompletedTask;
    }

    private static double[] Errors(double dispersion, int reversed, int repeats, ulong seed)
    {
        double[] truth = [.. Enumerable.Range(0, Systems).Select(i => (double)-i)];
        var sums = new double[Methods.Length];
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            // the same draws whatever the number reversed, so that the curves differ by that alone
            ScoreMatrix[] metrics = Draw(new Xoshiro256(seed, (ulong)repeat + (ulong)(1_000_000 * dispersion)), dispersion, reversed);
            for (int m = 0; m < Methods.Length; m++)
            {
                double[] ratings = Methods[m].Rate(metrics);
                sums[m] += RankDistance.InversionsWithTies(truth, ratings) / (Systems * (Systems - 1) / 2.0) / repeats;
            }
        }

        return sums;
    }

    private static ScoreMatrix[] Draw(Xoshiro256 random, double dispersion, int reversed)
    {
        var metrics = new ScoreMatrix[Metrics];
        for (int k = 0; k < Metrics; k++)
        {
            double scale = Math.Pow(10, 2 * random.NextDouble() - 1) * (k < reversed ? -1 : 1);
            float[] scores = new float[Systems * Utterances];
            for (int c = 0; c < scores.Length; c++)
            {
                scores[c] = (float)(scale * (-dispersion * (c / Utterances) - Math.Log(random.NextExponential())));
            }

            metrics[k] = ScoreMatrix.Create(Systems, Utterances, scores, new ScoreScale(ScoreKind.Numeric));
        }

        return metrics;
    }

    private static double[] Mean(ScoreMatrix[] metrics) =>
        [.. Enumerable.Range(0, Systems).Select(i => metrics.Average(m => m.Row(i).ToArray().Average(s => (double)s)))];

    private static ScoreMatrix Joined(ScoreMatrix[] metrics) => ScoreMatrix.Create(
        Systems,
        Metrics * Utterances,
        [.. Enumerable.Range(0, Systems).SelectMany(i => metrics.SelectMany(m => m.Row(i).ToArray()))],
        new ScoreScale(ScoreKind.Numeric));

    private static double[] Ratings(Standings standings) => [.. standings.Competitors.Select(c => c.Rating)];
}
