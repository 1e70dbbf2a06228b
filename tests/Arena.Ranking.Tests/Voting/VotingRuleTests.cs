using Arena.Ranking.Resampling;
using Xunit;

namespace Arena.Ranking.Tests.Voting;

public sealed class VotingRuleTests
{
    private static readonly Dictionary<string, Func<Ballots, VotingOptions, Standings>> Rules = new(StringComparer.Ordinal)
    {
        [Borda.Name] = (b, o) => Borda.Fit(b, new BordaOptions { Rounds = o.Rounds, Resampling = o.Resampling, MaxDegreeOfParallelism = o.MaxDegreeOfParallelism }),
        [Plurality.Name] = (b, o) => Plurality.Fit(b, o),
        [Copeland.Name] = (b, o) => Copeland.Fit(b, new CopelandOptions { Rounds = o.Rounds, Resampling = o.Resampling, MaxDegreeOfParallelism = o.MaxDegreeOfParallelism }),
        [Minimax.Name] = (b, o) => Minimax.Fit(b, o),
        [Schulze.Name] = (b, o) => Schulze.Fit(b, new SchulzeOptions { Rounds = o.Rounds, Resampling = o.Resampling, MaxDegreeOfParallelism = o.MaxDegreeOfParallelism }).Standings,
        [RankedPairs.Name] = (b, o) => RankedPairs.Fit(b, new RankedPairsOptions { Rounds = o.Rounds, Resampling = o.Resampling, MaxDegreeOfParallelism = o.MaxDegreeOfParallelism }).Standings,
        [Kemeny.Name] = (b, o) => Kemeny.Fit(b, new KemenyOptions { Rounds = o.Rounds, Resampling = o.Resampling, MaxDegreeOfParallelism = o.MaxDegreeOfParallelism }).Standings,
        [MaximalLottery.Name] = (b, o) => MaximalLottery.Fit(b, new MaximalLotteryOptions { Rounds = o.Rounds, Resampling = o.Resampling, MaxDegreeOfParallelism = o.MaxDegreeOfParallelism }).Standings,
        [HodgeRank.Name] = (b, o) => HodgeRank.Fit(b, new HodgeRankOptions { Rounds = o.Rounds, Resampling = o.Resampling, MaxDegreeOfParallelism = o.MaxDegreeOfParallelism }).Standings,
    };

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_ClearOrder_RanksItWithFiniteIntervalsWhateverTheThreads(string rule)
    {
        Ballots ballots = Profiles.Of("30 a>b>c", "14 b>a>c", "6 c>a>b");
        Standings one = Rules[rule](ballots, new VotingOptions { Rounds = 100, MaxDegreeOfParallelism = 1 });
        Standings two = Rules[rule](ballots, new VotingOptions { Rounds = 100, MaxDegreeOfParallelism = 2 });
        Assert.Equal(0, one.Order[0]);
        Assert.Equal(IntervalKind.Bootstrap, one.Intervals);
        Assert.Equal(50, one.Evidence.Observations);
        Assert.Equal(one.Competitors, two.Competitors);
        Assert.All(one.Competitors, c => Assert.True(double.IsFinite(c.Low) && double.IsFinite(c.High) && c.Low <= c.Rating && c.Rating <= c.High));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_NothingToRank_IsDiagnosed(string rule)
    {
        var quick = new VotingOptions { Resampling = VoteResampling.None };
        var builder = new BallotsBuilder(3);
        Assert.IsType<Diagnosis.NoBallots>(Diagnosed(builder.ToBallots()));
        builder.AddPair(0, 1, PairOutcome.FirstWins, new BallotDetails(0));
        builder.AddRanking(2);
        Assert.IsType<Diagnosis.NoBallots>(Diagnosed(builder.ToBallots()));
        builder.AddPair(0, 1, PairOutcome.FirstWins);
        Assert.Equal([2], Assert.IsType<Diagnosis.Unvoted>(Diagnosed(builder.ToBallots())).Competitors);
        Assert.IsType<Diagnosis.OneCompetitor>(Diagnosed(new BallotsBuilder(1).ToBallots()));

        Diagnosis Diagnosed(Ballots ballots) => Assert.Throws<RankingException>(() => Rules[rule](ballots, quick)).Diagnosis;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_OnlyTies_RanksAllAlike(string rule)
    {
        var builder = new BallotsBuilder(3);
        builder.AddTiers([0, 1, 2]);
        builder.AddTiers([2, 1, 0]);
        Standings standings = Rules[rule](builder.ToBallots(), new VotingOptions { Rounds = 20 });
        Assert.All(standings.Competitors, c => Assert.Equal(standings.Competitors[0].Rating, c.Rating, 12));
        Assert.All(standings.Competitors, c => Assert.Equal((1, 3), (c.RankLow, c.RankHigh)));
    }

    [Fact]
    public void Fit_VotersWithManyBallots_AreDrawnWhole()
    {
        var builder = new BallotsBuilder(2);
        for (int b = 0; b < 200; b++)
        {
            builder.AddPair(0, 1, b % 4 < 3 ? PairOutcome.FirstWins : PairOutcome.SecondWins, new BallotDetails(1, b % 4));
        }

        Ballots ballots = builder.ToBallots();
        Standings byVoter = Borda.Fit(ballots, new BordaOptions { Scale = BordaScale.Share });
        Standings byBallot = Borda.Fit(ballots, new BordaOptions { Scale = BordaScale.Share, Resampling = VoteResampling.Ballots });
        Assert.Equal(0.75, byVoter.Competitors[0].Rating, 12);
        Assert.Equal(4, byVoter.Evidence.Clusters);
        Assert.True(byVoter.Competitors[0].StandardError > 4 * byBallot.Competitors[0].StandardError);
    }

    [Fact]
    public void Borda_TopOneBallots_ShareTheLowerPlaces()
    {
        var builder = new BallotsBuilder(4);
        builder.AddTopOne(2, 0, 1, 3);
        Standings standings = Borda.Fit(builder.ToBallots(), new BordaOptions { Resampling = VoteResampling.None });
        Assert.Equal([1, 1, 3, 1], standings.Competitors.Select(c => c.Rating));
    }

    [Fact]
    public void Borda_UnevenExposure_SaysSoAndSharesDoNotCareForIt()
    {
        Ballots ballots = Profiles.Pairs(3, (0, 1, 2), (2, 1, 90), (1, 2, 10), (0, 2, 2));
        Standings points = Borda.Fit(ballots, new BordaOptions { Resampling = VoteResampling.None });
        Standings shares = Borda.Fit(ballots, new BordaOptions { Resampling = VoteResampling.None, Scale = BordaScale.Share });
        Assert.Equal(2, points.Order[0]);
        Assert.Single(points.Diagnostics.Notes);
        Assert.Equal(0, shares.Order[0]);
        Assert.Empty(shares.Diagnostics.Notes);
    }

    [Fact]
    public void Fit_ScoresOfUnlikeScales_ReadsTheOrderOnEachSample()
    {
        // right or wrong; seconds, where little is good and 0.5 ties; grades
        ScoreMatrix mixed = ScoreMatrix.Create(
            3,
            3,
            [1, 2, 3, 0, 2.5f, 5, 1, 9, 4],
            [ScoreScale.RightOrWrong, new ScoreScale(ScoreKind.Numeric, ScoreDirection.LowerIsBetter, 0.5), new ScoreScale(ScoreKind.Ordinal)]);
        var builder = new BallotsBuilder(3);
        builder.AddTiers([[0, 2], [1]]);
        builder.AddTiers([[0, 1], [2]]);
        builder.AddRanking(1, 2, 0);
        var options = new VotingOptions { Resampling = VoteResampling.None };
        Assert.Equal(Plurality.Fit(builder.ToBallots(), options).Competitors.Select(c => c.Rating), Plurality.Fit(mixed, options).Competitors.Select(c => c.Rating));
        Assert.Equal(Minimax.Fit(builder.ToBallots(), options).Competitors.Select(c => c.Rating), Minimax.Fit(mixed, options).Competitors.Select(c => c.Rating));
    }

    [Fact]
    public void Borda_ScoresWithMargin_TieWithinIt()
    {
        ScoreMatrix scores = ScoreMatrix.Create(3, 1, [1f, 1.5f, 3f], new ScoreScale(ScoreKind.Numeric, TieMargin: 1));
        Assert.Equal([0.5, 0.5, 2], Borda.Fit(scores, new BordaOptions { Resampling = VoteResampling.None }).Competitors.Select(c => c.Rating));
        Assert.Equal(0, PairwiseVotes.Of(scores).Margin(0, 1));
        Assert.Equal(1, PairwiseVotes.Of(scores).Level(0, 1));
        Assert.Throws<ArgumentException>(() => Borda.Fit(scores, new BordaOptions { Resampling = VoteResampling.Voters }));
    }

    [Fact]
    public void BordaTwoLevel_MetricWithLoudUtterances_HasOneVote()
    {
        // two metrics say 0 > 1 > 2 narrowly, one says the opposite on every utterance
        ScoreMatrix narrow = Boards.Of([[1, 1, 0], [1, 0, 0], [0, 0, 0]], new ScoreScale(ScoreKind.Numeric));
        ScoreMatrix loud = Boards.Of([[1, 1, 1], [2, 2, 2], [3, 3, 3]], new ScoreScale(ScoreKind.Numeric));
        Standings two = Borda.FitTwoLevel([narrow, narrow, loud], new BordaOptions { Rounds = 50 });
        Assert.Equal([4, 3, 2], two.Competitors.Select(c => c.Rating));
        Assert.Equal(Borda.TwoLevelName, two.Method);
        ScoreMatrix joined = Boards.Of([[1, 1, 0, 1, 1, 0, 1, 1, 1], [1, 0, 0, 1, 0, 0, 2, 2, 2], [0, 0, 0, 0, 0, 0, 3, 3, 3]], new ScoreScale(ScoreKind.Numeric));
        Assert.Equal([9, 9, 9], Borda.Fit(joined, new BordaOptions { Rounds = 50 }).Competitors.Select(c => c.Rating));
        Assert.Throws<ArgumentException>(() => Borda.FitTwoLevel([]));
    }

    [Fact]
    public void RankedPairs_EqualMargins_AverageOverUniverses()
    {
        Ballots cycle = Profiles.Pairs(3, (0, 1, 2), (1, 2, 2), (2, 0, 2));
        RankedPairsResult all = RankedPairs.Fit(cycle, new RankedPairsOptions { Resampling = VoteResampling.None });
        RankedPairsResult first = RankedPairs.Fit(cycle, new RankedPairsOptions { Resampling = VoteResampling.None, Ties = RankedPairsTies.ByIndex });
        RankedPairsResult limited = RankedPairs.Fit(cycle, new RankedPairsOptions { Resampling = VoteResampling.None, MaxStates = 1 });
        Assert.Equal([0, 1, 2], all.Winners);
        Assert.All(all.Standings.Competitors, c => Assert.Equal(0, c.Rating, 12));
        Assert.Equal([0], first.Winners);
        Assert.False(limited.AllUniverses);
        Assert.Single(limited.Standings.Diagnostics.Notes);
    }

    [Fact]
    public void MaximalLottery_RockPaperScissors_IsDrawnByTheStakes()
    {
        // the one who beats by most is protected by least: probabilities follow the opposite margin
        LotteryResult lottery = MaximalLottery.Fit(Profiles.Pairs(3, (0, 1, 5), (1, 2, 3), (2, 0, 1)), new MaximalLotteryOptions { Resampling = VoteResampling.None });
        Assert.Equal([3 / 9.0, 1 / 9.0, 5 / 9.0], lottery.Probabilities, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.True(lottery.Unique);
        Assert.Equal(0, lottery.DualityGap, 12);
    }

    [Fact]
    public void MaximalLottery_EqualsInTheBootstrap_NoNameIsPreferred()
    {
        // of two opposite ballots half of the draws hold both, and then every lottery is optimal
        Standings standings = MaximalLottery.Fit(Profiles.Of("1 a>b", "1 b>a"), new MaximalLotteryOptions { Rounds = 2000, Confidence = 0.4 }).Standings;
        Assert.Equal((standings.Competitors[0].Low, standings.Competitors[0].High), (standings.Competitors[1].Low, standings.Competitors[1].High));
    }

    [Fact]
    public void Fit_VotersWhoSawFewCompetitors_AreCountedForThoseOnly()
    {
        var builder = new BallotsBuilder(3);
        for (int b = 0; b < 20; b++)
        {
            builder.AddPair(0, 1, b % 3 == 0 ? PairOutcome.SecondWins : PairOutcome.FirstWins, new BallotDetails(Voter: b));
            builder.AddPair(1, 2, PairOutcome.FirstWins, new BallotDetails(Voter: 20));
        }

        Standings standings = Copeland.Fit(builder.ToBallots(), new CopelandOptions { Rounds = 10 });
        Assert.Equal(21, standings.Evidence.Clusters);
        Assert.Equal([20, 21, 1], standings.Competitors.Select(c => c.Evidence.Clusters));
    }

    [Fact]
    public void MaximalLottery_NobodyAhead_IsShared()
    {
        LotteryResult lottery = MaximalLottery.Fit(Profiles.Of("1 a>b>c", "1 c>b>a"), new MaximalLotteryOptions { Resampling = VoteResampling.None });
        Assert.False(lottery.Unique);
        Assert.All(lottery.Probabilities, p => Assert.Equal(1 / 3.0, p, 12));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 6)]
    [InlineData(3, 6)]
    public void Kemeny_EveryOrderTried_IsTheBest(ulong seed, int n)
    {
        Ballots ballots = Profiles.Of(n, Profiles.Random(seed, n, 4));
        KemenyResult exact = Kemeny.Fit(ballots, new KemenyOptions { Resampling = VoteResampling.None, MaxRankings = 1000 });
        PairwiseVotes duels = PairwiseVotes.Of(ballots);
        (double least, var best) = (double.PositiveInfinity, new List<int[]>());
        foreach (int[] order in Orders(n))
        {
            double distance = Enumerable.Range(0, n).Sum(p => Enumerable.Range(p + 1, n - p - 1).Sum(q => duels.For(order[q], order[p])));
            if (distance < least)
            {
                (least, best) = (distance, []);
            }

            if (distance <= least)
            {
                best.Add(order);
            }
        }

        Assert.True(exact.Exact);
        Assert.Equal(least, exact.Distance);
        Assert.Equal(least, exact.LowerBound);
        Assert.Equal(best.Count, exact.Rankings.Count);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(best.Average(o => n - 1 - Array.IndexOf(o, i)), exact.Standings.Competitors[i].Rating, 9);
        }
    }

    [Fact]
    public void Kemeny_GroupAboveTheLimit_IsSearchedAndSaysSo()
    {
        Ballots ballots = Profiles.Of(9, Profiles.Random(5, 9, 11));
        KemenyResult exact = Kemeny.Fit(ballots, new KemenyOptions { Resampling = VoteResampling.None });
        KemenyResult searched = Kemeny.Fit(ballots, new KemenyOptions { Resampling = VoteResampling.None, ExactLimit = 2 });
        Assert.True(exact.Exact);
        Assert.False(searched.Exact);
        Assert.Single(searched.Standings.Diagnostics.Notes);
        Assert.Equal(exact.Distance, searched.Distance);
        Assert.InRange(exact.Distance, searched.LowerBound, double.PositiveInfinity);
    }

    [Fact]
    public void Kemeny_FiftyInAChain_IsExactBecauseGroupsAreSmall()
    {
        int[] order = new Xoshiro256(3, 3).Permutation(50);
        KemenyResult result = Kemeny.Fit(Profiles.Of(50, [order, order, order]), new KemenyOptions { Resampling = VoteResampling.None });
        Assert.True(result.Exact);
        Assert.Equal(order, Assert.Single(result.Rankings));
        Assert.Equal(0, result.Distance);
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KemenyOptions { ExactLimit = 30 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RankedPairsOptions { MaxStates = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HodgeRankOptions { Epsilon = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CyclicPreferenceOptions { Folds = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => PairwiseVotes.Of(Profiles.Of("1 a>b")).For(0, 2));
    }

    private static IEnumerable<int[]> Orders(int n) => n == 0
        ? [[]]
        : Orders(n - 1).SelectMany(o => Enumerable.Range(0, n).Select(k => (int[])[.. o[..k], n - 1, .. o[k..]]));
}
