namespace Arena.Ranking.Benchmarks.Harness;

/// <summary>One experiment and its section of docs/experiments.md. Every class of this kind is found by reflection; it needs a constructor without parameters.</summary>
internal interface IExperiment
{
    /// <summary>How a person names it on the command line, and what its files begin with, such as <c>k-sort</c>.</summary>
    string Name { get; }

    /// <summary>Heading of its section. Default: <see cref="Name"/>.</summary>
    string Title => Name;

    /// <summary>Runs it. Everything that is drawn comes from <see cref="ExperimentReport.Seed"/>; small sizes where <see cref="ExperimentReport.Quick"/> asks for them.</summary>
    Task RunAsync(ExperimentReport report, CancellationToken cancellationToken);
}
