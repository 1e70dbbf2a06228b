using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class DynamicBradleyTerryTests
{
    private static readonly DynamicBradleyTerryOptions Quick = new() { Rounds = 100 };

    /// <summary>120 votes a period for 12 periods; competitor 2 gains 350 points at period 6.</summary>
    private static Ballots Jump(ulong seed, out double[] times, double points = 350)
    {
        const int Votes = 1440;
        var random = new Boards.Sequence(seed);
        var builder = new BallotsBuilder(5);
        double[] when = times = new double[Votes];
        for (int v = 0; v < Votes; v++)
        {
            when[v] = 100 + v / 120.0;
            double[] theta = [0.5, 0.2, v >= 720 ? points * Math.Log(10) / 400 : 0, -0.2, -0.5];
            int a = random.Below(5), b = (a + 1 + random.Below(4)) % 5;
            builder.AddPair(a, b, random.Share() < 1 / (1 + Math.Exp(theta[b] - theta[a])) ? PairOutcome.FirstWins : PairOutcome.SecondWins);
        }

        return builder.ToBallots();
    }

    [Fact]
    public void Fit_SuddenJump_IsFlaggedWhereItHappened()
    {
        DynamicStandings result = DynamicBradleyTerry.Fit(Jump(1, out double[] times), times, Quick);
        Assert.Equal(12, result.Periods.Count);
        ChangePoint first = result.Changes[0];
        Assert.Equal((2, 6), (first.Competitor, first.Period));
        Assert.True(first.Jump > 50 && first.Z > 3);
        Assert.All(result.Changes, c => Assert.Equal(2, c.Competitor));
        Assert.True(result.Paths[2].Ratings[11] - result.Paths[2].Ratings[0] > 200);
        Assert.Equal(2, result.Latest.Order[0]);
        Assert.Equal(result.Paths[2].Ratings[11], result.Latest.Competitors[2].Rating, 9);
    }

    [Fact]
    public void Fit_NobodyChanges_FindsNoChangeAndLittleDrift()
    {
        DynamicStandings result = DynamicBradleyTerry.Fit(Jump(2, out double[] times, points: 0), times, Quick);
        Assert.Empty(result.Changes);
        Assert.True(result.Drift <= 32);
        // a jump passes for drift unless change points are looked for
        Ballots jump = Jump(2, out _);
        Assert.True(DynamicBradleyTerry.Fit(jump, times, Quick with { MostChanges = 0 }).Drift > DynamicBradleyTerry.Fit(jump, times, Quick).Drift);
    }

    [Fact]
    public void Fit_HeldStill_KeepsItsRatingWhileOthersMove()
    {
        DynamicStandings result = DynamicBradleyTerry.Fit(Jump(3, out double[] times), times, Quick with { Living = [false, false, true, false, false], Drift = 60 });
        Assert.Equal(60, result.Drift);
        Assert.All(result.Paths[0].Ratings, r => Assert.Equal(result.Paths[0].Ratings[0], r, 1.0));
        Assert.True(result.Paths[2].Ratings[11] - result.Paths[2].Ratings[0] > 250);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(40.0)]
    public void Fit_PauseBetweenPeriods_DriftsAsLongAsItLasts(double pause)
    {
        // 4,000 votes pin both; then a pause; then one vote
        var builder = new BallotsBuilder(2);
        for (int v = 0; v < 4001; v++)
        {
            builder.AddPair(0, 1, v % 2 == 0 ? PairOutcome.FirstWins : PairOutcome.SecondWins);
        }

        DynamicStandings result = DynamicBradleyTerry.Fit(
            builder.ToBallots(), [.. Enumerable.Range(0, 4001).Select(v => v < 4000 ? 0.0 : pause)], Quick with { Drift = 30, MostChanges = 0 });
        Assert.Equal([0, pause], result.Periods);
        PairComparison last = result.Latest.Pairs[0, 1];
        // two random walks of 30 points a unit of time each on top of what 4,000 votes leave open; then what one vote says where the ratings are
        double scale = Math.Log(10) / 400, chance = 1 / (1 + Math.Exp(-scale * last.Difference));
        double before = 1 / (2 * 30 * 30 * pause + 4 / (4000 * scale * scale)), vote = scale * scale * chance * (1 - chance);
        Assert.Equal(1, last.StandardError * Math.Sqrt(before + vote), 0.01);
    }

    [Fact]
    public void Fit_OnePeriod_IsTheRidgedFit()
    {
        Ballots votes = SimulatedVotes.Pairs(4, SimulatedVotes.Strengths, 300);
        DynamicStandings result = DynamicBradleyTerry.Fit(votes, new double[300], Quick);
        // prior N(0, 350²) points is λ = (173.7/350)² on θ
        double ridge = Math.Pow(400 / 350.0, 2);
        Standings plain = ContextualBradleyTerry.Fit(votes, Covariates.None(300), new ContextualBradleyTerryOptions { Ridge = ridge, Rounds = 100 });
        Assert.All(plain.Competitors, c => Assert.Equal(c.Rating, result.Latest.Competitors[c.Index].Rating, 1e-3));
        Assert.Single(result.Periods);
        Assert.Empty(result.Changes);
    }

    [Fact]
    public void Fit_TimesShuffled_GivesTheSame()
    {
        Ballots votes = Jump(5, out double[] times);
        int[] order = Boards.Permutation(votes.Count, 3);
        DynamicStandings plain = DynamicBradleyTerry.Fit(votes, times, Quick with { Drift = 40 });
        DynamicStandings shuffled = DynamicBradleyTerry.Fit(votes.Select(order), [.. order.Select(v => times[v])], Quick with { Drift = 40 });
        Assert.All(plain.Paths.Zip(shuffled.Paths), pair => Assert.Equal(pair.First.Ratings[7], pair.Second.Ratings[7], 1e-6));
    }

    [Fact]
    public void Fit_MoreThanMemoryHolds_IsRefusedAtOnce()
    {
        // 3 periods of 5,000 competitors are few states, and 75 million covariances in each of several matrices
        var builder = new BallotsBuilder(5000);
        for (int v = 0; v < 3; v++)
        {
            builder.AddPair(0, 1, PairOutcome.FirstWins);
        }

        Assert.Throws<ArgumentException>(() => DynamicBradleyTerry.Fit(builder.ToBallots(), [0, 1, 2], Quick));
    }

    [Fact]
    public void TryFit_BadInput_SaysWhy()
    {
        Ballots votes = SimulatedVotes.Two(1, 1, 0);
        Assert.Throws<ArgumentException>(() => DynamicBradleyTerry.Fit(votes, [1.0], Quick));
        Assert.Throws<ArgumentException>(() => DynamicBradleyTerry.Fit(votes, [1.0, double.NaN], Quick));
        Assert.Throws<ArgumentException>(() => DynamicBradleyTerry.Fit(votes, [1.0, 2], Quick with { Living = [true] }));
        Assert.False(DynamicBradleyTerry.TryFit(new BallotsBuilder(2).ToBallots(), [], Quick, out _, out Diagnosis? diagnosis));
        Assert.IsType<Diagnosis.NoBallots>(diagnosis);
    }
}
