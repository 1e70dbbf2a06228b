using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Benchmarks.Plots;

namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>500 planted votes: who finds them, who is wrongly suspected, and how far the rigged entry moves.</summary>
internal sealed class RiggingExperiment : IExperiment
{
    private static readonly RiggingAttack[] Attacks =
    [
        new("none", 0, 0),
        new("none, but newcomers have a taste of their own", 0, 0, NewcomersTaste: 0.3),
        new("1 account × 500", 1, 500),
        new("10 accounts × 50", 10, 50),
        new("50 accounts × 10", 50, 10),
        new("25 accounts × 20, half of them honest", 25, 20, Camouflage: 0.5),
        new("500 accounts × 1, in a tenth of the time", 500, 1, Stretch: 0.1),
        new("500 accounts × 1, over all the time", 500, 1),
        new("200 accounts × 1, over all the time", 200, 1),
        new("100 accounts × 1, over all the time", 100, 1),
        new("50 accounts × 1, over all the time", 50, 1),
        new("500 accounts × 3, two of them honest", 500, 3, Camouflage: 2 / 3.0),
        new("500 accounts × 10, nine of them honest", 500, 10, Camouflage: 0.9),
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
            A board of {RiggedWorld.Entries} entries, 95 Elo points apart by one standard deviation, with {RiggedWorld.HonestVotes:N0} honest votes by {RiggedWorld.Voters:N0} people, most of whom cast a few and some hundreds; a quarter are ties. Everybody has a taste (0.3 log-odds an entry); {100 * RiggedWorld.CarelessShare:0} % vote at random. Planted votes have the entry of true place {RiggedWorld.Target + 1} win, on slates skipped until it came; they make up 500 of all, or fewer where the table says so. Camouflaged accounts vote honestly on so many of their slates. Newcomers with a taste of their own are the honest people who cast fewer than six votes or so: all of them lean the same way, by 0.3 log-odds an entry. Means over {worlds} boards.

            `VoteAnomalies` reads the board's own Bradley–Terry fit, rigged as it is, with its default options. Nothing is left out by itself; the last columns say where the entry would stand if a person left out the flagged voters, then also the unknown voters' ballots in bursts, then also the ballots on a crowd's entry by accounts of that crowd's activity.
            """);
        report.Table(
            ["attack", "planted votes by flagged accounts", "honest people flagged", "careless ones flagged", "bursts on the entry", "bursts on others", "boards with a crowd on the entry", "with a crowd on others"],
            Attacks.Select((a, k) => (string[])
            [
                a.Name, a.Accounts == 0 ? "–" : Percent(rows[k].Found), Number(rows[k].HonestFlagged), Number(rows[k].CarelessFlagged),
                Number(rows[k].TargetBursts), Number(rows[k].OtherBursts), Percent(rows[k].TargetCrowds), Percent(rows[k].OtherCrowds),
            ]));
        report.Table(
            ["attack", "place without it", "rigged", "flagged left out", "bursts too", "crowds too", "points gained", "left after flags", "left after bursts", "left after crowds"],
            Attacks.Select((a, k) => (string[])
            [
                a.Name, Number(rows[k].Honest.Place), Number(rows[k].Rigged.Place), Number(rows[k].Cleared.Place), Number(rows[k].ClearedBursts.Place), Number(rows[k].ClearedCrowds.Place),
                Number(rows[k].Rigged.Rating - rows[k].Honest.Rating), Number(rows[k].Cleared.Rating - rows[k].Honest.Rating), Number(rows[k].ClearedBursts.Rating - rows[k].Honest.Rating),
                Number(rows[k].ClearedCrowds.Rating - rows[k].Honest.Rating),
            ]));
        report.Figure("points", new SvgPlot(
            "Elo points gained by 500 planted votes",
            "Points that the rigged entry gained, by attack in the order of the table: as rigged; after the flagged voters were left out; after bursts were left out too; after crowds were. Accounts with ten or more planted votes are found one by one and nearly nothing remains; throw-away accounts are found as a crowd.",
            new PlotAxis("attack (row of the table)"),
            new PlotAxis("points gained"))
        {
            Series =
            [
                new PlotSeries("rigged", [.. rows.Select((r, k) => (k + 1.0, r.Rigged.Rating - r.Honest.Rating))]),
                new PlotSeries("flagged left out", [.. rows.Select((r, k) => (k + 1.0, r.Cleared.Rating - r.Honest.Rating))]),
                new PlotSeries("bursts too", [.. rows.Select((r, k) => (k + 1.0, r.ClearedBursts.Rating - r.Honest.Rating))]),
                new PlotSeries("crowds too", [.. rows.Select((r, k) => (k + 1.0, r.ClearedCrowds.Rating - r.Honest.Rating))]),
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
            found.Crowds.Any(c => c.Competitor == RiggedWorld.Target) ? 1 : 0,
            found.Crowds.Any(c => c.Competitor != RiggedWorld.Target) ? 1 : 0,
            Stand.Of(BradleyTerry.Fit(world.Ballots(Attacks[0] with { NewcomersTaste = attack.NewcomersTaste }))),
            Stand.Of(rigged),
            Stand.Of(BradleyTerry.Fit(found.Without(ballots))),
            Stand.Of(BradleyTerry.Fit(found.Without(ballots, bursts: true))),
            Stand.Of(BradleyTerry.Fit(found.Without(ballots, bursts: true, crowds: true))));
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
        double TargetCrowds,
        double OtherCrowds,
        Stand Honest,
        Stand Rigged,
        Stand Cleared,
        Stand ClearedBursts,
        Stand ClearedCrowds)
    {
        public static Row Mean(Row[] rows) => new(
            rows.Average(r => r.Found),
            rows.Average(r => r.HonestFlagged),
            rows.Average(r => r.CarelessFlagged),
            rows.Average(r => r.TargetBursts),
            rows.Average(r => r.OtherBursts),
            rows.Average(r => r.TargetCrowds),
            rows.Average(r => r.OtherCrowds),
            Stand.Mean(rows.Select(r => r.Honest)),
            Stand.Mean(rows.Select(r => r.Rigged)),
            Stand.Mean(rows.Select(r => r.Cleared)),
            Stand.Mean(rows.Select(r => r.ClearedBursts)),
            Stand.Mean(rows.Select(r => r.ClearedCrowds)));
    }
}
