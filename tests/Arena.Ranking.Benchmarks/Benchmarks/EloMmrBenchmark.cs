using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Benchmarks.Benchmarks;

/// <summary>Elo-MMR over contests in which everybody takes part.</summary>
internal sealed class EloMmrBenchmark : IRankingBenchmark
{
    public string Name => "elo-mmr";

    public int Place => 60;

    public IEnumerable<RankingWork> Works(BenchmarkSettings settings)
    {
        yield return Work("Elo-MMR", settings, new EloMmrOptions(), 18.0);
        yield return Work("Elo-MMR, fast variant", settings, EloMmrOptions.Fast, 4.7);
    }

    private static RankingWork Work(string name, BenchmarkSettings settings, EloMmrOptions options, double reference)
    {
        (int contests, int entrants) = settings.Quick ? (10, 50) : (200, 500);
        return new RankingWork(name, $"{contests} contests of {entrants}")
        {
            TargetSeconds = reference,
            Peers = [Peer.Quoted("the reference in Rust", reference)],
            Prepare = () =>
            {
                (int[] everybody, int[][] ranks) = Contests(contests, entrants, settings.Seed);
                return () =>
                {
                    var ratings = new ContestRatings(entrants, options);
                    foreach (int[] places in ranks)
                    {
                        ratings.Update(everybody, places);
                    }
                };
            },
        };
    }

    private static (int[] Everybody, int[][] Ranks) Contests(int contests, int entrants, ulong seed)
    {
        var random = new Xoshiro256(seed, 0);
        double[] skill = [.. Enumerable.Range(0, entrants).Select(_ => 1500 + 300 * random.NextNormal())];
        var ranks = new int[contests][];
        for (int c = 0; c < contests; c++)
        {
            double[] performances = [.. skill.Select(s => s + 200 * random.NextNormal())];
            int[] order = [.. Enumerable.Range(0, entrants).OrderByDescending(i => performances[i])];
            ranks[c] = new int[entrants];
            for (int place = 0; place < entrants; place++)
            {
                ranks[c][order[place]] = place;
            }
        }

        return ([.. Enumerable.Range(0, entrants)], ranks);
    }
}
