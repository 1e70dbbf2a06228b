using System.Globalization;
using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Benchmarks.Benchmarks;

/// <summary>Plackett–Luce with sandwich intervals from ballots drawn from it.</summary>
internal sealed class PlackettLuceBenchmark : IRankingBenchmark
{
    private enum Kept
    {
        Ranking,
        RankingByVoter,
        BestWorst,
    }

    public string Name => "plackett-luce";

    public IEnumerable<RankingWork> Works(BenchmarkSettings settings)
    {
        (int entries, int ballots) = settings.Quick ? (10, 1000) : (100, 100_000);
        string sizes = string.Create(CultureInfo.InvariantCulture, $"{entries} entries, {ballots:N0} ballots of 4");
        yield return new RankingWork("Plackett–Luce, sandwich intervals", sizes)
        {
            Prepare = () => Fit(Draw(entries, ballots, Kept.Ranking, settings.Seed)),
            TargetSeconds = settings.Quick ? null : 0.1,
            Peers = settings.Quick ? [] : [Peer.Quoted("choix ilsr_rankings", 7.7)],
        };
        yield return new RankingWork("Plackett–Luce, clustered by voter", $"{sizes}, 2,000 voters")
        {
            Prepare = () => Fit(Draw(entries, ballots, Kept.RankingByVoter, settings.Seed), ClusterBy.Voter),
        };
        yield return new RankingWork("Plackett–Luce, best and worst of 4", sizes)
        {
            Prepare = () => Fit(Draw(entries, ballots, Kept.BestWorst, settings.Seed)),
        };
        yield return new RankingWork("Plackett–Luce, live: 100 ballots more", sizes)
        {
            Prepare = () =>
            {
                Ballots all = Draw(entries, ballots, Kept.Ranking, settings.Seed);
                Standings before = PlackettLuce.Fit(all.Select([.. Enumerable.Range(0, ballots - 100)]));
                var options = new PlackettLuceOptions { StartRatings = [.. before.Competitors.Select(c => c.Rating)], Rounds = 200 };
                return () => PlackettLuce.Fit(all, options);
            },
        };
    }

    private static Action Fit(Ballots ballots, ClusterBy cluster = ClusterBy.None) => () => PlackettLuce.Fit(ballots, new PlackettLuceOptions { Cluster = cluster });

    private static Ballots Draw(int entries, int ballots, Kept kept, ulong seed)
    {
        double[] theta = [.. Enumerable.Range(0, entries).Select(i => 3.0 * i / (entries - 1) - 1.5)];
        var builder = new BallotsBuilder(entries, ballots, 4 * ballots);
        int[] slate = new int[4];
        double[] key = new double[4];
        for (int b = 0; b < ballots; b++)
        {
            var random = new Xoshiro256(seed, (ulong)b);
            for (int k = 0; k < slate.Length;)
            {
                slate[k] = random.NextBelow(entries);
                key[k] = Math.Log(random.NextExponential()) - theta[slate[k]];
                k += slate.AsSpan(0, k).Contains(slate[k]) ? 0 : 1;
            }

            Array.Sort(key, slate);
            if (kept == Kept.BestWorst)
            {
                builder.AddBestWorst(slate[0], slate.AsSpan(1, 2), slate[3], new BallotDetails());
            }
            else
            {
                builder.AddRanking(slate, new BallotDetails(Voter: kept == Kept.RankingByVoter ? b % 2000 : -1));
            }
        }

        return builder.ToBallots();
    }
}
