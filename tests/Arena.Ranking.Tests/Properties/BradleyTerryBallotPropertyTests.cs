using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Ranking.Tests.Properties;

/// <summary>
/// The table of docs/ranking/bradley-terry.md: what Bradley–Terry on votes on two and on slates, and Elo, keep beyond the order, which
/// <see cref="PropertyTableTests"/> looks at.
/// </summary>
public sealed class BradleyTerryBallotPropertyTests
{
    private const ClusterBy Both = ClusterBy.Voter | ClusterBy.Prompt;

    private static readonly Dictionary<string, Func<ulong, VoteData>> Kinds = new(StringComparer.Ordinal)
    {
        ["pairs"] = VoteData.Pairs,
        ["slates"] = seed => VoteData.Slates(seed),
    };

    public static TheoryData<string, ClusterBy> Cases => new()
    {
        { "pairs", ClusterBy.None },
        { "pairs", ClusterBy.Voter },
        { "pairs", Both },
        { "slates", ClusterBy.None },
        { "slates", ClusterBy.Voter },
        { "slates", Both },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_NamesPermuted_PermutesRatingsErrorsAndEvidence(string kind, ClusterBy by) => ForVotes(kind, (votes, seed) =>
    {
        int[] to = Boards.Permutation(votes.Competitors, seed);
        Standings plain = Fit(votes, by), renamed = Fit(votes.Renamed(to), by);
        foreach (Standing c in plain.Competitors)
        {
            AssertSame(c, renamed.Competitors[to[c.Index]]);
        }

        Assert.Equal(plain.Diagnostics.CriticalValue, renamed.Diagnostics.CriticalValue, 0.4); // simulated, 200 rounds
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_VotesPermuted_ChangesNothing(string kind, ClusterBy by) => ForVotes(kind, (votes, seed) =>
    {
        Standings plain = Fit(votes, by), permuted = Fit(votes.Shuffled(seed), by);
        Assert.All(plain.Competitors, c => AssertSame(c, permuted.Competitors[c.Index]));
        Assert.Equal(plain.Diagnostics.CriticalValue, permuted.Diagnostics.CriticalValue, 1e-3);
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_BallotsReversed_MirrorsRatingsAndKeepsErrors(string kind, ClusterBy by) => ForVotes(kind, (votes, _) =>
    {
        Standings plain = Fit(votes, by), reversed = Fit(votes.Reversed(), by);
        foreach ((Standing a, Standing b) in plain.Competitors.Zip(reversed.Competitors))
        {
            Assert.Equal(a.Rating - 1000, 1000 - b.Rating, 1e-6);
            Assert.Equal(a.StandardError, b.StandardError, 1e-6);
        }
    });

    [Theory]
    [InlineData("pairs")]
    [InlineData("slates")]
    public void Fit_VotesTwice_KeepsRatingsAndHalvesTheVariance(string kind) => ForVotes(kind, (votes, _) =>
    {
        // what scores lack because the fit has followed them goes with the number of votes: halving it once more is nearer to a half, by half
        Standings once = Fit(votes, ClusterBy.None), twice = Fit(votes.Twice(), ClusterBy.None), fourTimes = Fit(votes.Twice().Twice()!, ClusterBy.None);
        foreach ((Standing a, Standing b, Standing c) in once.Competitors.Zip(twice.Competitors, fourTimes.Competitors))
        {
            Assert.Equal(a.Rating, b.Rating, 1e-6);
            double first = 0.5 - Math.Pow(b.StandardError / a.StandardError, 2), second = 0.5 - Math.Pow(c.StandardError / b.StandardError, 2);
            Assert.InRange(first, 1e-6, 0.25);
            Assert.InRange(second / first, 0.4, 0.6);
        }

        Assert.Equal(2 * once.Evidence.Observations, twice.Evidence.Observations);
    });

    [Theory]
    [InlineData("pairs")]
    [InlineData("slates")]
    public void Fit_VotesTwiceByTheSameVoters_KeepsClusteredIntervals(string kind) => ForVotes(kind, (votes, _) =>
    {
        Standings once = Fit(votes, ClusterBy.Voter), twice = Fit(votes.Twice(), ClusterBy.Voter);
        foreach ((Standing a, Standing b) in once.Competitors.Zip(twice.Competitors))
        {
            Assert.Equal(a.Rating, b.Rating, 1e-6);
            Assert.Equal(a.StandardError, b.StandardError, 1e-5);
            Assert.Equal(a.Low, b.Low, 1e-4);
            Assert.Equal(a.Evidence.Clusters, b.Evidence.Clusters);
        }
    });

    [Theory]
    [InlineData("pairs")]
    [InlineData("slates")]
    public void Fit_WinAdded_RaisesTheWinnerAgainstEverybody(string kind) => ForVotes(kind, (votes, seed) =>
    {
        int n = votes.Competitors, winner = (int)(seed % (ulong)n), loser = (winner + 1) % n;
        Standings before = Fit(votes, ClusterBy.None), after = Fit(votes.WithWin(winner, loser, 1), ClusterBy.None);
        for (int other = 0; other < n; other++)
        {
            Assert.True(other == winner || after.Pairs[winner, other].Difference > before.Pairs[winner, other].Difference - 1e-6);
        }
    });

    [Theory]
    [InlineData("pairs")]
    [InlineData("slates")]
    public void Elo_NamesPermutedAndBallotsReversed_AreFollowedExactly(string kind) => ForVotes(kind, (votes, seed) =>
    {
        int[] to = Boards.Permutation(votes.Competitors, seed);
        Standings plain = EloOf(votes), renamed = EloOf(votes.Renamed(to)), reversed = EloOf(votes.Reversed());
        foreach (Standing c in plain.Competitors)
        {
            Assert.Equal(c.Rating, renamed.Competitors[to[c.Index]].Rating, 1e-9);
            Assert.Equal(c.Rating - 1000, 1000 - reversed.Competitors[c.Index].Rating, 1e-9);
        }
    });

    [Fact]
    public void Elo_VotesTwice_MovesRatingsOn()
    {
        // the counterexample: the same votes once more widen the board
        VoteData votes = VoteData.Pairs(7);
        Assert.True(Width(EloOf(votes.Twice())) > 1.2 * Width(EloOf(votes)));

        static double Width(Standings s) => s.Competitors.Max(c => c.Rating) - s.Competitors.Min(c => c.Rating);
    }

    private static Standings Fit(IEvidence votes, ClusterBy by) =>
        BradleyTerry.Fit(((VoteData)votes).Ballots, new BradleyTerryOptions { Cluster = by, Rounds = 200, MaxDegreeOfParallelism = 1 });

    private static Standings EloOf(IEvidence votes) => Elo.Fit(((VoteData)votes).Ballots, new EloOptions { Intervals = false });

    private static void AssertSame(Standing expected, Standing actual)
    {
        Assert.Equal(expected.Rating, actual.Rating, 1e-6);
        Assert.Equal(expected.StandardError, actual.StandardError, 1e-5);
        Assert.Equal(expected.Low, actual.Low, 1e-4);
        Assert.Equal(expected.Evidence, actual.Evidence);
    }

    private static void ForVotes(string kind, Action<VoteData, ulong> check) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(15).WithReplay(20250101, 1),
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), number => check(Kinds[kind]((ulong)number), (ulong)number)));
}
