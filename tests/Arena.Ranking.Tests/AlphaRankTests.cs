using Arena.Ranking.Games;
using Arena.Ranking.Tests.Games;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class AlphaRankTests
{
    private static readonly AlphaRankOptions Infinite = new() { Alpha = double.PositiveInfinity };

    [Fact]
    public void Fit_RockPaperScissors_SharesEvenlyAndShowsTheCycle()
    {
        AlphaRankResult result = AlphaRank.Fit(Cyclic(1, 1, 1));

        Assert.All(result.Mass, mass => Assert.Equal(1 / 3.0, mass, 12));
        ResponseCycle cycle = Assert.Single(result.Cycles);
        // 1 beats 0, 2 beats 1, 0 beats 2
        Assert.Equal([0, 1, 2], cycle.Profiles);
        Assert.Equal(1, cycle.Mass, 12);
        Assert.Equal([0, 1, 2], Assert.Single(result.Sinks).Profiles);
        Assert.Equal(IntervalKind.None, result.Standings.Intervals);
    }

    [Fact]
    public void Fit_DominantStrategy_TakesAll()
    {
        AlphaRankResult result = AlphaRank.Fit(PayoffTables.Symmetric(2, [3, 0, 5, 1]));

        Assert.Equal([1, 0], result.Standings.Order);
        Assert.Equal(1, result.Mass[1], 12);
        Assert.Equal([1], Assert.Single(result.Sinks).Profiles);
        Assert.Empty(result.Cycles);
        Assert.Empty(result.Diagnostics.Notes);
    }

    [Fact]
    public void Fit_TwoEquilibria_ReportsBothSinksAndSaysSo()
    {
        AlphaRankResult result = AlphaRank.Fit(PayoffTables.General([2, 2], [[3, 0, 0, 2], [2, 0, 0, 3]]));

        Assert.Equal(2, result.Sinks.Count);
        Assert.All(result.Sinks, sink => Assert.Equal(0.5, sink.Mass, 10));
        Assert.Contains("2 places", Assert.Single(result.Diagnostics.Notes), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => result.Standings);
    }

    [Fact]
    public void Fit_SeveralPopulations_RatesStrategiesByTheirMarginalMass()
    {
        PayoffTables tables = RandomGames.General([2, 3, 2], 5);
        AlphaRankResult result = AlphaRank.Fit(tables, new AlphaRankOptions { Alpha = 0.3 });

        Assert.Equal([2, 3, 2], result.Populations.Select(p => p.Competitors.Count));
        for (int k = 0; k < 3; k++)
        {
            foreach (Standing strategy in result.Populations[k].Competitors)
            {
                double mass = Enumerable.Range(0, 12).Where(s => tables.ProfileOf(s)[k] == strategy.Index).Sum(s => result.Mass[s]);
                Assert.Equal(mass, strategy.Rating, 12);
            }
        }
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(100)]
    [InlineData(1e-9)]
    public void Fit_AnyIntensity_GivesADistribution(double alpha)
    {
        foreach (PayoffTables tables in (PayoffTables[])[RandomGames.Symmetric(30, 1), RandomGames.Antisymmetric(25, 2), RandomGames.General([4, 3, 2], 3)])
        {
            AlphaRankResult result = AlphaRank.Fit(tables, new AlphaRankOptions { Alpha = alpha });
            Assert.All(result.Mass, mass => Assert.InRange(mass, 0, 1));
            Assert.Equal(1, result.Mass.Sum(), 10);
        }
    }

    [Fact]
    public void Fit_IntensityBeyondAllRates_SaysToTakeItsLimit()
    {
        var options = new AlphaRankOptions { Alpha = 1e300 };
        Assert.False(AlphaRank.TryFit(Cyclic(1, 1, 1), options, out AlphaRankResult? result, out Diagnosis? diagnosis));
        Assert.Null(result);
        Assert.IsType<Diagnosis.SelectionTooStrong>(diagnosis);
    }

    [Fact]
    public void Fit_AllPayoffsEqual_RanksNobody()
    {
        AlphaRankResult result = AlphaRank.Fit(PayoffTables.Symmetric(3, new double[9]), new AlphaRankOptions { Alpha = 1e200 });
        Assert.All(result.Mass, mass => Assert.Equal(1 / 3.0, mass, 12));
        Assert.Equal([0, 1, 2], result.Standings.Order);
        Assert.Empty(result.Cycles);
        // a tie leads both ways
        Assert.Equal([0, 1, 2], Assert.Single(result.Sinks).Profiles);
        Assert.False(AlphaRank.TrySuggestAlpha(PayoffTables.Symmetric(3, new double[9]), 0.1, out _, out Diagnosis? diagnosis));
        Assert.IsType<Diagnosis.NoPayoffGap>(diagnosis);
    }

    [Fact]
    public void Fit_OneStrategy_IsDiagnosed()
    {
        Assert.False(AlphaRank.TryFit(PayoffTables.Symmetric(1, [0]), null, out _, out Diagnosis? diagnosis));
        Assert.IsType<Diagnosis.OneCompetitor>(diagnosis);
        Assert.Throws<RankingException>(() => AlphaRank.SweepAlpha(PayoffTables.Symmetric(1, [0])));
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(double.PositiveInfinity)]
    public void Fit_ByIterationOrElimination_Agrees(double alpha)
    {
        foreach (PayoffTables tables in (PayoffTables[])[RandomGames.Symmetric(40, 4), RandomGames.General([5, 4, 3], 6)])
        {
            var options = new AlphaRankOptions { Alpha = alpha, PopulationSize = 6, Noise = 0.05 };
            AlphaRankResult exact = AlphaRank.Fit(tables, options);
            AlphaRankResult iterated = AlphaRank.Fit(tables, options with { MostEliminated = 1 });
            Assert.Equal(StopReason.ClosedForm, exact.Diagnostics.Reason);
            Assert.Equal(StopReason.Converged, iterated.Diagnostics.Reason);
            Assert.All(exact.Mass.Zip(iterated.Mass), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }
    }

    [Fact]
    public void Fit_IterationsRunOut_SaysSo()
    {
        AlphaRankResult result = AlphaRank.Fit(RandomGames.General([6, 5, 4], 6), new AlphaRankOptions { Alpha = 1, MostEliminated = 1, MaxIterations = 1, Tolerance = 1e-15 });
        Assert.Equal(StopReason.IterationLimit, result.Diagnostics.Reason);
        Assert.Contains(result.Diagnostics.Notes, note => note.Contains("iteration ended", StringComparison.Ordinal));
        Assert.Equal(1, result.Mass.Sum(), 12);
    }

    [Fact]
    public void Fit_InfiniteIntensity_IsTheLimitOfASmallerNoise()
    {
        PayoffTables tables = RandomGames.Antisymmetric(12, 3);
        double[] cyclic = [.. AlphaRank.Fit(tables, Infinite with { Noise = 1e-9 }).Mass];
        IReadOnlyList<int> sink = Assert.Single(AlphaRank.Fit(tables).Sinks).Profiles;
        Assert.Equal(1, sink.Sum(s => cyclic[s]), 1e-6);
    }

    [Fact]
    public void Fixation_InfiniteIntensity_IsTheSignOfTheGain()
    {
        AlphaRankResult result = AlphaRank.Fit(PayoffTables.Symmetric(3, [0, 1, 0, 0, 0, 0, 0, 1, 0]), Infinite);
        Assert.Equal([0.99, 0.01, 0.5, 0], [result.Fixation(1, 0), result.Fixation(0, 1), result.Fixation(0, 2), result.Fixation(1, 1)]);
        Assert.Equal(1, result.NeutralFixation);
    }

    [Theory]
    [InlineData(PayoffUncertainty.Normal)]
    [InlineData(PayoffUncertainty.Bounds)]
    public void Fit_SampledPayoffs_MoreGamesNarrowTheIntervals(PayoffUncertainty uncertainty)
    {
        Standings few = Sampled(20, uncertainty), many = Sampled(20_000, uncertainty);
        Assert.Equal(IntervalKind.PayoffBounds, few.Intervals);
        Assert.True(many.Competitors[0].High - many.Competitors[0].Low < few.Competitors[0].High - few.Competitors[0].Low);
        Assert.Equal((1, 1), (many.Competitors[0].RankLow, many.Competitors[0].RankHigh));
        Assert.True(few.Competitors[0].RankHigh > 1);
        Assert.Equal(60, few.Evidence.Observations);
        Assert.Equal(40, few.Competitors[0].Evidence.Observations);
    }

    [Fact]
    public void Fit_SampledPayoffs_DoNotDependOnThreads()
    {
        Standings one = Sampled(20, PayoffUncertainty.Bounds, 1), many = Sampled(20, PayoffUncertainty.Bounds, 3);
        Assert.Equal(one.Competitors, many.Competitors);
    }

    [Fact]
    public void Fit_UncertaintyWithoutCounts_IsDiagnosed()
    {
        AlphaRank.TryFit(Cyclic(1, 1, 1), new AlphaRankOptions { Uncertainty = PayoffUncertainty.Bounds }, out _, out Diagnosis? diagnosis);
        Assert.IsType<Diagnosis.Unsampled>(diagnosis);
        AlphaRank.TryFit(PayoffTables.Symmetric(2, [0, 2, 0, 0], counts: [1, 1, 1, 1]), new AlphaRankOptions { Uncertainty = PayoffUncertainty.Bounds }, out _, out diagnosis);
        Assert.Equal(2, Assert.IsType<Diagnosis.PayoffOutOfRange>(diagnosis).Payoff);
        AlphaRank.TryFit(PayoffTables.Symmetric(2, [0, 1, 0, 0], counts: [1, 0, 1, 1]), new AlphaRankOptions { Uncertainty = PayoffUncertainty.Bounds }, out _, out diagnosis);
        Assert.IsType<Diagnosis.Unsampled>(diagnosis);
    }

    [Fact]
    public void SweepAlpha_PayoffsSoSmallThatNothingMovesAtFirst_GoesOnUntilItHas()
    {
        double[] small = [0, -1e-7, 1e-7, 0];
        AlphaRankSweep patient = AlphaRank.SweepAlpha(PayoffTables.Symmetric(2, small));
        AlphaRankSweep peer = AlphaRank.SweepAlpha(PayoffTables.Symmetric(2, small), new AlphaRankSweepOptions { OpenSpielCompatible = true });

        Assert.True(patient.Converged);
        Assert.Equal(1, patient.Mass[1], 1e-6);
        Assert.Equal(2, peer.Steps.Count);
        Assert.Equal(0.5, peer.Mass[1], 1e-6);
    }

    [Fact]
    public void Fit_MirroredEquilibria_ShareAlike()
    {
        // battle of the sexes: the game is the same with players and strategies swapped, and the way between its equilibria is long
        double[] mass = [.. AlphaRank.Fit(PayoffTables.General([2, 2], [[3, 0, 0, 2], [2, 0, 0, 3]]), new AlphaRankOptions { Alpha = 0.2112, PopulationSize = 50 }).Mass];
        Assert.Equal(mass[0], mass[3], 1e-12);
        Assert.InRange(mass[1] + mass[2], 0, 1e-9);
    }

    [Fact]
    public void SweepNoise_Equilibrium_EndsThere()
    {
        AlphaRankSweep sweep = AlphaRank.SweepNoise(PayoffTables.General([2, 2], [[3, 0, 5, 1], [3, 5, 0, 1]]));
        Assert.True(sweep.Converged);
        Assert.Equal(1, sweep.Mass[3], 1e-6);
        Assert.True(sweep.Steps.Count >= 12);
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlphaRankOptions { Alpha = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlphaRankOptions { Alpha = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlphaRankOptions { PopulationSize = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlphaRankOptions { Noise = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => AlphaRank.SuggestAlpha(Cyclic(1, 1, 1), 1));
    }

    /// <summary>1 beats 0, 2 beats 1, 0 beats 2, by so much.</summary>
    private static PayoffTables Cyclic(double oneOverZero, double twoOverOne, double zeroOverTwo) =>
        PayoffTables.Symmetric(3, [0, -oneOverZero, zeroOverTwo, oneOverZero, 0, -twoOverOne, -zeroOverTwo, twoOverOne, 0]);

    private static Standings Sampled(int games, PayoffUncertainty uncertainty, int threads = -1)
    {
        int[] counts = [.. Enumerable.Repeat(games, 9)];
        double[] variances = [.. Enumerable.Repeat(0.25, 9)];
        PayoffTables tables = PayoffTables.Symmetric(3, [0.5, 0.6, 0.65, 0.4, 0.5, 0.55, 0.35, 0.45, 0.5], counts, variances);
        return AlphaRank.Fit(tables, new AlphaRankOptions { Alpha = 5, PopulationSize = 10, Uncertainty = uncertainty, Rounds = 200, MaxDegreeOfParallelism = threads }).Standings;
    }
}
