using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Benchmarks.Benchmarks;

/// <summary>Mean score with 2,000 rounds of paired bootstrap.</summary>
internal sealed class MeanScoreBenchmark : IRankingBenchmark
{
    public string Name => "mean-score";

    public IEnumerable<RankingWork> Works(BenchmarkSettings settings)
    {
        (int entries, int samples) = settings.Quick ? (5, 100) : (12, 10_000);
        yield return new RankingWork("Mean score, paired bootstrap of 2,000 rounds", $"{entries} entries, {samples:N0} samples, right or wrong")
        {
            Prepare = () =>
            {
                var random = new Xoshiro256(settings.Seed, 0);
                float[] scores = new float[entries * samples];
                for (int k = 0; k < scores.Length; k++)
                {
                    scores[k] = random.NextDouble() < 0.9 - 0.02 * (k / samples) ? 1 : 0;
                }

                var matrix = ScoreMatrix.Create(entries, samples, scores);
                return () => MeanScore.Fit(matrix);
            },
        };
    }
}
