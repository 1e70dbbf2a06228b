using Xunit;

namespace Arena.Ranking.Tests;

public sealed class OnlineRatingsTests
{
    private static readonly Dictionary<string, OnlineOptions> Rules = new(StringComparer.Ordinal)
    {
        ["plackett-luce"] = new WengLinOptions(),
        ["bradley-terry"] = new WengLinOptions { Model = WengLinModel.BradleyTerryFull },
        ["thurstone-mosteller"] = new WengLinOptions { Model = WengLinModel.ThurstoneMostellerFull },
        ["k-sort"] = new KSortOptions(),
        ["k-sort-averaged"] = new KSortOptions { Averaged = true },
        ["trueskill"] = new TrueSkillOptions(),
    };

    public static TheoryData<string> RuleNames => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Update_ThousandGames_AllocatesNothing(string rule)
    {
        var ratings = new OnlineRatings(20, Rules[rule]);
        Ballots ballots = Slates.Random(1, 20, 100, 5, ties: true);
        Play(ratings, ballots); // grows the room, compiles

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 10; round++)
        {
            Play(ratings, ballots);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1100, ratings.Games);
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Update_ExtremeGaps_StaysFinite(string rule)
    {
        foreach (double gap in new[] { 1e3, 3e3, 4e3, 6e3, 1e6 })
        {
            foreach (bool upset in new[] { false, true })
            {
                var ratings = new OnlineRatings(4, Rules[rule]) { [0] = new Skill(gap, 1), [1] = new Skill(-gap, 8), [2] = new Skill(0, 1e-3) };
                ratings.Update([0, 1, 2, 3], upset ? [3, 0, 1, 1] : [0, 3, 2, 2]);
                for (int i = 0; i < 4; i++)
                {
                    Assert.True(double.IsFinite(ratings[i].Mu) && double.IsFinite(ratings[i].Sigma) && ratings[i].Sigma > 0, $"{gap}, {upset}: {ratings[i]}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Update_WithoutDrift_NeverRaisesSigma(string rule)
    {
        var ratings = new OnlineRatings(12, Rules[rule] with { Tau = 0 });
        var before = new double[12];
        Ballots ballots = Slates.Random(7, 12, 300, 5, ties: true);
        for (int b = 0; b < ballots.Count; b++)
        {
            ratings.Sigma.CopyTo(before);
            ratings.Update(ballots[b]);
            for (int i = 0; i < before.Length; i++)
            {
                Assert.True(ratings.Sigma.Span[i] <= before[i]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Update_BallotAndRanks_AreTheSameGame(string rule)
    {
        (var first, var second) = (new OnlineRatings(5, Rules[rule]), new OnlineRatings(5, Rules[rule]));
        var builder = new BallotsBuilder(5);
        builder.AddTiers([3], [1, 4], [0]);
        first.Update(builder.ToBallots()[0]);
        second.Update([0, 1, 3, 4], [70, 20, -5, 20]);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(first[i].Mu, second[i].Mu, 12);
            Assert.Equal(first[i].Sigma, second[i].Sigma, 12);
        }
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Update_BetterWins_RisesAndWorseFalls(string rule)
    {
        var ratings = new OnlineRatings(3, Rules[rule]);
        ratings.Update([0, 1, 2], [0, 1, 2]);
        Assert.True(ratings[0].Mu > 25 && ratings[2].Mu < 25);
        // Plackett–Luce is not symmetric: to win the second stage tells more than to lose the first
        Assert.InRange(ratings[1].Mu, 25 - 1e-5, rule == "plackett-luce" ? 26 : 25 + 1e-5);
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Update_BestAndWorst_SaysNothingOfTheMiddle(string rule)
    {
        var ratings = new OnlineRatings(4, Rules[rule]);
        var builder = new BallotsBuilder(4);
        builder.AddBestWorst(2, [0, 3], 1, new BallotDetails());
        ratings.Update(builder.ToBallots()[0]);
        Assert.Equal(ratings[0].Mu, ratings[3].Mu, 5);
        Assert.Equal(25, ratings[0].Mu, 4);
        Assert.True(ratings[2].Mu > ratings[0].Mu && ratings[0].Mu > ratings[1].Mu);
    }

    [Fact]
    public void Update_TopOne_IsOneStageOfPlackettLuce()
    {
        var ratings = new OnlineRatings(3, new WengLinOptions { Tau = 0 });
        var builder = new BallotsBuilder(3);
        builder.AddTopOne(0, 1, 2);
        ratings.Update(builder.ToBallots()[0]);

        double variance = 625.0 / 9, c = Math.Sqrt(3 * (variance + 625.0 / 36));
        Assert.Equal(25 + variance / c * 2 / 3, ratings[0].Mu, 10);
        Assert.Equal(25 - variance / c / 3, ratings[1].Mu, 10);
        Assert.Equal(ratings[1], ratings[2]);
    }

    [Fact]
    public void Update_PlackettLuceFarApart_AgreesWithTheNearForm()
    {
        // the same gaps in μ/c just below and just above the switch to logarithms
        Skill[] near = After(595), far = After(605);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(near[i].Sigma, far[i].Sigma, 6);
        }

        Assert.Equal(near[1].Mu - 0, far[1].Mu - 0, 6);

        static Skill[] After(double spread)
        {
            const double Deviation = 4, Beta = 25.0 / 6;
            double c = Math.Sqrt(3 * (Deviation * Deviation + Beta * Beta));
            var ratings = new OnlineRatings(3, new WengLinOptions { Tau = 0 }) { [0] = new(spread * c, Deviation), [1] = new(0, Deviation), [2] = new(1, Deviation) };
            ratings.Update([0, 1, 2], [2, 0, 1]);
            return [ratings[0], ratings[1], ratings[2]];
        }
    }

    [Fact]
    public void Update_WeightTwo_MovesTwiceAsFar()
    {
        var options = new WengLinOptions { Tau = 0 };
        (var one, var two) = (new OnlineRatings(2, options), new OnlineRatings(2, options));
        one.Update(Weighted(1));
        two.Update(Weighted(2));
        Assert.Equal(2 * (one[0].Mu - 25), two[0].Mu - 25, 10);

        static Ballot Weighted(double weight)
        {
            var builder = new BallotsBuilder(2);
            builder.AddRanking([0, 1], new BallotDetails(weight));
            return builder.ToBallots()[0];
        }
    }

    [Fact]
    public void Update_TrueSkillWeighted_IsRefused()
    {
        var builder = new BallotsBuilder(2);
        builder.AddRanking([0, 1], new BallotDetails(0.5));
        Ballots ballots = builder.ToBallots();
        Assert.Throws<ArgumentException>(() => new OnlineRatings(2, new TrueSkillOptions()).Update(ballots[0]));
        Assert.IsType<Diagnosis.UnsuitableBallot>(Assert.Throws<RankingException>(() => TrueSkill.Fit(ballots)).Diagnosis);
    }

    [Fact]
    public void Update_BadGames_AreRefused()
    {
        var ratings = new OnlineRatings(3, new WengLinOptions());
        Assert.Throws<ArgumentException>(() => ratings.Update([0, 1], [0]));
        Assert.Throws<ArgumentException>(() => ratings.Update([0], [0]));
        Assert.Throws<ArgumentException>(() => ratings.Update([0, 0], [0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ratings.Update([0, 3], [0, 1]));
        Assert.Throws<ArgumentException>(() => ratings.UpdateTeams([0, 1, 2], [1, 1], [0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ratings.UpdateTeams([0, 1], [2, 0], [0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ratings[0] = new Skill(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ratings[0] = new Skill(0, 0));
        Assert.Equal(0, ratings.Games);
        Assert.Equal(new Skill(25, 25.0 / 3), ratings[0]);
    }

    [Fact]
    public void Add_Newcomer_StandsAtThePriorAndPlays()
    {
        var ratings = new OnlineRatings(0, new KSortOptions());
        Assert.Equal((0, 1, 2), (ratings.Add(), ratings.Add(), ratings.Add()));
        ratings.Update([0, 2], [0, 1]);
        Assert.Equal([1, 0, 1], ratings.Played.ToArray());
        Assert.Equal(new Skill(25, 25.0 / 3), ratings[1]);
    }

    private static void Play(OnlineRatings ratings, Ballots ballots)
    {
        for (int b = 0; b < ballots.Count; b++)
        {
            ratings.Update(ballots[b]);
        }
    }
}
