using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Arena.Benchmarks;

/// <summary>What a new user waits for: from a fresh clone by <c>./arena run</c> to ready, to the finished board; then the first pages.</summary>
internal static class StartBenchmark
{
    private const int Pages = 200;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(9);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new BenchmarkFolder();
        await RunToEndAsync("git", ["clone", "--quiet", BenchmarkFolder.Repository, folder.In("arena")], cancellationToken);
        var port = FreePort();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        Console.WriteLine($"{Environment.ProcessorCount} cores; a fresh clone of the last commit; npm and NuGet caches as they are on this machine");
        Console.WriteLine();
        Console.WriteLine("| from ./arena run to | seconds |");
        Console.WriteLine("|---|---|");
        var clock = Stopwatch.StartNew();
        var info = new ProcessStartInfo(folder.In("arena/arena"), ["run", "--port", port.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var arena = Process.Start(info)!;
        TimeSpan built = default;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(string? line)
        {
            if (line?.StartsWith("Built in", StringComparison.Ordinal) is true)
            {
                built = clock.Elapsed;
            }
            else if (line?.StartsWith("Arena is ready", StringComparison.Ordinal) is true)
            {
                ready.TrySetResult();
            }
        }

        arena.OutputDataReceived += (_, e) => Hear(e.Data);
        arena.ErrorDataReceived += (_, e) => Hear(e.Data);
        arena.BeginOutputReadLine();
        arena.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(Limit, cancellationToken);
            var readyAt = clock.Elapsed;
            using var client = new HttpClient { BaseAddress = address };
            var first = await TimeAsync(client, "/", cancellationToken);
            while (!await FinishedAsync(client, cancellationToken))
            {
                await Task.Delay(100, cancellationToken);
            }

            Print("end of the build (npm ci, restore and compilation in it)", built);
            Print("ready", readyAt);
            Print("ready, after the build's end (aim 10)", readyAt - built);
            Print("finished board", clock.Elapsed);
            Print("finished board, after ready (aim 60)", clock.Elapsed - readyAt);
            Console.WriteLine();
            Console.WriteLine("| page | milliseconds |");
            Console.WriteLine("|---|---|");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| / (the first request of the process) | {first.TotalMilliseconds:F0} |"));
            foreach (var page in (string[])["/", "/leaderboards/digits", "/entries/digits-conv-net"])
            {
                var times = new List<double>();
                for (var i = 0; i < Pages; i++)
                {
                    times.Add((await TimeAsync(client, page, cancellationToken)).TotalMilliseconds);
                }

                times.Sort();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {page}: p50, p99 of {Pages}, one at a time | {times[Pages / 2]:F2}, {times[Pages * 99 / 100]:F2} |"));
            }
        }
        finally
        {
            await RunToEndAsync("kill", ["-TERM", arena.Id.ToString(CultureInfo.InvariantCulture)], CancellationToken.None);
            await arena.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static void Print(string what, TimeSpan time) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {time.TotalSeconds:F1} |"));

    private static async Task<TimeSpan> TimeAsync(HttpClient client, string page, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await client.GetByteArrayAsync(new Uri(page, UriKind.Relative), cancellationToken);
        return clock.Elapsed;
    }

    private static async Task<bool> FinishedAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(new Uri("/api/v1/leaderboards/digits", UriKind.Relative), cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        using var board = await answer.Content.ReadFromJsonAsync<JsonDocument>(cancellationToken);
        var rows = board!.RootElement.GetProperty("standings").EnumerateArray().Select(row => row.GetProperty("evidence")).ToList();
        return rows.Count >= 13 && rows.TrueForAll(row => row.GetProperty("samples").GetInt32() == row.GetProperty("suite_samples").GetInt32());
    }

    private static async Task RunToEndAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
