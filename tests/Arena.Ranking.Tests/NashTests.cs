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
}
