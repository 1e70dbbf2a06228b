namespace Arena.Ranking.Benchmarks.Harness;

/// <summary><c>ranking [NAME…] [--quick]</c> and <c>experiments [NAME…] [--quick] [--seed N]</c>.</summary>
internal static class BenchmarkProgram
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        bool quick = args.Contains("--quick", StringComparer.Ordinal);
        ulong seed = 0;
        int at = Array.IndexOf(args, "--seed");
        if (at >= 0 && (at + 1 == args.Length || !ulong.TryParse(args[at + 1], out seed)))
        {
            return await MisusedAsync("--seed needs a whole number.");
        }

        string[] words = [.. args.Where((a, i) => !string.Equals(a, "--quick", StringComparison.Ordinal) && (at < 0 || (i != at && i != at + 1)))];
        if (Array.Find(words, w => w.StartsWith('-')) is { } unknown)
        {
            return await MisusedAsync($"'{unknown}' is no option. There are --quick and --seed N.");
        }

        string[] names = [.. words.Skip(1)];
        return words.FirstOrDefault() switch
        {
            "ranking" => await SpeedRun.RunAsync(names, new BenchmarkSettings(quick, seed), cancellationToken),
            "experiments" => await ExperimentRun.RunAsync(names, new BenchmarkSettings(quick, seed), cancellationToken),
            _ => await MisusedAsync("Name one of: ranking, experiments."),
        };
    }

    public static async Task<int> MisusedAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return 2;
    }
}
