using Arena.Ranking.Resampling;
using Arena.Ranking.Selection;
using Xunit;

namespace Arena.Ranking.Tests.Selection;

public sealed class MatchBookTests
{
    private static readonly EpsilonUniformMatchmaker Live = new(new FatigueMatchmaker(new NewcomerMatchmaker(new UcbMatchmaker())));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Vote_AnyHistory_GivesTheStateMadeFromScratch(ulong seed)
    {
        var random = new Xoshiro256(seed, 0);
        var options = new TrueSkillOptions();
        (MatchBook book, var ratings) = (new MatchBook(options), new OnlineRatings(40, options));
        (var comparisons, var pairs) = (new int[40], new int[40 * 40]);
        for (int i = 0; i < 5; i++)
        {
            book.Add();
        }

        for (int v = 0; v < 400; v++)
        {
            if (v % 10 == 0 && book.Competitors < 40)
            {
                int newcomer = book.Add();
                Assert.Equal(book.Competitors - 1, newcomer);
            }

            int[] slate = random.Permutation(book.Competitors)[..(2 + random.NextBelow(3))];
            int[] ranks = [.. slate.Select(_ => 1)];
            ranks[0] = 0;
            bool issued = random.NextBelow(2) == 0;
            if (issued)
            {
                book.Issue(slate);
            }

            if (random.NextBelow(4) == 0 && issued)
            {
                book.Abandon(slate);
                continue;
            }

            book.Vote(slate, ranks, issued);
            ratings.Update(slate, ranks);
            MatchState.Count(slate, comparisons, pairs);
            if (random.NextBelow(3) > 0)
            {
                continue; // states are asked for now and then, so that rows are shared for a while
            }

            MatchState state = book.State;
            int n = state.Competitors;
            Assert.Equal(comparisons[..n], state.Comparisons.ToArray());
            Assert.Equal(ratings.Mu.ToArray()[..n], state.Mean.ToArray());
            Assert.Equal(ratings.Sigma.ToArray()[..n], state.Deviation.ToArray());
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(pairs.AsSpan(i * 40, n).ToArray(), state.Together(i).ToArray());
            }
        }

