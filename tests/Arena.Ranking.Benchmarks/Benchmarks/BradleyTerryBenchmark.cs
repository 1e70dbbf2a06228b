using System.Globalization;
using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Benchmarks.Benchmarks;

/// <summary>Bradley–Terry with intervals, its bootstrap, and Elo, from raw votes in memory.</summary>
internal sealed class BradleyTerryBenchmark : IRankingBenchmark
{
    private const int Voters = 50_000;
    private const int Prompts = 10_000;

    public string Name => "bradley-terry";

    public int Place => 1;

    public IEnumerable<RankingWork> Works(BenchmarkSettings settings)
    {
        int count = settings.Quick ? 5000 : 1_000_000;
        foreach ((int entries, double target, Peer[] peers) in new[]
        {
            (100, 0.04, new[] { Peer.Quoted("FastChat, from a data frame", 1.8), Peer.Quoted("choix, with the matrix given", 0.008) }),
            (1000, 0.4, [Peer.Quoted("FastChat, from a data frame", 5.9), Peer.Quoted("choix, with the matrix given", 2.6)]),
        })
        {
            int n = settings.Quick ? entries / 10 : entries;
            yield return new RankingWork("Bradley–Terry, sandwich intervals and ranks", Sizes(n, count))
            {
                Prepare = () =>
                {
                    Columns votes = Draw(n, count, settings.Seed);
                    return () =>
                    {
                        var tally = new PairwiseTally(n);
                        tally.Add(votes.First, votes.Second, votes.Outcomes);
                        BradleyTerry.Fit(tally);
                    };
                },
                TargetSeconds = settings.Quick ? null : target,
                Peers = settings.Quick ? [] : peers,
            };
        }

        int few = settings.Quick ? 10 : 100;
        yield return new RankingWork("Bradley–Terry, clustered by voter and prompt", Sizes(few, count))
        {
            Prepare = () =>
            {
                Columns votes = Draw(few, count, settings.Seed);
                var options = new BradleyTerryOptions { Cluster = ClusterBy.Voter | ClusterBy.Prompt };
                return () => BradleyTerry.Fit(votes.ToBallots(few), options);
            },
            TargetSeconds = settings.Quick ? null : 0.15,
        };
        foreach ((string name, ClusterBy cluster) in ((string, ClusterBy)[])[("votes", ClusterBy.None), ("voters", ClusterBy.Voter)])
        {
            yield return new RankingWork($"Bradley–Terry, 100 bootstrap rounds of {name}", Sizes(few, count))
            {
                Prepare = () =>
                {
                    Ballots ballots = Draw(few, count, settings.Seed).ToBallots(few);
                    var options = new BradleyTerryOptions { Rounds = settings.Quick ? 10 : 100, Cluster = cluster };
                    return () => BallotBootstrap.FitBradleyTerry(ballots, options);
                },
                TargetSeconds = settings.Quick ? null : 0.3,
                Peers = settings.Quick ? [] : [Peer.Quoted("FastChat, 2 processes", 19.8)],
            };
        }

        yield return new RankingWork("Elo", Sizes(few, count))
        {
            Prepare = () =>
            {
                Ballots ballots = Draw(few, count, settings.Seed).ToBallots(few);
                var options = new EloOptions { Intervals = false };
                return () => Elo.Fit(ballots, options);
            },
            Peers = settings.Quick ? [] : [Peer.Quoted("FastChat", 3.1)],
        };
    }

    private static string Sizes(int entries, int votes) => string.Create(CultureInfo.InvariantCulture, $"{entries:N0} entries, {votes:N0} votes");

    private static Columns Draw(int entries, int count, ulong seed)
    {
        var random = new Xoshiro256(seed, (ulong)entries);
        var votes = new Columns(new int[count], new int[count], new PairOutcome[count], new int[count], new int[count]);
        for (int v = 0; v < count; v++)
        {
            int first = random.NextBelow(entries), second = (first + 1 + random.NextBelow(entries - 1)) % entries;
            double ahead = 2.0 * (second - first) / entries, share = random.NextDouble();
            (votes.First[v], votes.Second[v], votes.Voters[v], votes.Prompts[v]) = (first, second, random.NextBelow(Voters), random.NextBelow(Prompts));
            votes.Outcomes[v] = share < 0.15 ? PairOutcome.Tie
                : random.NextDouble() < 1 / (1 + Math.Exp(-ahead)) ? PairOutcome.FirstWins
                : PairOutcome.SecondWins;
        }

        return votes;
    }

    private sealed record Columns(int[] First, int[] Second, PairOutcome[] Outcomes, int[] Voters, int[] Prompts)
    {
        public Ballots ToBallots(int entries) => Ballots.FromPairs(entries, First, Second, Outcomes, default, Voters, Prompts);
    }
}
