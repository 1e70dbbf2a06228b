using Xunit;

namespace Arena.Ranking.Tests;

public sealed class PayoffTablesTests
{
    [Fact]
    public void Symmetric_OneTable_IsAPopulationAgainstItself()
    {
        var tables = PayoffTables.Symmetric(2, [0, 1, 2, 3], counts: [1, 2, 3, 4]);

        Assert.Equal((1, 2, 2, 4, true), (tables.Populations, tables.Players, tables.Profiles, tables.Cells, tables.IsSymmetric));
        Assert.Equal([0, 1, 2, 3], tables.Payoffs(0).ToArray());
        Assert.Equal([1, 2, 3, 4], tables.Counts(0).ToArray());
        Assert.False(tables.HasVariances);
        Assert.Equal(2, tables.CellOf([1, 0]));
        Assert.Equal([1], tables.ProfileOf(1));
    }

    [Fact]
    public void General_ThreePlayers_NumbersProfilesWithTheLastFastest()
    {
        PayoffTables tables = PayoffTables.General([2, 3, 2], [new double[12], new double[12], new double[12]]);

        Assert.Equal((3, 3, 12, 7), (tables.Populations, tables.Players, tables.Profiles, tables.AllStrategies));
        Assert.All(Enumerable.Range(0, 12), cell => Assert.Equal(cell, tables.CellOf(tables.ProfileOf(cell))));
        Assert.Equal([1, 0, 1], tables.ProfileOf(7));
    }

    [Fact]
    public void Create_ArraysChangedAfterwards_KeepsItsOwn()
    {
        double[] payoffs = [0, 1, 1, 0];
        PayoffTables tables = PayoffTables.General([2, 2], [payoffs, payoffs]);
        payoffs[0] = double.NaN;

        Assert.Equal(0, tables.Payoffs(0)[0]);
    }

    [Fact]
    public void ZeroSum_FirstPlayersPayoffs_GivesTheNegativesToTheSecond() =>
        Assert.Equal([-1, 2], PayoffTables.ZeroSum(1, 2, [1, -2]).Payoffs(1).ToArray());

    [Fact]
    public void Symmetric_NotSquare_SaysHowManyAreNeeded()
    {
        Assert.False(PayoffTables.TrySymmetric(3, [1, 2, 3], default, default, out PayoffTables? tables, out Diagnosis? diagnosis));
        Assert.Null(tables);
        Assert.Equal((9, 3), Assert.IsType<Diagnosis.PayoffShape>(diagnosis) is var shape ? (shape.Expected, shape.Actual) : default);
        Assert.Contains("9", diagnosis.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void General_WrongShapes_AreNamed()
    {
        Assert.Equal(1, Assert.IsType<Diagnosis.PayoffShape>(Of([2, 2], [new double[4], new double[3]])).Population);
        Assert.Equal((2, 1), Assert.IsType<Diagnosis.PayoffTensors>(Of([2, 2], [new double[4]])) is var tensors ? (tensors.Expected, tensors.Actual) : default);
        Assert.IsType<Diagnosis.ProfileCount>(Of([2, 0], [[], []]));
        Assert.IsType<Diagnosis.ProfileCount>(Of([100_000, 100_000, 100_000], [[], [], []]));
        Assert.Throws<ArgumentException>(() => Of([2], [new double[4]]));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void General_PayoffNotFinite_NamesTheProfile(double payoff)
    {
        var diagnosis = Assert.IsType<Diagnosis.InvalidPayoff>(Of([1, 2], [[0, 0], [0, payoff]]));
        Assert.Equal((1, 1), (diagnosis.Population, diagnosis.Profile));
    }

    [Fact]
    public void General_NegativeCountOrVariance_IsDiagnosed()
    {
        Assert.Equal(-1, Assert.IsType<Diagnosis.InvalidCount>(Of([1, 2], [[0, 0], [0, 0]], [[1, 1], [-1, 1]])).Count);
        Assert.IsType<Diagnosis.InvalidVariance>(Of([1, 2], [[0, 0], [0, 0]], null, [[1, 1], [1, double.NaN]]));
        Assert.IsType<Diagnosis.PayoffShape>(Of([1, 2], [[0, 0], [0, 0]], [[1, 1], [1]]));
    }

    [Fact]
    public void CellOf_StrategyOutOfRange_Throws()
    {
        PayoffTables tables = PayoffTables.ZeroSum(1, 2, [1, -2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tables.CellOf([0, 2]));
        Assert.Throws<ArgumentException>(() => tables.CellOf([0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tables.ProfileOf(2));
    }

    private static Diagnosis Of(int[] strategies, double[][] payoffs, int[][]? counts = null, double[][]? variances = null)
    {
        Assert.False(PayoffTables.TryGeneral(strategies, payoffs, counts, variances, out _, out Diagnosis? diagnosis));
        Assert.Equal(diagnosis.Message, Assert.Throws<RankingException>(() => PayoffTables.General(strategies, payoffs, counts, variances)).Message);
        return diagnosis;
    }
}
