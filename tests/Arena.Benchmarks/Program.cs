using Arena.Benchmarks;

// dotnet run --project tests/Arena.Benchmarks -c Release -- <name> [options]
var benchmarks = new SortedDictionary<string, Func<string[], CancellationToken, Task<int>>>(StringComparer.Ordinal)
{
    ["runner"] = (_, cancellationToken) => Plain(RunnerBenchmark.RunAsync, cancellationToken),
    ["start"] = (_, cancellationToken) => Plain(StartBenchmark.RunAsync, cancellationToken),
    ["store"] = (_, cancellationToken) => Plain(StoreBenchmark.RunAsync, cancellationToken),
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

return await benchmark(args[1..], stop.Token);

static async Task<int> Plain(Func<CancellationToken, Task> run, CancellationToken cancellationToken)
{
    await run(cancellationToken);
    return 0;
}
