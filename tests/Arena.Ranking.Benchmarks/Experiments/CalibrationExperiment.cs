using Arena.Ranking.Benchmarks.Harness;

namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>Experiment 5: how often 95 % intervals hold the truth, five ways for votes to come about.</summary>
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
            Add("percentile bootstrap by vote", drawn, b =>
                BallotBootstrap.FitBradleyTerry(b, new BradleyTerryOptions { Rounds = 200, MaxDegreeOfParallelism = 1 }));
            report.Progress($"{design} done");

            void Add(string method, int count, Func<Ballots, Standings> fit)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows.Add(CalibrationStudy.Measure(design, method, count, (int)report.Seed, fit));
            }
        }

        report.Text($"{CalibrationStudy.Entries} entries with normal log-strengths, {CalibrationStudy.Votes:N0} votes by {CalibrationStudy.Clusters} voters on {CalibrationStudy.Clusters} prompts; voters' or prompts' effects of {CalibrationStudy.EffectDeviation} log-odds an entry; adaptive: nine votes in ten between entries that stand close; newcomer: the last entry has {CalibrationStudy.NewcomerVotes} votes. The truth under effects is what the fit converges to with ever more voters and prompts. Share of pointwise 95 % intervals of differences that hold the truth, share of arenas in which every true rank lies in its interval, and the mean width of those.");
        report.Table(
            ["votes", "intervals", "arenas", "pairs held", "pairs with the last entry", "all ranks held", "mean width of rank intervals"],
            rows.Select(r => (string[])
            [
                r.Design.ToString(), r.Method, ExperimentReport.Number(r.Arenas), Percent(r.Pairs), Percent(r.NewcomerPairs), Percent(r.Ranks), ExperimentReport.Number(r.Width, "0.00"),
            ]));
        return Task.CompletedTask;
    }

    private static string Percent(double share) => ExperimentReport.Number(100 * share, "0.0") + " %";
}
