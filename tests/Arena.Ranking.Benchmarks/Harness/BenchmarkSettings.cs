namespace Arena.Ranking.Benchmarks.Harness;

/// <summary>How a run was asked for.</summary>
/// <param name="Quick">Small sizes, to try that everything works: nothing is written into docs.</param>
/// <param name="Seed">Seed of everything that is drawn. Default: 0.</param>
internal sealed record BenchmarkSettings(bool Quick, ulong Seed);
