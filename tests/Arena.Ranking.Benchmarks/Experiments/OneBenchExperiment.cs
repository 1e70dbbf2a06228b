using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Benchmarks.Plots;
using Arena.Ranking.Metrics;

namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>How far an order of models survives when most of their scores are missing (ONEBench's synthetic study).</summary>
internal sealed class OneBenchExperiment : IExperiment
{
    private static readonly string[] Methods = ["Plackett–Luce, ties summed over", "Plackett–Luce, ties equal", "ONEBench's own", "Bradley–Terry", "Elo, K = 4", "mean"];

    public string Name => "onebench";

    public string Title => "Orders from sparse scores of mixed metrics";

    public Task RunAsync(ExperimentReport report, CancellationToken cancellationToken)
    {
        (int models, int samples, int boards) = report.Quick ? (15, 150, 1) : (100, 1000, 5);
        int[] missing = report.Quick ? [0, 50, 90] : [0, 10, 20, 30, 40, 50, 60, 70, 80, .. Enumerable.Range(90, 10)];
        double[] spreads = report.Quick ? [0.3] : [0.1, 0.3, 1];
        report.Text($"{models} models × {samples:N0} samples. A model's scores are normal with a mean drawn from U(0, 1) and a standard deviation from U(0, d); on half of the samples they are cut to right or wrong at a threshold drawn between the lowest and the highest. Scores are then deleted at random. τ-b of each method's order against its own order of the complete board, and against the models' true means; averages of {boards} boards. A prior of one imagined tie a model keeps sparse fits finite; Elo reads samples and pairs in random order; the mean is that of the raw scores.");
        foreach (double spread in spreads)
        {
            var (own, truth) = (new double[missing.Length, Methods.Length], new double[missing.Length, Methods.Length]);
            for (int b = 0; b < boards; b++)
            {
                var board = SparseBoard.Draw(models, samples, spread, report.Seed, (ulong)b);
                double[][] complete = Fits(board, 0);
                for (int k = 0; k < missing.Length; k++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    double[][] fits = missing[k] == 0 ? complete : Fits(board, missing[k] / 100.0);
                    for (int m = 0; m < Methods.Length; m++)
                    {
                        own[k, m] += TauB(fits[m], complete[m]) / boards;
                        truth[k, m] += TauB(fits[m], board.Means) / boards;
                    }
                }

                report.Progress($"d = {spread}: board {b + 1} of {boards}");
            }

            report.Heading($"d = {ExperimentReport.Number(spread)}");
            Show(report, spread, "own", "its own order of the complete board", missing, own);
            Show(report, spread, "true", "the true means", missing, truth);
        }

        return Task.CompletedTask;
    }

    private static void Show(ExperimentReport report, double spread, string stem, string against, int[] missing, double[,] tau)
    {
        report.Table(
            [$"% missing: τ-b against {against}", .. Methods],
            missing.Select((percent, k) => (string[])[$"{percent}", .. Methods.Select((_, m) => ExperimentReport.Number(tau[k, m], "0.000"))]));
        report.Figure($"{stem}-{spread.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture).Replace('.', '-')}", new SvgPlot(
            $"τ-b against {against}, d = {ExperimentReport.Number(spread)}",
            $"Rank correlation with {against} stays high until most scores are missing and falls in the last few per cent.",
            new PlotAxis("% of scores missing", From: 0, To: 100),
            new PlotAxis("Kendall τ-b", From: 0, To: 1))
        {
            Series = [.. Methods.Select((method, m) => new PlotSeries(method, [.. missing.Select((percent, k) => ((double)percent, tau[k, m]))]))],
        });
    }

    /// <summary>Ratings of every method; NaN for models without a score.</summary>
    private static double[][] Fits(SparseBoard board, double missing)
    {
        ScoreMatrix all = board.WithMissing(missing);
        int[] measured = all.Measured();
        ScoreMatrix scores = measured.Length == all.Competitors ? all : all.Select(measured);
        double prior = 1.0 / scores.Competitors;
        Standings[] fits =
        [
            OneBench.Fit(scores, new OneBenchOptions { PriorTies = prior, Rounds = 1 }).Standings,
            OneBench.Fit(scores, new OneBenchOptions { PriorTies = prior, Rounds = 1, Ties = SampleTies.Equal }).Standings,
            OneBench.Fit(scores, new OneBenchOptions { OneBenchCompatible = true, SpectralAlpha = 0.05, Rounds = 1 }).Standings,
            BradleyTerry.Fit(scores, new BradleyTerryOptions { PriorTies = prior, Rounds = 1 }),
        ];
        double[][] ratings = [.. fits.Select(f => f.Competitors.Select(c => c.Rating).ToArray()), board.Elo(scores), Means(scores)];
        return [.. ratings.Select(r =>
        {
            double[] spread = [.. Enumerable.Repeat(double.NaN, all.Competitors)];
            for (int k = 0; k < measured.Length; k++)
            {
                spread[measured[k]] = r[k];
            }

            return spread;
        })];
    }

    private static double[] Means(ScoreMatrix scores)
    {
        var means = new double[scores.Competitors];
        for (int i = 0; i < means.Length; i++)
        {
            (double sum, int count) = (0, 0);
            foreach (float score in scores.Row(i))
            {
                (sum, count) = float.IsNaN(score) ? (sum, count) : (sum + score, count + 1);
            }

            means[i] = sum / count;
        }

        return means;
    }

    /// <summary>Kendall's τ-b over the models both have.</summary>
    private static double TauB(double[] a, double[] b)
    {
        int[] both = [.. Enumerable.Range(0, a.Length).Where(i => !double.IsNaN(a[i] + b[i]))];
        return RankCorrelation.KendallTauB([.. both.Select(i => a[i])], [.. both.Select(i => b[i])]) ?? double.NaN;
    }
}
