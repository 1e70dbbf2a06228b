using Arena.Ranking.Resampling;
using MathNet.Numerics.Distributions;
using Xunit;

namespace Arena.Ranking.Tests.Resampling;

public sealed class QuantilesTests
{
    private static readonly Quantiles At95 = new(0.95);

    [Fact]
    public void NormalAndStudent_AreThoseOfTheTables()
    {
        Assert.Equal(1.959964, At95.Normal, 1e-6);
        Assert.Equal(1.644854, new Quantiles(0.9).Normal, 1e-6);
        Assert.Equal(12.7062, At95.Student(1), 1e-4);
        Assert.Equal(2.228139, At95.Student(10), 1e-6);
        Assert.Equal(At95.Student(10), At95.StudentOf(11), 1e-12);
        Assert.Equal(At95.Student(1), At95.StudentOf(0), 1e-12);
        Assert.Equal(At95.Normal, At95.Student(double.PositiveInfinity));
        Assert.Equal(At95.Normal, At95.Student(1e7), 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4950)]
    [InlineData(10_000_000)]
    public void Sidak_ManyIndependentNormals_AllHoldAtTheLevel(long comparisons)
    {
        double quantile = At95.Sidak(comparisons, double.PositiveInfinity);
        double tail = 2 * Normal.CDF(0, 1, -quantile); // one comparison fails
        Assert.Equal(Math.Log(0.95), comparisons * Math.Log(1 - tail), 1e-6);
        Assert.True(At95.Sidak(comparisons, 5) > quantile);
    }

    [Fact]
    public void SmallSampleFactor_OneSample_IsInfinite()
    {
        Assert.Equal(double.PositiveInfinity, At95.SmallSampleFactor(1));
        Assert.Equal(12.7062 / 1.959964, At95.SmallSampleFactor(2), 1e-4);
        Assert.Equal(1, At95.SmallSampleFactor(1_000_000), 1e-5);
    }

    [Fact]
    public void Central_SortedValues_InterpolatesAsType7()
    {
        double[] sorted = [.. Enumerable.Range(0, 101).Select(k => (double)k)];
        (double low, double high) = At95.Central(sorted);
        Assert.Equal((2.5, 97.5), (Math.Round(low, 9), Math.Round(high, 9)));
        Assert.Equal((7, 7), At95.Central([7]));
    }

    [Fact]
    public void Upper_SortedValues_ErrsToTheWideSide()
    {
        double[] sorted = [.. Enumerable.Range(1, 99).Select(k => (double)k)];
        Assert.Equal(95, At95.Upper(sorted)); // ⌈100 · 0.95⌉
        Assert.Equal(10, At95.Upper([.. Enumerable.Range(1, 10).Select(k => (double)k)]));
        Assert.Equal(3, At95.Upper([3]));
    }

    [Theory]
    [InlineData(0.0, 10)]
    [InlineData(1.0, 300)]
    [InlineData(1.0, 1)]
    [InlineData(0.3, 20)]
    public void Wilson_AnyShare_SolvesItsEquationAndHoldsTheShare(double share, int samples)
    {
        (double low, double high) = At95.Wilson(share, samples);
        Assert.True(low >= 0 && low <= share && share <= high && high <= 1);
        foreach (double end in new[] { low, high }.Where(e => e is > 1e-9 and < 1 - 1e-9))
        {
            Assert.Equal(At95.Normal, Math.Abs(share - end) / Math.Sqrt(end * (1 - end) / samples), 1e-6);
        }
    }

    [Fact]
    public void ImaginedSamples_AreTwoAtLeastAndGrowWithPairs()
    {
        Assert.Equal(2, At95.ImaginedSamples(1));
        double z = Normal.InvCDF(0, 1, 1 - 0.05 / (2 * 4950));
        Assert.Equal(z * z / 4, At95.ImaginedSamples(4950), 1e-9);
    }
}
