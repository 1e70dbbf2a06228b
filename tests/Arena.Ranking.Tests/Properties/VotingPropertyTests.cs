using Arena.Ranking.Resampling;
using Arena.Ranking.Tests.Voting;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Ranking.Tests.Properties;

/// <summary>The table method × property of docs/ranking/social-choice.md, on generated complete ballots.</summary>
public sealed class VotingPropertyTests
{
    private static readonly Dictionary<string, Func<Ballots, double[]>> Rules = new(StringComparer.Ordinal)
    {
        [Borda.Name] = b => Ratings(Borda.Fit(b, new BordaOptions { Resampling = VoteResampling.None })),
        [Plurality.Name] = b => Ratings(Plurality.Fit(b, new VotingOptions { Resampling = VoteResampling.None })),
        [Copeland.Name] = b => Ratings(Copeland.Fit(b, new CopelandOptions { Resampling = VoteResampling.None })),
        [Minimax.Name] = b => Ratings(Minimax.Fit(b, new VotingOptions { Resampling = VoteResampling.None })),
        [Schulze.Name] = b => Ratings(Schulze.Fit(b, new SchulzeOptions { Resampling = VoteResampling.None }).Standings),
        [RankedPairs.Name] = b => Ratings(RankedPairs.Fit(b, new RankedPairsOptions { Resampling = VoteResampling.None }).Standings),
        [Kemeny.Name] = b => Ratings(Kemeny.Fit(b, new KemenyOptions { Resampling = VoteResampling.None }).Standings),
        [MaximalLottery.Name] = b => Ratings(MaximalLottery.Fit(b, new MaximalLotteryOptions { Resampling = VoteResampling.None }).Standings),
        [HodgeRank.Name] = b => Ratings(HodgeRank.Fit(b, new HodgeRankOptions { Resampling = VoteResampling.None }).Standings),
    };

