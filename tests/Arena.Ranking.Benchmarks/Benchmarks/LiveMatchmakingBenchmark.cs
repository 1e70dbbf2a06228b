using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Resampling;
using Arena.Ranking.Selection;

namespace Arena.Ranking.Benchmarks.Benchmarks;

/// <summary>A battle drawn in a running arena: 1,000 entries in versions, a million ballots behind them, newcomers, fatigue, ε, and the slate's probability.</summary>
internal sealed class LiveMatchmakingBenchmark : IRankingBenchmark
{
    private static readonly IMatchmaker[] Policies =
    [
        new UniformMatchmaker(), new UnderSampledMatchmaker(), new SkillCloseMatchmaker(), new UcbMatchmaker(), new ThompsonMatchmaker(), new InformationGainMatchmaker(),
    ];

    public string Name => "live-matchmaking";

    public int Place => 151;

    public IEnumerable<RankingWork> Works(BenchmarkSettings settings)
    {
        (int entries, int ballots, int draws) = settings.Quick ? (50, 1000, 2) : (1000, 1_000_000, 10);
        string size = $"{entries:N0} entries, {ballots:N0} ballots";
        yield return new RankingWork("Live matchmaking, all ballots taken in again", size) { Prepare = () => () => Book(entries, ballots, settings.Seed) };
        MatchBook book = Book(entries, ballots, settings.Seed);
        foreach (IMatchmaker policy in Policies)
        {
            foreach (int k in new[] { 2, 4, 6 })
            {
                yield return new RankingWork($"Live battle, {policy.Version}: drawn and logged, and a vote", $"{draws} slates of {k}, {size}")
                {
                    TargetSeconds = 0.05 * draws,
                    Prepare = () => () => Battles(book, policy, k, draws, settings.Seed),
                };
            }
        }
    }

    /// <summary>What the voting path does: a draw with its probability goes out, and the vote on another one comes in. What went out comes back, so that newcomers stay newcomers.</summary>
    private static void Battles(MatchBook book, IMatchmaker policy, int size, int draws, ulong seed)
    {
        var logged = new EpsilonUniformMatchmaker(new FatigueMatchmaker(new NewcomerMatchmaker(policy)));
        IReadOnlyList<int>[] recent = [[1, 2, 3, 4], [5, 6, 7, 8]];
        Span<int> slate = stackalloc int[size], other = stackalloc int[size], ranks = stackalloc int[size];
        for (int d = 0; d < draws; d++)
        {
            LoggedSlate drawn = logged.DrawLogged(new MatchRequest(book.State, seed, (ulong)d) { Recent = recent }, size);
            for (int k = 0; k < size; k++)
            {
                (slate[k], other[k], ranks[k]) = (drawn.Members[k], 1 + 3 * k, k);
            }

            book.Issue(slate);
            book.Abandon(slate);
            book.Vote(other, ranks, issued: false);
        }
    }

    /// <summary>Entries in versions of three, every fiftieth a newcomer, and slates of four among the others.</summary>
    private static MatchBook Book(int entries, int ballots, ulong seed)
    {
        var random = new Xoshiro256(seed, 0);
        var book = new MatchBook(new TrueSkillOptions());
        double[] strength = new double[entries], performance = new double[4];
        for (int i = 0; i < entries; i++)
        {
            book.Add(i / 3);
            strength[i] = 6 * random.NextNormal();
        }

        int[] veterans = [.. Enumerable.Range(0, entries).Where(i => i % 50 > 0)];
        int[] ranks = [0, 1, 2, 3];
        for (int b = 0; b < ballots; b++)
        {
            for (int p = 0; p < 4; p++)
            {
                int other = p + random.NextBelow(veterans.Length - p);
                (veterans[p], veterans[other]) = (veterans[other], veterans[p]);
                performance[p] = -strength[veterans[p]] + 4 * random.NextNormal();
            }

            Array.Sort(performance, veterans, 0, 4);
            book.Vote(veterans.AsSpan(0, 4), ranks, issued: false);
        }

        return book;
    }
}
