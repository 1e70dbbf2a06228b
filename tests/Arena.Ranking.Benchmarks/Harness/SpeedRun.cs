using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Arena.Ranking.Benchmarks.Harness;

/// <summary>Times every work, measures its peers in the same run, prints the table, and writes it into docs/benchmarks.md when all of it ran at full size.</summary>
internal static class SpeedRun
{
    private const int MostRuns = 21;
    private const int FewestRuns = 3;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(IReadOnlyList<string> names, BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        IReadOnlyList<IRankingBenchmark> all = [.. Discovery.All<IRankingBenchmark>().OrderBy(b => b.Place).ThenBy(b => b.Name, StringComparer.Ordinal)];
        if (await Discovery.ChooseAsync(all, b => b.Name, names) is not { } chosen)
        {
            return 2;
        }

        var table = new StringBuilder();
        void Line(string line)
        {
            Console.WriteLine(line);
            table.Append(line).Append('\n');
        }

        Line($"{Environment.ProcessorCount} threads, .NET {Environment.Version}, {RuntimeInformation.OSDescription.Split('#')[0].Trim()}{(settings.Quick ? ", quick (small sizes)" : "")}. Seconds are the median of up to {MostRuns} runs after warming up. A peer's seconds in brackets were not measured in this run but are quoted.");
        Line("");
        Line("| work | sizes | Arena, s | target, s | target reached | peer, s | times faster | remark |");
        Line("|---|---|---|---|---|---|---|---|");
        bool missed = false;
        foreach (RankingWork work in chosen.SelectMany(b => b.Works(settings)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            double seconds = Time(work, settings.Quick, cancellationToken);
            missed |= seconds > work.TargetSeconds;
            Line(await RowAsync(work, seconds, cancellationToken));
        }

        if (names.Count == 0 && !settings.Quick)
        {
            await DocumentSection.ReplaceAsync(Path.Combine(DocumentSection.Docs, "benchmarks.md"), "ranking", table.ToString(), cancellationToken);
        }

        return missed && !settings.Quick ? 1 : 0;
    }

    private static async Task<string> RowAsync(RankingWork work, double seconds, CancellationToken cancellationToken)
    {
        var peers = new List<string>();
        var ratios = new List<string>();
        foreach (Peer peer in work.Peers)
        {
            (double theirs, bool measured) = await peer.SecondsAsync(cancellationToken);
            peers.Add($"{peer.Name} {(measured ? Seconds(theirs) : $"({Seconds(theirs)})")}");
            ratios.Add(string.Create(CultureInfo.InvariantCulture, $"{theirs / seconds:0.#}×"));
        }

        string reached = work.TargetSeconds switch
        {
            null => "",
            { } target when seconds <= target => "yes",
            { } target => string.Create(CultureInfo.InvariantCulture, $"**no**, {seconds / target:0.0}× over"),
        };
        return $"| {work.Name} | {work.Sizes} | {Seconds(seconds)} | {(work.TargetSeconds is { } t ? Seconds(t) : "")} | {reached} | {string.Join("<br>", peers)} | {string.Join("<br>", ratios)} | {work.Note?.Invoke()} |";
    }

    /// <summary>Median. Warms up for a second at least, so that the compiler has seen the loops; work that takes long runs less often.</summary>
    private static double Time(RankingWork work, bool quick, CancellationToken cancellationToken)
    {
        Action run = work.Prepare();
        TimeSpan warm = quick ? TimeSpan.Zero : WarmUp;
        long start = Stopwatch.GetTimestamp();
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            run();
        }
        while (Stopwatch.GetElapsedTime(start) < warm);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        var times = new List<double>();
        start = Stopwatch.GetTimestamp();
        while (times.Count < FewestRuns || (times.Count < MostRuns && Stopwatch.GetElapsedTime(start) < Enough && !quick))
        {
            cancellationToken.ThrowIfCancellationRequested();
            long began = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        times.Sort();
        return (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2;
    }

    internal static string Seconds(double seconds) => seconds switch
    {
        double.NaN => "–",
        < 0.01 => seconds.ToString("0.00000", CultureInfo.InvariantCulture),
        < 1 => seconds.ToString("0.0000", CultureInfo.InvariantCulture),
        _ => seconds.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