    public static TheoryData<string> All => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Fit_NamesPermuted_PermutesRatings(string rule) => ForProfiles((n, rankings, seed) =>
    {
        int[] rename = new Xoshiro256(seed, 1).Permutation(n);
        double[] plain = Rules[rule](Profiles.Of(n, rankings));
        double[] renamed = Rules[rule](Profiles.Of(n, rankings.Select(r => r.Select(i => rename[i]).ToArray())));
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(plain[i], renamed[rename[i]], 9);
        }
    });

    [Theory]
    [MemberData(nameof(All))]
    public void Fit_VotesPermuted_ChangesNothing(string rule) => ForProfiles((n, rankings, seed) =>
    {
        int[] order = new Xoshiro256(seed, 2).Permutation(rankings.Length);
        Same(Rules[rule](Profiles.Of(n, rankings)), Rules[rule](Profiles.Of(n, order.Select(k => rankings[k]))));
    });

    [Theory]
    [MemberData(nameof(All))]
    public void Fit_VotesDoubled_KeepsTheOrder(string rule) => ForProfiles((n, rankings, _) =>
        SameOrder(Rules[rule](Profiles.Of(n, rankings)), Rules[rule](Profiles.Of(n, rankings.Concat(rankings)))));

    [Theory]
    [InlineData(Borda.Name)]
    [InlineData(Copeland.Name)]
    [InlineData(Schulze.Name)]
    [InlineData(RankedPairs.Name)]
    [InlineData(Kemeny.Name)]
    [InlineData(HodgeRank.Name)]
    public void Fit_BallotsReversed_ReversesTheOrder(string rule) => ForProfiles((n, rankings, _) =>
        SameOrder(Rules[rule](Profiles.Of(n, rankings)), [.. Rules[rule](Profiles.Of(n, rankings.Select(r => r.Reverse().ToArray()))).Select(x => -x)]));

    [Theory]
    [InlineData(Plurality.Name, "2 a>b>c", "1 b>a>c", "2 c>b>a")]
    [InlineData(Minimax.Name, "4 a>b>c", "3 b>c>a", "2 c>a>b")]
    [InlineData(MaximalLottery.Name, "2 a>b>c", "1 b>c>a")]
    public void Fit_BallotsReversed_CounterexampleKeepsAWinnerOrHidesOrder(string rule, params string[] lines)
    {
        Ballots ballots = Profiles.Of(lines);
        int[][] reversed = [.. Enumerable.Range(0, ballots.Count).Select(b => ballots[b].Competitors.ToArray().Reverse().ToArray())];
        double[] plain = Rules[rule](ballots), back = [.. Rules[rule](Profiles.Of(ballots.Competitors, reversed)).Select(x => -x)];
        Assert.Contains(Pairs(plain.Length), p => Math.Sign(Round(plain[p.I] - plain[p.J])) != Math.Sign(Round(back[p.I] - back[p.J])));
    }

    [Theory]
    [InlineData(Copeland.Name)]
    [InlineData(Minimax.Name)]
    [InlineData(Schulze.Name)]
    [InlineData(RankedPairs.Name)]
    [InlineData(Kemeny.Name)]
    [InlineData(MaximalLottery.Name)]
    public void Fit_SomebodyBeatsEverybody_StandsAloneAtTheTop(string rule) => ForProfiles((n, rankings, _) =>
    {
        Ballots ballots = Profiles.Of(n, rankings);
        if (PairwiseVotes.Of(ballots).CondorcetWinner() is { } winner)
        {
            Assert.Equal([winner], Winners(Rules[rule](ballots)));
        }
    });

    [Theory]
    [InlineData(Borda.Name, "3 a>b>c", "2 b>c>a")]
    [InlineData(HodgeRank.Name, "3 a>b>c", "2 b>c>a")]
    [InlineData(Plurality.Name, "3 b>a>c", "2 a>b>c", "4 c>a>b")]
    public void Fit_SomebodyBeatsEverybody_CounterexampleElectsAnother(string rule, params string[] lines)
    {
        Ballots ballots = Profiles.Of(lines);
        Assert.Equal(0, PairwiseVotes.Of(ballots).CondorcetWinner());
        Assert.NotEqual([0], Winners(Rules[rule](ballots)));
    }

    [Theory]
    [InlineData(Schulze.Name)]
    [InlineData(RankedPairs.Name)]
    public void Fit_CloneAdded_KeepsTheWinners(string rule) => ForProfiles((n, rankings, seed) =>
    {
        // equal margins of different pairs are a matter of tie-breaking, in which clones do count
        PairwiseVotes duels = PairwiseVotes.Of(Profiles.Of(n, rankings));
        double[] margins = [.. Pairs(n).Select(p => Math.Abs(duels.Margin(p.I, p.J)))];
        if (margins.Distinct().Count() < margins.Length || margins.Contains(0))
        {
            return;
        }

        int[] winners = WinnersOf(rule, Profiles.Of(n, rankings)), cloned = WinnersOf(rule, Cloned(n, rankings, seed));
        Assert.Equal(winners, cloned.Select(w => w == n ? 0 : w).Distinct().Order());
    });

    [Fact]
    public void MaximalLottery_CloneAdded_SharesAddUp() => ForProfiles((n, rankings, seed) =>
    {
        LotteryResult plain = MaximalLottery.Fit(Profiles.Of(n, rankings), new MaximalLotteryOptions { Resampling = VoteResampling.None });
        LotteryResult cloned = MaximalLottery.Fit(Cloned(n, rankings, seed), new MaximalLotteryOptions { Resampling = VoteResampling.None });
        if (plain.Unique && cloned.Unique)
        {
            Assert.Equal(plain.Probabilities[0], cloned.Probabilities[0] + cloned.Probabilities[n], 9);
            Assert.Equal(plain.Probabilities.Skip(1), cloned.Probabilities.Skip(1).Take(n - 1), (a, b) => Math.Abs(a - b) < 1e-9);
        }
    });

    [Theory]
    // c is a clone of b: next to it on every ballot
    [InlineData(Borda.Name, 0, 1, "3 a>b", "2 b>a", "3 a>b>c", "2 b>c>a")]
    [InlineData(Plurality.Name, 1, 0, "2 a>b", "3 b>a", "2 a>b>c", "2 b>c>a", "1 c>b>a")]
    public void Fit_CloneAdded_CounterexampleChangesTheWinner(string rule, int before, int after, params string[] lines)
    {
        Ballots plain = Profiles.Of(lines[..2]), cloned = Profiles.Of(lines[2..]);
        Assert.Equal([before], Winners(Rules[rule](plain)));
        Assert.Equal(after, Winners(Rules[rule](cloned))[0]);
    }

    [Theory]
    [InlineData(Borda.Name)]
    [InlineData(Plurality.Name)]
    [InlineData(Copeland.Name)]
    [InlineData(Minimax.Name)]
    public void Fit_RaisedOnABallot_RatingNeverFalls(string rule) => ForProfiles((n, rankings, _) =>
        Assert.True(Rules[rule](Profiles.Of(n, Raised(rankings, 0)))[0] >= Rules[rule](Profiles.Of(n, rankings))[0] - 1e-9));

    [Theory]
    [InlineData(Borda.Name)]
    [InlineData(Plurality.Name)]
    [InlineData(Copeland.Name)]
    [InlineData(Minimax.Name)]
    [InlineData(Schulze.Name)]
    [InlineData(RankedPairs.Name)]
    [InlineData(Kemeny.Name)]
    public void Fit_WinnerRaisedOnABallot_StillWins(string rule) => ForProfiles((n, rankings, _) =>
    {
        int winner = WinnersOf(rule, Profiles.Of(n, rankings))[0];
        Assert.Contains(winner, WinnersOf(rule, Profiles.Of(n, Raised(rankings, winner))));
    });

    private static double[] Ratings(Standings standings) => [.. standings.Competitors.Select(c => c.Rating)];

    private static int[] Winners(double[] ratings) => [.. Enumerable.Range(0, ratings.Length).Where(i => ratings[i] >= ratings.Max() - 1e-9)];

    private static int[] WinnersOf(string rule, Ballots ballots) => rule switch
    {
        Schulze.Name => [.. Schulze.Fit(ballots, new SchulzeOptions { Resampling = VoteResampling.None }).Winners],
        RankedPairs.Name => [.. RankedPairs.Fit(ballots, new RankedPairsOptions { Resampling = VoteResampling.None }).Winners],
        Kemeny.Name => [.. Kemeny.Fit(ballots, new KemenyOptions { Resampling = VoteResampling.None, MaxRankings = 1000 }).Rankings.Select(r => r[0]).Distinct().Order()],
        _ => Winners(Rules[rule](ballots)),
    };

    /// <summary>Competitor n stands next to competitor 0 on every ballot, above or below.</summary>
    private static Ballots Cloned(int n, int[][] rankings, ulong seed)
    {
        var random = new Xoshiro256(seed, 5);
        return Profiles.Of(n + 1, rankings.Select(r => r.SelectMany(i => i != 0 ? [i] : random.NextBelow(2) == 0 ? (int[])[0, n] : [n, 0]).ToArray()));
    }

    /// <summary>One place up on the first ballot where that is possible.</summary>
    private static int[][] Raised(int[][] rankings, int competitor)
    {
        int[][] raised = [.. rankings.Select(r => r.ToArray())];
        if (Array.Find(raised, r => r[0] != competitor) is { } ballot)
        {
            int place = Array.IndexOf(ballot, competitor);
            (ballot[place - 1], ballot[place]) = (ballot[place], ballot[place - 1]);
        }

        return raised;
    }

    private static IEnumerable<(int I, int J)> Pairs(int n) => Enumerable.Range(0, n).SelectMany(i => Enumerable.Range(i + 1, n - i - 1).Select(j => (i, j)));

    private static void Same(double[] expected, double[] actual) => Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-9);

    private static void SameOrder(double[] expected, double[] actual) =>
        Assert.All(Pairs(expected.Length), p => Assert.Equal(Math.Sign(Round(expected[p.I] - expected[p.J])), Math.Sign(Round(actual[p.I] - actual[p.J]))));

    private static double Round(double value) => Math.Round(value, 9);

    private static void ForProfiles(Action<int, int[][], ulong> check) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(40).WithReplay(20250101, 1),
            Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<byte>(), (number, size) =>
            {
                ulong seed = (ulong)Math.Abs((long)number) * 257 + size + 1;
                (int n, int voters) = (2 + size % 4, 1 + size / 4 % 21);
                check(n, Profiles.Random(seed, n, voters), seed);
            }));
}
