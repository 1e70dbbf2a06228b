using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Benchmarks.Plots;

namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>Experiment 5: how often 95 % intervals hold the truth, five ways for votes to come about; and for an entry that few ballots or voters speak for.</summary>
internal sealed class CalibrationExperiment : IExperiment
{
    private const ClusterBy Both = ClusterBy.Voter | ClusterBy.Prompt;

    public string Name => "calibration";

    public string Title => "Do 95 % intervals hold 95 %?";

    public Task RunAsync(ExperimentReport report, CancellationToken cancellationToken)
    {
        (int arenas, int drawn) = report.Quick ? (10, 4) : (2000, 500);
        var rows = new List<CalibrationRow>();
        foreach (ArenaDesign design in Enum.GetValues<ArenaDesign>())
        {
            ClusterBy cluster = design switch
            {
                ArenaDesign.VoterEffects => ClusterBy.Voter,
                ArenaDesign.PromptEffects => ClusterBy.Prompt,
                _ => ClusterBy.None,
            };
            if (cluster != ClusterBy.None)
            {
                Add("clustered sandwich", arenas, b => CalibrationStudy.Fit(b, cluster));
                Add("clustered both ways", arenas, b => CalibrationStudy.Fit(b, Both));
            }

            Add("plain sandwich", arenas, b => CalibrationStudy.Fit(b, ClusterBy.None));
            Add("percentile bootstrap by vote", design == ArenaDesign.Matched ? 0 : drawn, b =>
                BallotBootstrap.FitBradleyTerry(b, new BradleyTerryOptions { Rounds = 200, MaxDegreeOfParallelism = 1 }));
            if (design == ArenaDesign.Adaptive)
            {
                // the strengths' own distribution as the prior
                Add("posterior", arenas, b =>
                    BayesianBradleyTerry.Fit(b, new BayesianBradleyTerryOptions { PriorPrecision = 1, MaxDegreeOfParallelism = 1 }));
            }

            report.Progress($"{design} done");

            void Add(string method, int count, Func<Ballots, Standings> fit)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (count == 0)
                {
                    return;
                }

                rows.Add(CalibrationStudy.Measure(design, method, count, (int)report.Seed, fit));
            }
        }

        report.Text($"{CalibrationStudy.Entries} entries with normal log-strengths, {CalibrationStudy.Votes:N0} votes by {CalibrationStudy.Clusters} voters on {CalibrationStudy.Clusters} prompts; voters' or prompts' effects of {CalibrationStudy.EffectDeviation} log-odds an entry; adaptive: nine votes in ten between entries that stand close after the votes so far; newcomer: the last entry has {CalibrationStudy.NewcomerVotes} votes; matched, a control: as adaptive, but close by true strength. The truth under effects is what the fit converges to with ever more voters and prompts. Share of pointwise 95 % intervals of differences that hold the truth, share of arenas in which every true rank lies in its interval, and the mean width of those. The share of an arena spreads by about 7 points, so a share of 2,000 arenas is good to 0.3.");
        report.Table(
            ["votes", "intervals", "arenas", "pairs held", "pairs with the last entry", "all ranks held", "mean width of rank intervals"],
            rows.Select(r => (string[])
            [
                r.Design.ToString(), r.Method, ExperimentReport.Number(r.Arenas), Percent(r.Pairs), Percent(r.NewcomerPairs), Percent(r.Ranks), ExperimentReport.Number(r.Width, "0.00"),
            ]));
        report.Figure("designs", new SvgPlot(
            "Intervals of differences that hold the truth",
            "The sandwich of the right clusters holds about 95 per cent in every design but the adaptive one, where it holds about one point less; the plain sandwich and the bootstrap by vote lose two to three points where voters or prompts have effects.",
            new PlotAxis("1 independent, 2 voters, 3 prompts, 4 adaptive, 5 newcomer, 6 matched", From: 0.5, To: 6.5),
            new PlotAxis("% of intervals", From: 91, To: 97))
        {
            Lines = [(95, "95 %")],
            Series = [.. rows.GroupBy(r => r.Method, StringComparer.Ordinal).Select(g => new PlotSeries(g.Key, [.. g.Select(r => ((int)r.Design + 1.0, 100 * r.Pairs))], SeriesStyle.Points))],
        });
        Adaptivity(report, rows);
        Sparse(report, arenas);
        return Task.CompletedTask;
    }

    private static void Adaptivity(ExperimentReport report, List<CalibrationRow> rows)
    {
        CalibrationRow Row(ArenaDesign design, string method) => rows.Single(r => r.Design == design && string.Equals(r.Method, method, StringComparison.Ordinal));
        report.Heading("Adaptive matchmaking");
        report.Text($"Who meets whom depends on the votes so far, and so do the estimates: two entries that chance moved apart meet less often, and stay apart (as in Nie, Tian, Taylor, Zou 2018). Ratings are stretched outwards for it. That is a bias, which no correction of the variance undoes. Matched alike, but by true strength, the same intervals hold {Percent(Row(ArenaDesign.Matched, "plain sandwich").Pairs)} in place of {Percent(Row(ArenaDesign.Adaptive, "plain sandwich").Pairs)}. A posterior does not mind how pairs were chosen: with the strengths' own distribution as its prior it holds {Percent(Row(ArenaDesign.Adaptive, "posterior").Pairs)}.");
    }

    private static void Sparse(ExperimentReport report, int arenas)
    {
        int[] few = report.Quick ? [1, 3] : [1, 2, 3, 5, 10, 40];
        SparseEntryRow[] rankings = [.. few.Select(k => SparseEntryStudy.Rankings(k, arenas, (int)report.Seed))];
        SparseEntryRow[] votes = [.. few.Select(k => SparseEntryStudy.Votes(k, arenas, (int)report.Seed))];
        report.Heading("An entry that few speak for");
        report.Text($"Plackett–Luce: {SparseEntryStudy.Entries} entries, {SparseEntryStudy.Ballots} rankings of {SparseEntryStudy.Slate}, the last entry on a few more of them. Bradley–Terry clustered by voter: the arena with effects of voters, the last entry's {CalibrationStudy.NewcomerVotes} votes given by a few of them. Arenas in which the last entry won or lost everything have no fit and are not counted.");
        report.Table(
            ["ballots, or voters", "Plackett–Luce: arenas", "pairs with it held", "half-width", "pairs of others held", "Bradley–Terry: arenas", "pairs with it held", "half-width", "pairs of others held"],
            few.Select((k, row) => (string[])[ExperimentReport.Number(k), .. Cells(rankings[row]), .. Cells(votes[row])]));
        report.Figure("few", new SvgPlot(
            "Intervals of an entry that few speak for",
            "Intervals of an entry known from one ballot or one voter hold the truth more often than promised, and come down to 95 per cent as ballots or voters become more.",
            new PlotAxis("its ballots (Plackett–Luce) or voters (Bradley–Terry)", Logarithmic: true),
            new PlotAxis("% of intervals", From: 90, To: 100))
        {
            Lines = [(95, "95 %")],
            Series =
            [
                new PlotSeries("Plackett–Luce", [.. rankings.Select(r => ((double)r.Few, 100 * r.Pairs))]),
                new PlotSeries("Bradley–Terry", [.. votes.Select(r => ((double)r.Few, 100 * r.Pairs))]),
            ],
        });

        static string[] Cells(SparseEntryRow row) =>
            [ExperimentReport.Number(row.Arenas), Percent(row.Pairs), ExperimentReport.Number(row.HalfWidth, "0"), Percent(row.Others)];
    }

    private static string Percent(double share) => ExperimentReport.Number(100 * share, "0.0") + " %";
}
