namespace Arena.Ranking.Benchmarks.Harness;

/// <summary>Rows of the speed table. Every class of this kind is found by reflection; it needs a constructor without parameters.</summary>
internal interface IRankingBenchmark
{
    /// <summary>How a person names it on the command line, such as <c>plackett-luce</c>.</summary>
    string Name { get; }

    /// <summary>Place in the table: smaller is higher, equal ones go by name. Default: 100.</summary>
    int Place => 100;

    /// <summary>The rows, with smaller sizes where <see cref="BenchmarkSettings.Quick"/> asks for them.</summary>
    IEnumerable<RankingWork> Works(BenchmarkSettings settings);
}
