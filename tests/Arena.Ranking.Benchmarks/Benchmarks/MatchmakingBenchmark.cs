using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Resampling;
using Arena.Ranking.Selection;

namespace Arena.Ranking.Benchmarks.Benchmarks;

/// <summary>Slates drawn by every policy.</summary>
internal sealed class MatchmakingBenchmark : IRankingBenchmark
{
    private static readonly IMatchmaker[] Policies =
    [
        new UniformMatchmaker(), new UnderSampledMatchmaker(), new SkillCloseMatchmaker(), new UcbMatchmaker(), new ThompsonMatchmaker(), new InformationGainMatchmaker(),
    ];

    public string Name => "matchmaking";

    public int Place => 150;

    public IEnumerable<RankingWork> Works(BenchmarkSettings settings)
    {
        (int entries, int draws) = settings.Quick ? (20, 20) : (100, 1000);
        MatchState state = State(entries, settings.Seed);
        foreach (IMatchmaker policy in Policies)
        {
            yield return new RankingWork($"Matchmaking, {policy.Version}", $"{draws:N0} slates of 4 among {entries}")
            {
                Prepare = () =>
                {
                    var slate = new int[4];
                    return () =>
                    {
                        for (int d = 0; d < draws; d++)
                        {
                            policy.Draw(new MatchRequest(state, settings.Seed, (ulong)d), slate);
                        }
                    };
                },
            };
            yield return new RankingWork($"Matchmaking, {policy.Version}, logged with its probability", $"{draws / 10:N0} slates of 4 among {entries}")
            {
                Prepare = () =>
                {
                    var logged = new EpsilonUniformMatchmaker(policy);
                    return () =>
                    {
                        for (int d = 0; d < draws / 10; d++)
                        {
                            logged.DrawLogged(new MatchRequest(state, settings.Seed, (ulong)d), 4);
                        }
                    };
                },
            };
        }
    }

    private static MatchState State(int entries, ulong seed)
    {
        var random = new Xoshiro256(seed, 0);
        var mean = new double[entries];
        var comparisons = new int[entries];
        var pairs = new int[entries * entries];
        int[] slate = [.. Enumerable.Range(0, entries)];
        for (int k = 0; k < 20 * entries; k++)
        {
            mean[k % entries] = 25 + 5 * random.NextNormal();
            random.Shuffle(slate);
            MatchState.Count(slate.AsSpan(0, 4), comparisons, pairs);
        }

        return new MatchState(mean, Enumerable.Repeat(1.0, entries).ToArray(), comparisons, pairs) { Unit = 25 / 6.0 };
    }
}
