using Arena.Evaluation.Breakdown;
using Xunit;

namespace Arena.Tests.Evaluation.Breakdown;

public sealed class BreakdownTests
{
    /// <summary>The first two are printed by SciPy 1.10.1, binomtest(k, n).proportion_ci(method="wilson").</summary>
    [Theory]
    [InlineData(874, 899, 0.9592703902540075, 0.981094046608448)]
    [InlineData(3, 10, 0.10779126740630102, 0.6032218525388546)]
    [InlineData(0, 0, 0, 1)]
    public void WilsonInterval_KnownCounts_GivesTheKnownEnds(int successes, int trials, double low, double high)
    {
        var interval = WilsonInterval.For(successes, trials);

        Assert.Equal(low, interval.Low, 12);
        Assert.Equal(high, interval.High, 12);
    }

    [Fact]
    public void WilsonInterval_AllOrNone_TouchesTheEndExactly()
    {
        Assert.Equal(0, WilsonInterval.For(0, 7).Low);
        Assert.Equal(1, WilsonInterval.For(7, 7).High);
        Assert.Equal(1 - WilsonInterval.For(7, 7).Low, WilsonInterval.For(0, 7).High, 12);
    }

    [Fact]
    public void By_ClassesWithMissingValues_CountsEachApart()
    {
        var rows = ShareBreakdown.By(["a", "b", "c"], [0, 1, 0, 1, 0], [1, 0, 0, float.NaN, 1]);

        Assert.Equal(("a", 3, 0, 2 / 3.0), (rows[0].Name, rows[0].Count, rows[0].Missing, rows[0].Mean));
        Assert.Equal(("b", 1, 1, 0.0), (rows[1].Name, rows[1].Count, rows[1].Missing, rows[1].Mean));
        Assert.Equal((0, double.NaN, 0.0, 1.0), (rows[2].Count, rows[2].Mean, rows[2].Low, rows[2].High));
        Assert.Equal(WilsonInterval.For(2, 3), (rows[0].Low, rows[0].High));
    }

    [Fact]
    public void By_WhatIsNoShare_Throws()
    {
        Assert.Throws<ArgumentException>(() => ShareBreakdown.By(["a"], [0], [0.5f]));
        Assert.Throws<ArgumentException>(() => ShareBreakdown.By(["a"], [1], [1]));
        Assert.Throws<ArgumentException>(() => ShareBreakdown.By(["a"], [0, 0], [1]));
    }

    [Fact]
    public void ConfusionMatrix_Answers_AreCountedByTruthAndAnswer()
    {
        var matrix = ConfusionMatrix.Count(3, [0, 0, 1, 2, 2, 2], [0, 1, 1, 0, 2, -1]);

        Assert.Equal((1, 1, 1, 1, 1, 0), (matrix[0, 0], matrix[0, 1], matrix[1, 1], matrix[2, 0], matrix[2, 2], matrix[1, 0]));
        Assert.Equal((3, 5, 1), (matrix.Correct, matrix.Total, matrix.Missing));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfusionMatrix.Count(3, [3], [0]));
    }
}
