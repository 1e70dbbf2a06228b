using Arena.Ranking.Games;
using Arena.Ranking.Resampling;
using Arena.Ranking.Tests.Games;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class NashTests
{
    private static readonly PayoffTables Rock = PayoffTables.Symmetric(3, [0, -1, 1, 1, 0, -1, -1, 1, 0]);

    [Fact]
    public void Fit_RockPaperScissors_IsUniformAndUnique()
    {
        NashResult result = Nash.Fit(Rock);
        Assert.All(result.Strategies[0], p => Assert.Equal(1 / 3.0, p, 12));
        Assert.True(result.IsUnique);
        Assert.Equal(0, result.DualityGap, 12);
        Assert.Equal(0, result.Values[0], 12);
    }

    [Fact]
    public void Fit_TwoPlayers_GivesBothAndTheValue()
    {
        // matching pennies with a bonus: value 1/9... of Owen's 2 × 2 formula (ad − bc)/(a + d − b − c)
        NashResult result = Nash.Fit(PayoffTables.ZeroSum(2, 2, [3, -1, -2, 4]));
        Assert.Equal(1, result.Values[0], 12);
        Assert.Equal(-1, result.Values[1], 12);
        Assert.Equal(0.6, result.Strategies[0][0], 12);
        Assert.Equal(0.5, result.Strategies[1][0], 12);
    }

    [Fact]
    public void Fit_RectangularConstantSum_HasNoGap()
    {
        double[] first = [.. RandomGames.General([3, 7], 2).Payoffs(0)];
        NashResult result = Nash.Fit(PayoffTables.General([3, 7], [first, Array.ConvertAll(first, p => 10 - p)]));
        Assert.Equal(0, result.DualityGap, 10);
        Assert.Equal(10, result.Values.Sum(), 10);
        Assert.Equal((3, 7), (result.Strategies[0].Count, result.Strategies[1].Count));
    }

    [Fact]
    public void Fit_AllPayoffsEqual_IsNotUnique()
    {
        NashResult result = Nash.Fit(PayoffTables.Symmetric(3, new double[9]));
        Assert.False(result.IsUnique);
        Assert.Equal(1, result.Strategies[0].Sum(), 12);
        Assert.Equal(0, result.DualityGap);
    }

    [Fact]
    public void Fit_StoppedOnTheWay_TellsWhatPlayersCouldGain()
    {
        PayoffTables tables = RandomGames.General([3, 4], 5);
        NashResult result = Nash.Fit(tables, new NashOptions { Solver = NashSolver.Regularised, Temperature = 1, MaxIterations = 20 });
        double gap = 0;
        for (int k = 0; k < 2; k++)
        {
            double[] payoffs = new double[result.Strategies[k].Count];
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 4; j++)
                {
                    payoffs[k == 0 ? i : j] += tables.Payoffs(k)[i * 4 + j] * result.Strategies[1 - k][k == 0 ? j : i];
                }
            }

            gap += payoffs.Max() - payoffs.Zip(result.Strategies[k], (u, p) => u * p).Sum();
        }

        Assert.True(gap > 0.01);
        Assert.Equal(gap, result.DualityGap, 1e-12);
    }

    [Fact]
    public void Fit_ByLinearProgramOrRegularised_Agrees()
    {
        PayoffTables tables = RandomGames.Antisymmetric(6, 7);
        NashResult exact = Nash.Fit(tables);
        NashResult smooth = Nash.Fit(tables, new NashOptions { Solver = NashSolver.Regularised, Temperature = 0.005 });
        Assert.True(smooth.Diagnostics.Converged);
        Assert.Null(smooth.IsUnique);
        Assert.InRange(smooth.DualityGap, 0, 0.05);
        Assert.All(exact.Strategies[0].Zip(smooth.Strategies[0]), pair => Assert.Equal(pair.First, pair.Second, 0.1));
    }

    [Fact]
    public void Fit_ThreePlayersWithADominantProfile_FindsIt()
    {
        // everybody is paid for strategy 1
        double[][] payoffs = [[0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 0, 0, 1, 1], [0, 1, 0, 1, 0, 1, 0, 1]];
        NashResult result = Nash.Fit(PayoffTables.General([2, 2, 2], payoffs));
        Assert.All(result.Strategies, p => Assert.Equal(1, p[1], 1e-6));
        Assert.InRange(result.DualityGap, 0, 1e-6);
        Assert.Equal([1, 0], result.Populations[2].Order);
        Assert.True(result.Diagnostics.Converged);
    }

    [Fact]
    public void Fit_HawksAndDoves_MixesSymmetrically()
    {
        // value 2, cost 4: half hawks
        NashResult result = Nash.Fit(PayoffTables.Symmetric(2, [-1, 2, 0, 1]), new NashOptions { Temperature = 0.001 });
        Assert.Equal(0.5, result.Strategies[0][0], 0.01);
    }

    [Fact]
    public void Fit_GameThatDoesNotSettle_ReturnsTheLeastGapMetAndSaysSo()
    {
        // Shapley 1964: every learner of this kind goes round
        double[][] shapley = [[1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 1, 0, 0, 0, 1, 1, 0, 0]];
        NashResult result = Nash.Fit(PayoffTables.General([3, 3], shapley), new NashOptions { Temperature = 1e-4, MaxIterations = 3000 });
        Assert.InRange(result.DualityGap, 0, 2);
        Assert.Equal(result.Diagnostics.Converged, result.Diagnostics.Notes.Count == 0);
        Assert.All(result.Strategies, p => Assert.Equal(1, p.Sum(), 12));
    }

    [Fact]
    public void Fit_LinearProgramOfAGeneralGame_IsDiagnosed()
    {
        Assert.False(Nash.TryFit(RandomGames.General([2, 2], 1), new NashOptions { Solver = NashSolver.LinearProgram }, out NashResult? result, out Diagnosis? diagnosis));
        Assert.Null(result);
        Assert.IsType<Diagnosis.NotZeroSum>(diagnosis);
        Assert.IsType<Diagnosis.OneCompetitor>(Assert.Throws<RankingException>(() => Nash.Fit(PayoffTables.Symmetric(1, [0]))).Diagnosis);
    }

    [Theory]
    [InlineData(PayoffUncertainty.Normal, NashSolver.Auto)]
    [InlineData(PayoffUncertainty.Bounds, NashSolver.Auto)]
    [InlineData(PayoffUncertainty.Normal, NashSolver.Regularised)]
    public void Fit_SampledPayoffs_MoreGamesNarrowTheIntervals(PayoffUncertainty uncertainty, NashSolver solver)
    {
        Standings few = Sampled(40, uncertainty, solver).Populations[0], many = Sampled(40_000, uncertainty, solver).Populations[0];
        Assert.Equal(IntervalKind.PayoffBounds, few.Intervals);
        Assert.All(few.Competitors.Zip(many.Competitors), pair =>
        {
            Assert.Equal(pair.First.Rating, pair.Second.Rating, 12);
            Assert.InRange(pair.Second.Rating, pair.Second.Low, pair.Second.High);
            Assert.True(pair.Second.High - pair.Second.Low < 0.2 * (pair.First.High - pair.First.Low));
        });
        // what is played most of all is sure after many games, and is not after a few
        Assert.Equal((1, 1), (many.Competitors[0].RankLow, many.Competitors[0].RankHigh));
        Assert.True(few.Competitors[0].RankHigh > 1);
        Assert.Equal(120, few.Evidence.Observations);
    }

    [Fact]
    public void Fit_SampledPayoffs_DoNotDependOnThreads()
    {
        NashResult one = Sampled(40, PayoffUncertainty.Normal, NashSolver.Auto, 1), many = Sampled(40, PayoffUncertainty.Normal, NashSolver.Auto, 3);
        Assert.Equal(one.Populations[0].Competitors, many.Populations[0].Competitors);
    }

    [Fact]
    public void Fit_SampledPayoffs_CoverTheEquilibrium()
    {
        // wins by chance in a game whose first player mixes 0.6 : 0.4
        double[] chance = [0.8, 0.4, 0.3, 0.9];
        const int Games = 100, Arenas = 200;
        int covered = 0;
        for (int arena = 0; arena < Arenas; arena++)
        {
            var random = new Boards.Sequence((ulong)arena + 1);
            double[] first = [.. chance.Select(p => Enumerable.Range(0, Games).Count(_ => random.Share() < p) / (double)Games)];
            double[] variances = [.. first.Select(p => p * (1 - p))];
            int[] counts = [.. Enumerable.Repeat(Games, 4)];
            PayoffTables tables = PayoffTables.General([2, 2], [first, [.. first.Select(p => 1 - p)]], [counts, counts], [variances, variances]);
            Standing mixed = Nash.Fit(tables, new NashOptions { Uncertainty = PayoffUncertainty.Normal, Rounds = 300, Seed = (ulong)arena }).Populations[0].Competitors[0];
            covered += mixed.Low <= 0.6 && 0.6 <= mixed.High ? 1 : 0;
        }

        // 95 % within four standard errors of a share of 200
        Assert.InRange(covered / (double)Arenas, 0.89, 1);
        Assert.True(covered < Arenas);
    }

    [Fact]
    public void Fit_DrawsThatDoNotSettle_SaysHowMany()
    {
        double[][] shapley = [[1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 1, 0, 0, 0, 1, 1, 0, 0]];
        int[][] counts = [[.. Enumerable.Repeat(50, 9)], [.. Enumerable.Repeat(50, 9)]];
        NashResult result = Nash.Fit(PayoffTables.General([3, 3], shapley, counts), new NashOptions { Temperature = 1e-4, MaxIterations = 200, Uncertainty = PayoffUncertainty.Bounds, Rounds = 20 });
        Assert.Contains(result.Diagnostics.Notes, n => n.Contains("of 20 drawn", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_UncertaintyWithoutCounts_IsDiagnosed()
    {
        Assert.False(Nash.TryFit(Rock, new NashOptions { Uncertainty = PayoffUncertainty.Normal }, out _, out Diagnosis? diagnosis));
        Assert.IsType<Diagnosis.Unsampled>(diagnosis);
    }

    [Fact]
    public void Draw_ConstantSum_KeepsIt()
    {
        double[] first = [0.5, 0.2, 0.9, 0.4];
        int[] counts = [9, 9, 9, 9];
        var draws = new PayoffDraws(PayoffTables.General([2, 2], [first, [.. first.Select(p => 1 - p)]], [counts, counts]), new NashOptions { Uncertainty = PayoffUncertainty.Bounds });
        var random = new Xoshiro256(1, 0);
        PayoffTables drawn = draws.Draw(ref random);
        Assert.NotEqual(first[0], drawn.Payoffs(0)[0]);
        Assert.Equal(1, ConstantSum.Of(drawn)!.Value, 12);
    }

    /// <summary>A round of three in which the first is played half of the time.</summary>
    private static NashResult Sampled(int games, PayoffUncertainty uncertainty, NashSolver solver, int threads = -1)
    {
        int[] counts = [.. Enumerable.Repeat(games, 9)];
        double[] variances = [.. Enumerable.Repeat(0.2, 9)];
        PayoffTables tables = PayoffTables.Symmetric(3, [0.5, 0.7, 0.3, 0.3, 0.5, 0.9, 0.7, 0.1, 0.5], counts, variances);
        return Nash.Fit(tables, new NashOptions { Uncertainty = uncertainty, Solver = solver, Temperature = 0.02, Rounds = 200, MaxDegreeOfParallelism = threads });
    }
}