        Assert.Equal(40, book.Competitors);
    }

    [Fact]
    public void State_TakenBefore_NeverChanges()
    {
        MatchBook book = Book(6);
        book.Vote([0, 1, 2], [0, 1, 2], issued: false);
        MatchState before = book.State;
        (double[] mean, int[] comparisons, int[] together) = (before.Mean.ToArray(), before.Comparisons.ToArray(), before.Together(0).ToArray());
        Assert.Same(before, book.State);
        book.Vote([0, 1], [1, 0], issued: false);
        book.Issue([0, 5]);
        book.SetAvailable(1, false);
        book.Believe(2, new Skill(40, 1));
        int newcomer = book.Add();
        Assert.Equal(mean, before.Mean.ToArray());
        Assert.Equal(comparisons, before.Comparisons.ToArray());
        Assert.Equal(together, before.Together(0).ToArray());
        Assert.True(before.IsAvailable(1));
        MatchState after = book.State;
        Assert.Equal([0, 2, 1, 0, 0, 1, 0], after.Together(0).ToArray());
        Assert.Equal((40, 25, 7), (after.Mean.Span[2], after.Mean.Span[newcomer], after.Competitors));
        Assert.False(after.IsAvailable(1));
        Assert.Equal(25 / 6.0 * Math.Sqrt(Math.PI) / 2, after.Unit, 12);
    }

    [Fact]
    public void Issue_SlatesStillOut_GiveTheNextVoterAnotherOne()
    {
        MatchBook book = Book(12);
        var policy = new UnderSampledMatchmaker();
        for (ulong voter = 0; voter < 6; voter++)
        {
            int[] slate = policy.Draw(new MatchRequest(book.State, 1, voter), 2);
            book.Issue(slate);
        }

        Assert.All(book.State.Comparisons.ToArray(), c => Assert.Equal(1, c));
    }

    [Fact]
    public void State_VersionsAndRetired_NeverShareASlateNorAreDrawn()
    {
        var book = new MatchBook(new WengLinOptions());
        for (int i = 0; i < 30; i++)
        {
            book.Add(i < 24 ? i / 3 : -1);
        }

        book.SetAvailable(29, false);
        var recent = new List<IReadOnlyList<int>>();
        for (ulong draw = 0; draw < 300; draw++)
        {
            int size = 2 + (int)(draw % 5);
            LoggedSlate logged = Live.DrawLogged(new MatchRequest(book.State, 5, draw) { Recent = recent }, size);
            int[] slate = [.. logged.Members];
            Assert.Equal(size, slate.Distinct().Count());
            Assert.DoesNotContain(29, slate);
            int[] versions = [.. slate.Where(i => i < 24).Select(i => i / 3)];
            Assert.Equal(versions.Length, versions.Distinct().Count());
            Assert.InRange(logged.Probability.Value, 1e-9, 1);
            Assert.Equal(ProbabilityKind.Exact, logged.Probability.Kind);
            book.Issue(slate);
            book.Vote(slate, [.. Enumerable.Range(0, size)], issued: true);
            recent.Add(slate);
        }

        // back again, and never shown: the newcomers' half of the slates goes to it
        book.SetAvailable(29, true);
        Assert.Contains(Enumerable.Range(300, 20), d => Live.DrawLogged(new MatchRequest(book.State, 5, (ulong)d), 6).Members.Contains(29));
    }

    [Fact]
    public void Vote_ManyThreads_LosesNothingAndStatesAreWhole()
    {
        const int writers = 3, votes = 20_000;
        MatchBook book = Book(20);
        using var together = new Barrier(writers);
        bool done = false;
        int torn = 0;
        var reader = new Thread(() =>
        {
            while (!Volatile.Read(ref done))
            {
                MatchState state = book.State;
                for (int i = 0; i < state.Competitors; i++)
                {
                    int met = 0;
                    foreach (int count in state.Together(i))
                    {
                        met += count;
                    }

                    torn += met == 2 * state.Comparisons.Span[i] ? 0 : 1;
                }
            }
        });
        reader.Start();
        Thread[] threads =
        [
            .. Enumerable.Range(0, writers).Select(w => new Thread(() =>
            {
                var random = new Xoshiro256((ulong)w, 0);
                together.SignalAndWait();
                for (int v = 0; v < votes; v++)
                {
                    book.Vote(random.Permutation(20).AsSpan(0, 3), [0, 1, 2], issued: false);
                }
            })),
        ];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Volatile.Write(ref done, true);
        reader.Join();
        Assert.Equal(0, torn);
        Assert.Equal(writers * votes * 3, book.State.Comparisons.ToArray().Sum());
    }

    [Fact]
    public void Vote_WithoutAskingForStates_AllocatesNothing()
    {
        MatchBook book = Book(50);
        int[] slate = [1, 2, 3, 4], ranks = [0, 1, 1, 2];
        Play();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Play()
        {
            for (int v = 0; v < 20; v++)
            {
                book.Vote(slate, ranks, issued: false);
            }
        }
    }

    [Fact]
    public void Replay_Ballots_AreTakenInOneAfterTheOther()
    {
        var builder = new BallotsBuilder(3);
        builder.AddRanking(2, 0, 1);
        builder.AddPair(0, 1, PairOutcome.Tie);
        builder.AddPair(0, 1, PairOutcome.FirstWins, new BallotDetails(Weight: 0));
        Ballots ballots = builder.ToBallots();
        MatchBook book = Book(3);
        book.Replay(ballots);
        Assert.Equal([2, 2, 1], book.State.Comparisons.ToArray());
        Assert.Equal(TrueSkill.Fit(ballots).Competitors.Select(c => c.Rating), book.State.Mean.ToArray());
    }

    [Fact]
    public void Changes_Unfit_SaySoAndChangeNothing()
    {
        MatchBook book = Book(3);
        book.Issue([0, 1]);
        Assert.Throws<ArgumentException>(() => book.Issue([0, 0]));
        Assert.ThrowsAny<ArgumentException>(() => book.Issue([0, 3]));
        Assert.Throws<ArgumentException>(() => book.Abandon([0, 2]));
        Assert.ThrowsAny<ArgumentException>(() => book.Vote([0, 3], [0, 1], issued: false));
        Assert.ThrowsAny<ArgumentException>(() => book.Vote([0, 1], [0], issued: false));
        Assert.ThrowsAny<ArgumentException>(() => book.SetAvailable(-1, true));
        Assert.ThrowsAny<ArgumentException>(() => book.Believe(0, new Skill(double.NaN, 1)));
        Assert.Equal([1, 1, 0], book.State.Comparisons.ToArray());
        Assert.Equal([25, 25, 25], book.State.Mean.ToArray());
    }

    private static MatchBook Book(int competitors)
    {
        var book = new MatchBook(new TrueSkillOptions());
        for (int i = 0; i < competitors; i++)
        {
            book.Add();
        }

        return book;
    }
}
