using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Benchmarks.Benchmarks;

/// <summary>Voting rules without intervals on many competitors, and Borda with its bootstrap.</summary>
internal sealed class VotingBenchmark : IRankingBenchmark
{
    public string Name => "voting";

    public int Place => 70;

    public IEnumerable<RankingWork> Works(BenchmarkSettings settings)
    {
        yield return Kemeny(15, 1, settings);
        yield return Kemeny(settings.Quick ? 12 : 18, null, settings);
        int many = settings.Quick ? 50 : 500;
        yield return Work($"Schulze, {many} entries", many, 21, settings, b => Ranking.Schulze.Fit(b, new SchulzeOptions { Resampling = VoteResampling.None }));
        yield return Work($"Ranked pairs, {many} entries", many, 21, settings, b => Ranking.RankedPairs.Fit(b, new RankedPairsOptions { Resampling = VoteResampling.None, Ties = RankedPairsTies.ByIndex }));
        yield return Work($"Kemeny by local search, {many} entries", many, 21, settings, b => Ranking.Kemeny.Fit(b, new KemenyOptions { Resampling = VoteResampling.None, Restarts = 0 }));
        yield return Work($"Maximal lottery, {many / 5} entries", many / 5, 21, settings, b => MaximalLottery.Fit(b, new MaximalLotteryOptions { Resampling = VoteResampling.None }));
        yield return Work("Borda, bootstrap of 500 rounds, 20 entries", 20, settings.Quick ? 100 : 10_000, settings, b => Borda.Fit(b));
    }

    private static RankingWork Kemeny(int entries, double? target, BenchmarkSettings settings) =>
        Work($"Kemeny, exact, {entries} entries in one cycle", entries, 20, settings, b => Ranking.Kemeny.Fit(b, new KemenyOptions { Resampling = VoteResampling.None }), target);

    /// <summary>Random complete ballots and a cycle through all, so that nothing falls into groups.</summary>
    private static RankingWork Work(string name, int entries, int ballots, BenchmarkSettings settings, Func<Ballots, object> fit, double? target = null) =>
        new(name, $"{entries} entries, {ballots:N0} complete ballots")
        {
            TargetSeconds = target,
            Prepare = () =>
            {
                var random = new Xoshiro256(settings.Seed, 3);
                var builder = new BallotsBuilder(entries);
                for (int b = 0; b < ballots; b++)
                {
                    builder.AddRanking(random.Permutation(entries));
                }

                for (int i = 0; i < entries; i++)
                {
                    builder.AddPair(i, (i + 1) % entries, PairOutcome.FirstWins, new BallotDetails(2 * ballots));
                }

                Ballots votes = builder.ToBallots();
                return () => fit(votes);
            },
        };
}
