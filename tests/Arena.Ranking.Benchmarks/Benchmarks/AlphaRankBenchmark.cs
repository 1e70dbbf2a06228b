using System.Globalization;
using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Benchmarks.Benchmarks;

/// <summary>α-Rank of one population at α = 100, m = 50, where most fixation probabilities are far below the smallest double.</summary>
internal sealed class AlphaRankBenchmark : IRankingBenchmark
{
    private static readonly (int Strategies, double Target, double Peer)[] Sizes = [(50, 0.002, 0.10), (200, 0.040, 2.1), (500, 0.400, 12.5)];

    public string Name => "alpha-rank";

    public IEnumerable<RankingWork> Works(BenchmarkSettings settings) =>
        from size in Sizes
        let strategies = settings.Quick ? size.Strategies / 10 : size.Strategies
        select new RankingWork("α-Rank, with sinks and cycles", string.Create(CultureInfo.InvariantCulture, $"{strategies} strategies, α = 100, m = 50"))
        {
            Prepare = () =>
            {
                PayoffTables tables = Game(strategies, settings.Seed);
                return () => AlphaRank.Fit(tables);
            },
            TargetSeconds = size.Target,
            Peers = [Peer.Quoted("open_spiel", size.Peer)],
        };

    /// <summary>A zero-sum game with payoffs from −1 to 1.</summary>
    private static PayoffTables Game(int n, ulong seed)
    {
        var random = new Xoshiro256(seed, (ulong)n);
        double[] payoffs = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                payoffs[i * n + j] = 2 * random.NextDouble() - 1;
                payoffs[j * n + i] = -payoffs[i * n + j];
            }
        }

        return PayoffTables.Symmetric(n, payoffs);
    }
}
