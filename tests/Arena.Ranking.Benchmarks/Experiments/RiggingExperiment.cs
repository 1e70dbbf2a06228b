using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Benchmarks.Plots;

namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>500 planted votes: who finds them, who is wrongly suspected, and how far the rigged entry moves.</summary>
internal sealed class RiggingExperiment : IExperiment
{
    private static readonly RiggingAttack[] Attacks =
    [
        new("none", 0, 0),
        new("1 account × 500", 1, 500),
        new("10 accounts × 50", 10, 50),
        new("50 accounts × 10", 50, 10),
        new("25 accounts × 20, half of them honest", 25, 20, Camouflage: 0.5),
        new("500 accounts × 1, in a tenth of the time", 500, 1, Stretch: 0.1),
        new("500 accounts × 1, over all the time", 500, 1),
    ];

    public string Name => "rigging";

    public string Title => "500 planted votes";

    public Task RunAsync(ExperimentReport report, CancellationToken cancellationToken)
    {
        int worlds = report.Quick ? 2 : 20;
        var rows = new List<Row>();
        foreach (RiggingAttack attack in Attacks)
        {
            Row[] runs = [.. Enumerable.Range(0, worlds).Select(w => Run(new RiggedWorld(report.Seed, w), attack))];
            rows.Add(Row.Mean(runs));
            report.Progress(attack.Name);
            cancellationToken.ThrowIfCancellationRequested();
        }

        report.Text($"""
            A board of {RiggedWorld.Entries} entries, 95 Elo points apart by one standard deviation, with {RiggedWorld.HonestVotes:N0} honest votes by {RiggedWorld.Voters:N0} people, most of whom cast a few and some hundreds; a quarter are ties. Everybody has a taste (0.3 log-odds an entry); {100 * RiggedWorld.CarelessShare:0} % vote at random. Planted votes have the entry of true place {RiggedWorld.Target + 1} win, on slates skipped until it came; they make up 500 of all. The camouflaged accounts vote honestly on every second slate. Means over {worlds} boards.

            `VoteAnomalies` reads the board's own Bradley–Terry fit, rigged as it is, with its default options. Nothing is left out by itself; the last columns say where the entry would stand if a person left out the flagged voters, and then also the unknown voters' ballots in bursts.
            """);
        report.Table(
            ["attack", "planted votes by flagged accounts", "honest people flagged", "careless ones flagged", "bursts on the entry", "bursts on others"],
            Attacks.Select((a, k) => (string[])[a.Name, a.Accounts == 0 ? "–" : Percent(rows[k].Found), Number(rows[k].HonestFlagged), Number(rows[k].CarelessFlagged), Number(rows[k].TargetBursts), Number(rows[k].OtherBursts)]));
        report.Table(
            ["attack", "place without it", "rigged", "flagged left out", "bursts too", "points gained", "left after flags", "left after bursts"],
            Attacks.Select((a, k) => (string[])
            [
                a.Name, Number(rows[k].Honest.Place), Number(rows[k].Rigged.Place), Number(rows[k].Cleared.Place), Number(rows[k].ClearedBursts.Place),
                Number(rows[k].Rigged.Rating - rows[k].Honest.Rating), Number(rows[k].Cleared.Rating - rows[k].Honest.Rating), Number(rows[k].ClearedBursts.Rating - rows[k].Honest.Rating),
            ]));
        report.Figure("points", new SvgPlot(
            "Elo points gained by 500 planted votes",
            "Points that the rigged entry gained, by attack in the order of the table: as rigged; after the flagged voters were left out; after bursts were left out too. Accounts with ten or more planted votes are found and nearly nothing remains; throw-away accounts are met by the burst test only, in part, and only when they come together.",
            new PlotAxis("attack (row of the table)"),
            new PlotAxis("points gained"))
        {
            Series =
            [
                new PlotSeries("rigged", [.. rows.Select((r, k) => (k + 1.0, r.Rigged.Rating - r.Honest.Rating))]),
                new PlotSeries("flagged left out", [.. rows.Select((r, k) => (k + 1.0, r.Cleared.Rating - r.Honest.Rating))]),
                new PlotSeries("bursts too", [.. rows.Select((r, k) => (k + 1.0, r.ClearedBursts.Rating - r.Honest.Rating))]),
            ],
        });
        return Task.CompletedTask;
    }

    private static Row Run(RiggedWorld world, RiggingAttack attack)
    {
        Ballots ballots = world.Ballots(attack);
        Standings rigged = BradleyTerry.Fit(ballots);
        VoteAnomalyReport found = VoteAnomalies.Find(ballots, rigged);
        int plantedFound = 0;
        for (int b = 0; b < ballots.Count; b++)
        {
            int voter = ballots[b].Voter;
            plantedFound += voter >= RiggedWorld.Voters && found.FlaggedVoters.Contains(voter) ? 1 : 0;
        }

        return new Row(
            plantedFound / (double)Math.Max(1, attack.Accounts * attack.VotesEach),
            found.FlaggedVoters.Count(v => v < RiggedWorld.Voters && !world.IsCareless(v)),
            found.FlaggedVoters.Count(v => v < RiggedWorld.Voters && world.IsCareless(v)),
            found.Bursts.Count(b => b.Competitor == RiggedWorld.Target),
            found.Bursts.Count(b => b.Competitor != RiggedWorld.Target),
            Stand.Of(BradleyTerry.Fit(world.Ballots(Attacks[0]))),
            Stand.Of(rigged),
            Stand.Of(BradleyTerry.Fit(found.Without(ballots))),
            Stand.Of(BradleyTerry.Fit(found.Without(ballots, bursts: true))));
    }

    private static string Number(double value) => ExperimentReport.Number(value, "0.0");

    private static string Percent(double share) => ExperimentReport.Number(100 * share, "0") + " %";

    private sealed record Stand(double Place, double Rating)
    {
        public static Stand Of(Standings standings) =>
            new(1 + standings.Order.TakeWhile(i => i != RiggedWorld.Target).Count(), standings.Competitors[RiggedWorld.Target].Rating);

        public static Stand Mean(IEnumerable<Stand> stands) => new(stands.Average(s => s.Place), stands.Average(s => s.Rating));
    }

    private sealed record Row(
        double Found,
        double HonestFlagged,
        double CarelessFlagged,
        double TargetBursts,
        double OtherBursts,
        Stand Honest,
        Stand Rigged,
        Stand Cleared,
        Stand ClearedBursts)
    {
        public static Row Mean(Row[] rows) => new(
            rows.Average(r => r.Found),
            rows.Average(r => r.HonestFlagged),
            rows.Average(r => r.CarelessFlagged),
            rows.Average(r => r.TargetBursts),
            rows.Average(r => r.OtherBursts),
            Stand.Mean(rows.Select(r => r.Honest)),
            Stand.Mean(rows.Select(r => r.Rigged)),
            Stand.Mean(rows.Select(r => r.Cleared)),
            Stand.Mean(rows.Select(r => r.ClearedBursts)));
    }
}
