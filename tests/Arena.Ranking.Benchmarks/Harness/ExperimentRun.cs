using System.Diagnostics;
using System.Globalization;

namespace Arena.Ranking.Benchmarks.Harness;

/// <summary>Runs experiments and replaces their sections of docs/experiments.md; a quick run writes to artifacts/experiments instead.</summary>
internal static class ExperimentRun
{
    public static async Task<int> RunAsync(IReadOnlyList<string> names, BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        IReadOnlyList<IExperiment> all = [.. Discovery.All<IExperiment>().OrderBy(e => e.Name, StringComparer.Ordinal)];
        if (await Discovery.ChooseAsync(all, e => e.Name, names) is not { } chosen)
        {
            return 2;
        }

        string folder = settings.Quick ? Path.Combine(DocumentSection.Repository, "artifacts", "experiments") : DocumentSection.Docs;
        string document = Path.Combine(folder, "experiments.md");
        Directory.CreateDirectory(Path.Combine(folder, "experiments"));
        if (!File.Exists(document))
        {
            await File.WriteAllTextAsync(document, "# Experiments\n", cancellationToken);
        }

        foreach (IExperiment experiment in chosen)
        {
            var report = new ExperimentReport(experiment.Name, settings);
            long start = Stopwatch.GetTimestamp();
            await experiment.RunAsync(report, cancellationToken);
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            string command = $"./arena bench experiments {experiment.Name}{(settings.Quick ? " --quick" : "")}{(settings.Seed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" --seed {settings.Seed}"))}";
            string section = string.Create(CultureInfo.InvariantCulture, $"## {experiment.Title}\n`{command}`, {took.TotalSeconds:0} s on {Environment.ProcessorCount} threads.\n\n{report.Markdown}");
            Console.WriteLine(section);
            foreach ((string file, string svg) in report.Figures)
            {
                await File.WriteAllTextAsync(Path.Combine(folder, "experiments", file), svg, cancellationToken);
            }

            await DocumentSection.ReplaceAsync(document, $"experiment {experiment.Name}", section, cancellationToken);
        }

        await Console.Error.WriteLineAsync($"Written to {Path.GetRelativePath(DocumentSection.Repository, document)}");
        return 0;
    }
}
