using Arena.Ranking.Benchmarks.Experiments;
using Arena.Ranking.Benchmarks.Harness;

namespace Arena.Ranking.Benchmarks.Benchmarks;

/// <summary>ONEBench aggregation of half numbers, half right or wrong, complete and sparse.</summary>
internal sealed class OneBenchBenchmark : IRankingBenchmark
{
    public string Name => "onebench";

    public IEnumerable<RankingWork> Works(BenchmarkSettings settings)
    {
        (int models, int samples) = settings.Quick ? (10, 100) : (100, 1000);
        foreach (int missing in new[] { 0, 90, 99 })
        {
            yield return new RankingWork($"ONEBench aggregation, {missing} % missing", $"{models} models, {samples:N0} samples")
            {
                Prepare = () =>
                {
                    ScoreMatrix scores = SparseBoard.Draw(models, samples, 0.3, settings.Seed, 0).WithMissing(missing / 100.0);
                    scores = scores.Select(scores.Measured());
                    return () => OneBench.Fit(scores, new OneBenchOptions { PriorTies = 1.0 / models });
                },
            };
        }
    }
}
