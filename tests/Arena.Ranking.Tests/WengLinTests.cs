using Xunit;

namespace Arena.Ranking.Tests;

public sealed class WengLinTests
{
    [Theory]
    [InlineData(250)]
    [InlineData(400)]
    [InlineData(5000)]
    public void Update_BeliefsFarApart_MovesAsAPairDoes(double apart)
    {
        // by many times their deviation: the squares of small exponentials vanish before they themselves do
        var options = new WengLinOptions { Tau = 0 };
        double c = Math.Sqrt(2 * (options.Sigma * options.Sigma + options.Beta * options.Beta));
        foreach ((int winner, double expected) in new[] { (0, options.Sigma * options.Sigma / c), (1, 0) })
        {
            var ratings = new OnlineRatings(2, options);
            ratings[1] = new Skill(options.Mu + apart * c, options.Sigma);
            ratings.Update([winner, 1 - winner], [0, 1]);
            Assert.Equal(expected, ratings[0].Mu - options.Mu, 1e-9);
            Assert.Equal(-expected, ratings[1].Mu - options.Mu - apart * c, 1e-6);
            Assert.All([ratings[0].Sigma, ratings[1].Sigma], s => Assert.Equal(options.Sigma, s, 1e-9));
        }
    }

    [Theory]
    [InlineData(WengLinModel.PlackettLuce)]
    [InlineData(WengLinModel.BradleyTerryFull)]
    [InlineData(WengLinModel.ThurstoneMostellerFull)]
    public void Fit_BallotsOfKnownStrengths_FindsTheirOrder(WengLinModel model)
    {
        double[] strengths = [2, 1.2, 0.4, -0.4, -1.2, -2];
        Standings standings = WengLin.Fit(Slates.Random(3, 6, 1500, 4, strengths: strengths), new WengLinOptions { Model = model });
        Assert.Equal([0, 1, 2, 3, 4, 5], standings.Order);
        Assert.Equal((WengLin.Name, IntervalKind.Posterior, 1500), (standings.Method, standings.Intervals, standings.Evidence.Observations));
        Assert.Equal(standings.Competitors[0].Evidence.Observations, standings.Competitors[0].Evidence.Discordant);
        Assert.True(standings.Pairs[0, 5].Separated && standings.Pairs[0, 5].Common > 100);
    }

    [Fact]
    public void Fit_BestWorstBallotsOfKnownStrengths_FindsTheirOrder()
    {
        double[] strengths = [2, 1, 0, -1, -2];
        Ballots full = Slates.Random(5, 5, 2000, 5, strengths: strengths);
        var builder = new BallotsBuilder(5);
        for (int b = 0; b < full.Count; b++)
        {
            ReadOnlySpan<int> shown = full[b].Competitors;
            builder.AddBestWorst(shown[0], shown[1..^1], shown[^1], new BallotDetails());
        }

        Assert.Equal([0, 1, 2, 3, 4], WengLin.Fit(builder.ToBallots()).Order);
    }

    [Fact]
    public void Fit_SomebodyWithoutAVote_StandsAtThePriorAndIsNamed()
    {
        var builder = new BallotsBuilder(3);
        builder.AddRanking(0, 2);
        Standings standings = WengLin.Fit(builder.ToBallots());
        Assert.Equal((25, 25.0 / 3), (standings.Competitors[1].Rating, standings.Competitors[1].StandardError));
        Assert.Contains(standings.Diagnostics.Notes, note => note.Contains("prior: 1.", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_NothingToCompare_SaysSo()
    {
        Assert.IsType<Diagnosis.OneCompetitor>(Refused(new BallotsBuilder(1)));
        Assert.IsType<Diagnosis.NoBallots>(Refused(new BallotsBuilder(2)));
        var weightless = new BallotsBuilder(2);
        weightless.AddRanking([0, 1], new BallotDetails(0));
        weightless.AddRanking(0);
        Assert.IsType<Diagnosis.NoBallots>(Refused(weightless));

        static Diagnosis Refused(BallotsBuilder builder)
        {
            Assert.False(WengLin.TryFit(builder.ToBallots(), null, out Standings? standings, out Diagnosis? diagnosis));
            Assert.Null(standings);
            return diagnosis;
        }
    }

    [Fact]
    public void Fit_OnlyTiesAndDisconnectedGroups_StayAtThePriorMean()
    {
        var builder = new BallotsBuilder(4);
        builder.AddTiers([0, 1]);
        builder.AddTiers([2, 3]);
        Standings standings = WengLin.Fit(builder.ToBallots());
        Assert.All(standings.Competitors, c => Assert.Equal(25, c.Rating, 10));
        Assert.Equal(new Evidence(2, 0), standings.Evidence);
        Assert.Equal(0, standings.Pairs.Separated);
    }

    [Fact]
    public void Fit_AlwaysWinning_IsFiniteAllTheSame()
    {
        var builder = new BallotsBuilder(2);
        for (int k = 0; k < 500; k++)
        {
            builder.AddRanking(1, 0);
        }

        Standings standings = WengLin.Fit(builder.ToBallots());
        Assert.Equal([1, 0], standings.Order);
        Assert.All(standings.Competitors, c => Assert.True(double.IsFinite(c.Low) && double.IsFinite(c.High)));
    }

    [Fact]
    public void PredictWin_TwoTeams_AddsUpAndFavoursTheStronger()
    {
        double[] shares = WengLin.PredictWin([[new Skill(30, 2)], [new Skill(25, 2)], [new Skill(20, 2)]]);
        Assert.Equal(1, shares.Sum(), 12);
        Assert.True(shares[0] > shares[1] && shares[1] > shares[2]);
    }

    [Fact]
    public void PredictDraw_EvenerGame_IsHigher()
    {
        double even = WengLin.PredictDraw([[new Skill(25, 2)], [new Skill(25, 2)]]);
        double uneven = WengLin.PredictDraw([[new Skill(35, 2)], [new Skill(25, 2)]]);
        Assert.InRange(uneven, 0, even);
        Assert.InRange(even, uneven, 1);
    }

    [Fact]
    public void Predict_TooFewTeams_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => WengLin.PredictWin([[new Skill(25, 2)]]));
        Assert.Throws<ArgumentException>(() => WengLin.PredictDraw([[new Skill(25, 2)], []]));
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WengLinOptions { Sigma = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WengLinOptions { Beta = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WengLinOptions { Tau = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WengLinOptions { Kappa = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WengLinOptions { Epsilon = double.PositiveInfinity });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WengLinOptions { Model = (WengLinModel)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrueSkillOptions { DrawProbability = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new KSortOptions { Floor = 2 });
    }
}
