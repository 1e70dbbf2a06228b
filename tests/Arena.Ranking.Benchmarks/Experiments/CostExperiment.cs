using System.Diagnostics;
using System.Globalization;
using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Benchmarks.Plots;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>What Bradley–Terry and Plackett–Luce cost against entries, votes, entries on a ballot, and threads.</summary>
internal sealed class CostExperiment : IExperiment
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public string Name => "cost";

    public string Title => "Cost against entries, votes, ballot size and threads";

    public Task RunAsync(ExperimentReport report, CancellationToken cancellationToken)
    {
        int[] entries = report.Quick ? [10, 30] : [10, 30, 100, 300, 1000];
        int[] votes = report.Quick ? [1000, 10_000] : [1000, 10_000, 100_000, 1_000_000];
        int[] sizes = report.Quick ? [2, 4] : [2, 3, 4, 6, 8];
        int[] threads = [1, 2, 4];
        int fixedVotes = report.Quick ? 10_000 : 100_000;
        report.Text($"Milliseconds of a fit with sandwich intervals, the median of five after a second to warm up. What is not varied stays at 100 entries, {fixedVotes:N0} votes on two (Bradley–Terry) or a tenth as many ballots of four (Plackett–Luce), and all {Environment.ProcessorCount} threads. Other work on the machine makes these noisy.");
        var parts = new (string Axis, string Stem, bool Log, int[] Values, Func<int, Ballots> Pairs, Func<int, Ballots> Slates)[]
        {
            ("entries", "entries", true, entries, n => Draw(n, fixedVotes, 2, report.Seed), n => Draw(n, fixedVotes / 10, 4, report.Seed)),
            ("votes or ballots", "votes", true, votes, m => Draw(100, m, 2, report.Seed), m => Draw(100, m / 10, 4, report.Seed)),
            ("entries on a ballot", "ballot-size", false, sizes, k => Draw(100, fixedVotes / 10, k, report.Seed), k => Draw(100, fixedVotes / 10, k, report.Seed)),
            ("threads", "threads", false, threads, _ => Draw(100, fixedVotes, 2, report.Seed), _ => Draw(100, fixedVotes / 10, 4, report.Seed)),
        };
        foreach (var part in parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool byThreads = string.Equals(part.Stem, "threads", StringComparison.Ordinal);
            (double X, double Bt, double Pl)[] rows = [.. part.Values.Select(v =>
            {
                int degree = byThreads ? v : -1;
                Ballots pairs = part.Pairs(v), slates = part.Slates(v);
                return ((double)v, Time(() => BradleyTerry.Fit(pairs, new BradleyTerryOptions { PriorTies = 0.01, MaxDegreeOfParallelism = degree })), Time(() => PlackettLuce.Fit(slates, new PlackettLuceOptions { PriorTies = 0.01, MaxDegreeOfParallelism = degree })));
            })];
            report.Heading("Against " + part.Axis);
            report.Table([part.Axis, "Bradley–Terry, ms", "Plackett–Luce, ms"], rows.Select(r => (string[])[r.X.ToString("N0", CultureInfo.InvariantCulture), ExperimentReport.Number(r.Bt, "0.0"), ExperimentReport.Number(r.Pl, "0.0")]));
            report.Figure(part.Stem, new SvgPlot($"Cost against {part.Axis}", $"Milliseconds of a fit of Bradley–Terry and of Plackett–Luce against {part.Axis}; the table above holds the numbers.", new PlotAxis(part.Axis, part.Log), new PlotAxis("milliseconds", Logarithmic: true))
            {
                Series = [new PlotSeries("Bradley–Terry", [.. rows.Select(r => (r.X, r.Bt))]), new PlotSeries("Plackett–Luce", [.. rows.Select(r => (r.X, r.Pl))])],
            });
            report.Progress(part.Axis + " done");
        }

        return Task.CompletedTask;
    }

    /// <summary>Warms up by time, not by runs: loops that were compiled in haste take twice as long, and the first points would look dear.</summary>
    private static double Time(Action fit)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            fit();
        }
        while (Stopwatch.GetElapsedTime(start) < WarmUp);

        double[] times = new double[5];
        for (int round = 0; round < times.Length; round++)
        {
            start = Stopwatch.GetTimestamp();
            fit();
            times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[times.Length / 2];
    }

    /// <summary>Rankings drawn from Plackett–Luce with strengths spread evenly over two units of log-odds.</summary>
    private static Ballots Draw(int entries, int ballots, int size, ulong seed)
    {
        var random = new Xoshiro256(seed, (ulong)size);
        var builder = new BallotsBuilder(entries, ballots, ballots * size);
        int[] slate = new int[size];
        double[] keys = new double[size];
        for (int b = 0; b < ballots; b++)
        {
            for (int k = 0; k < size;)
            {
                int entry = random.NextBelow(entries);
                if (Array.IndexOf(slate, entry, 0, k) < 0)
                {
                    (slate[k], keys[k]) = (entry, Math.Log(random.NextExponential()) - 2.0 * entry / entries);
                    k++;
                }
            }

            Array.Sort(keys, slate);
            builder.AddRanking(slate);
        }

        return builder.ToBallots();
    }
}
