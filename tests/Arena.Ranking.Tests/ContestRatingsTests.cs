using Arena.Ranking.Resampling;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class ContestRatingsTests
{
    private static readonly Dictionary<string, ContestOptions> Systems = new(StringComparer.Ordinal)
    {
        ["elo-mmr"] = new EloMmrOptions(),
        ["elo-mmr-fast"] = EloMmrOptions.Fast,
        ["elo-mmr-normal"] = new EloMmrOptions { Performance = EloMmrPerformance.Normal },
        ["elo-mmr-split"] = new EloMmrOptions { SplitTies = true, DriftPerDay = 3 },
        ["bar"] = new BayesianApproximationOptions(),
        ["glicko"] = new GlickoOptions(),
        ["codeforces"] = new CodeforcesOptions(),
        ["topcoder"] = new TopCoderOptions(),
        ["trueskill-spb"] = new TrueSkillSpbOptions(),
    };

    public static TheoryData<string> SystemNames => [.. Systems.Keys];

    [Theory]
    [MemberData(nameof(SystemNames))]
    public void Update_KnownStrengths_OrdersTheEndsRight(string system)
    {
        var ratings = new ContestRatings(12, Systems[system]);
        Play(ratings, 12, 40, 1);
        int[] order = [.. Enumerable.Range(0, 12).OrderByDescending(i => ratings[i].Mu)];
        Assert.Contains(order[0], new[] { 0, 1, 2 });
        Assert.Contains(order[11], new[] { 9, 10, 11 });
        Assert.Equal(40, ratings.Played(3));
    }

    [Theory]
    [MemberData(nameof(SystemNames))]
    public void Update_AnyNumberOfThreads_GivesTheSameBits(string system)
    {
        (var one, var many) = (new ContestRatings(150, Systems[system] with { MaxDegreeOfParallelism = 1 }), new ContestRatings(150, Systems[system] with { MaxDegreeOfParallelism = 4 }));
        Play(one, 150, 2, 2);
        Play(many, 150, 2, 2);
        for (int i = 0; i < 150; i++)
        {
            Assert.Equal(one[i], many[i]);
        }
    }

    [Theory]
    [MemberData(nameof(SystemNames))]
    public void Update_AllTied_ChangesNothing(string system)
    {
        var ratings = new ContestRatings(3, Systems[system]);
        Assert.False(ratings.Update([0, 1, 2], [4, 4, 4]));
        Assert.Equal(new Skill(1500, 350), ratings[0]);
        Assert.Equal(0, ratings.Played(0));
    }

    [Theory]
    [MemberData(nameof(SystemNames))]
    public void Update_SameWinnerForEver_StaysFinite(string system)
    {
        var ratings = new ContestRatings(3, Systems[system]);
        for (int c = 0; c < 120; c++)
        {
            ratings.Update([0, 1, 2], [0, 1, 2], new ContestDetails(Day: c));
        }

        for (int i = 0; i < 3; i++)
        {
            Assert.True(double.IsFinite(ratings[i].Mu) && double.IsFinite(ratings[i].Sigma) && ratings[i].Sigma > 0, $"{i}: {ratings[i]}");
        }

        Assert.True(ratings[0].Mu > ratings[1].Mu && ratings[1].Mu > ratings[2].Mu);
    }

    [Theory]
    [MemberData(nameof(SystemNames))]
    public void Update_HopelessUpset_StaysFinite(string system)
    {
        // everybody where they belong for long, then the other way round
        int[] all = [.. Enumerable.Range(0, 40)], reversed = [.. all.Reverse()];
        var ratings = new ContestRatings(40, Systems[system]);
        for (int c = 0; c < 150; c++)
        {
            ratings.Update(all, c < 149 ? all : reversed);
        }

        for (int i = 0; i < 40; i++)
        {
            Assert.True(double.IsFinite(ratings[i].Mu) && double.IsFinite(ratings[i].Sigma) && ratings[i].Sigma > 0, $"{i}: {ratings[i]}");
        }
    }

    [Fact]
    public void Update_TrueSkillSpbUpsetAcrossWideGaps_StaysFinite()
    {
        var ratings = new ContestRatings(2, new TrueSkillSpbOptions { Epsilon = 3000, Beta = 20, Drift = 1 });
        for (int c = 0; c < 30; c++)
        {
            ratings.Update([0, 1], c < 20 ? [0, 1] : [1, 0]);
            Assert.True(double.IsFinite(ratings[0].Mu) && double.IsFinite(ratings[0].Sigma) && ratings[0].Sigma > 0, $"{c}: {ratings[0]}");
        }
    }

    [Fact]
    public void Update_UnfitDetails_SaysSo()
    {
        var ratings = new ContestRatings(2, new EloMmrOptions());
        Assert.Throws<ArgumentException>(() => ratings.Update([0, 1], [0, 1], new ContestDetails(PerformanceCeiling: double.NegativeInfinity)));
        Assert.Throws<ArgumentException>(() => ratings.Update([0, 1], [0, 1], new ContestDetails(Weight: 0)));
    }

    [Fact]
    public void Update_EloMmrWinnerAmongEquals_HasTheClosedFormPerformance()
    {
        // two equals: 2 tanh(z) + tanh(z) = 1, so z = artanh(1/3)
        var ratings = new ContestRatings(2, new EloMmrOptions());
        ratings.Update([0, 1], [0, 1]);
        double noise = Math.Sqrt(350 * 350 + 0.2 * 6400 + 6 * 6400);
        double expected = 1500 + 2 * noise * Math.Sqrt(3) / Math.PI * Math.Atanh(1.0 / 3);
        Assert.Equal(expected, ratings.Performance(0), 8);
        Assert.Equal(3000 - expected, ratings.Performance(1), 8);
    }

    [Fact]
    public void Update_EloMmrUpset_MovesABoundedAmountAndNormalDoesNot()
    {
        double robust = Fall(new EloMmrOptions()), normal = Fall(new EloMmrOptions { Performance = EloMmrPerformance.Normal });
        Assert.True(robust < 0.6 * normal, $"{robust} against {normal}");

        static double Fall(EloMmrOptions options)
        {
            // fifty contests as a champion, then last
            var ratings = new ContestRatings(40, options);
            int[] all = [.. Enumerable.Range(0, 40)];
            for (int c = 0; c < 50; c++)
            {
                ratings.Update(all, all);
            }

            double before = ratings[0].Mu;
            ratings.Update(all, [39, .. Enumerable.Range(0, 39)]);
            return before - ratings[0].Mu;
        }
    }

    [Fact]
    public void Update_EloMmrManyContests_SigmaFallsToItsLimit()
    {
        var ratings = new ContestRatings(6, new EloMmrOptions());
        Play(ratings, 6, 200, 3);
        Assert.Equal(80, ratings[0].Sigma, 0.5);
        Assert.Equal(EloMmr.Display(ratings[0]), (int)Math.Round(ratings[0].Mu) - 3 * ((int)Math.Round(ratings[0].Sigma) - 80));
    }

    [Fact]
    public void Update_EloMmrCeiling_CapsPerformances()
    {
        var ratings = new ContestRatings(3, new EloMmrOptions());
        ratings.Update([0, 1, 2], [0, 1, 2], new ContestDetails(PerformanceCeiling: 1550));
        Assert.Equal(1550, ratings.Performance(0));
    }

    [Fact]
    public void Update_EloMmrFastWithFewEntrants_NearlyAgreesWithExact()
    {
        (var exact, var fast) = (new ContestRatings(30, new EloMmrOptions()), new ContestRatings(30, EloMmrOptions.Fast));
        Play(exact, 30, 30, 5);
        Play(fast, 30, 30, 5);
        for (int i = 0; i < 30; i++)
        {
            Assert.Equal(exact[i].Mu, fast[i].Mu, 3.0);
        }
    }

    [Fact]
    public void Update_BadContests_AreRefused()
    {
        var ratings = new ContestRatings(3, new EloMmrOptions());
        Assert.Throws<ArgumentException>(() => ratings.Update([0, 1], [0]));
        Assert.Throws<ArgumentException>(() => ratings.Update([0, 0], [0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ratings.Update([0, 3], [0, 1]));
        Assert.Throws<ArgumentException>(() => ratings.Update([0, 1], [0, 1], new ContestDetails(Weight: 0)));
        ratings.Update([0, 1], [0, 1], new ContestDetails(Day: 5));
        Assert.Throws<ArgumentException>(() => ratings.Update([1, 2], [0, 1], new ContestDetails(Day: 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EloMmrOptions { TransferSpeed = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EloMmrOptions { MaxHistory = 0 });
    }

    [Fact]
    public void Fit_Ballots_AreContestsAndDaysAreChecked()
    {
        Ballots ballots = Slates.Random(9, 6, 200, 6, strengths: [2, 1, 0.5, -0.5, -1, -2]);
        Standings standings = EloMmr.Fit(ballots, new EloMmrOptions { DriftPerDay = 10, Days = [.. Enumerable.Range(0, 200).Select(d => (double)d)] });
        Assert.Equal((0, 5), (standings.Order[0], standings.Order[5]));
        Assert.Equal(IntervalKind.Posterior, standings.Intervals);
        Assert.Equal(IntervalKind.None, CodeforcesRating.Fit(ballots).Intervals);
        Assert.Equal(IntervalKind.None, TopCoderRating.Fit(ballots).Intervals);
        Assert.Equal(IntervalKind.Posterior, Glicko.Fit(ballots).Intervals);
        Assert.Equal(IntervalKind.Posterior, BayesianApproximationRating.Fit(ballots).Intervals);
        Assert.Equal(IntervalKind.Posterior, TrueSkillSpb.Fit(ballots).Intervals);
        Assert.Throws<ArgumentException>(() => EloMmr.Fit(ballots, new EloMmrOptions { Days = [1, 2] }));
    }

    [Fact]
    public void Fit_NotRankable_SaysSo()
    {
        var ties = new BallotsBuilder(2);
        ties.AddTiers([0, 1]);
        var topOne = new BallotsBuilder(3);
        topOne.AddTopOne(0, 1, 2);
        Assert.IsType<Diagnosis.OnlyTies>(Refused(ties));
        Assert.IsType<Diagnosis.UnsuitableBallot>(Refused(topOne));
        Assert.IsType<Diagnosis.NoBallots>(Refused(new BallotsBuilder(2)));
        Assert.IsType<Diagnosis.OneCompetitor>(Refused(new BallotsBuilder(1)));

        static Diagnosis Refused(BallotsBuilder builder) =>
            Assert.Throws<RankingException>(() => EloMmr.Fit(builder.ToBallots())).Diagnosis;
    }

    /// <summary>Contests of everybody; the first is the best.</summary>
    private static void Play(ContestRatings ratings, int entrants, int contests, ulong seed)
    {
        var random = new Xoshiro256(seed, 0);
        int[] all = [.. Enumerable.Range(0, entrants)];
        for (int c = 0; c < contests; c++)
        {
            double[] shown = [.. all.Select(i => -600.0 * i / entrants + 200 * random.NextNormal())];
            int[] ranks = [.. all.Select(i => all.Count(j => Math.Round(shown[j] / 40) > Math.Round(shown[i] / 40)))];
            ratings.Update(all, ranks, new ContestDetails(Day: c));
        }
    }
}
