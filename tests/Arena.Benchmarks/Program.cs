using Arena.Benchmarks;

// dotnet run --project tests/Arena.Benchmarks -c Release -- <name>
var benchmarks = new SortedDictionary<string, Func<CancellationToken, Task>>(StringComparer.Ordinal)
{
    ["runner"] = RunnerBenchmark.RunAsync,
    ["start"] = StartBenchmark.RunAsync,
    ["store"] = StoreBenchmark.RunAsync,
    ["voting"] = VotingBenchmark.RunAsync,
};

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
string name = args.Length > 0 ? args[0] : "";
if (!benchmarks.TryGetValue(name, out var benchmark))
{
    await Console.Error.WriteLineAsync($"Name one of the benchmarks: experiments, ranking, {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

await benchmark(stop.Token);
return 0;
