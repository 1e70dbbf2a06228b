using Arena.Ranking.Online;
using Xunit;

namespace Arena.Ranking.Tests.Online;

public sealed class TruncatedTests
{
    [Theory]
    [InlineData(0.3, 0.1)]
    [InlineData(-2, 0)]
    [InlineData(4, 0.5)]
    [InlineData(-7, 0.2)]
    public void Win_AnyMean_AgreesWithNumericalIntegration(double x, double t)
    {
        (double mean, double variance) = Moments(x, t, Math.Max(t, x) + 12);

        (double v, double w, double left) = Truncated.Win(x, t);

        Assert.Equal(mean - x, v, 7);
        Assert.Equal(variance, left, 7);
        Assert.Equal(1 - variance, w, 7);
    }

    [Theory]
    [InlineData(0.3, 0.7)]
    [InlineData(-2, 0.2)]
    [InlineData(6, 0.4)]
    [InlineData(-25, 0.3)]
    [InlineData(5000, 1e-4)]
    [InlineData(5000, 0.5)]
    public void Draw_AnyMean_AgreesWithNumericalIntegration(double x, double t)
    {
        (double mean, double variance) = Moments(x, -t, t);

        (double v, double w, double left) = Truncated.Draw(x, t, 0);

        Assert.Equal(mean - x, v, 6);
        Assert.Equal(1 - variance, w, 6);
        Assert.InRange(left / variance, 1 - 3e-5, 1 + 3e-5);
    }

    [Fact]
    public void Win_SeriesAndClosedForm_MeetWithoutAJump()
    {
        (double above, _, double leftAbove) = Truncated.Win(-29.9999999, 0);
        (double below, _, double leftBelow) = Truncated.Win(-30.0000001, 0);
        Assert.Equal(above, below, 4);
        Assert.InRange(leftBelow / leftAbove, 1 - 1e-3, 1 + 1e-3);
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(1e6)]
    [InlineData(1e9)]
    public void WinAndDraw_HopelessOutcome_StayFinite(double gap)
    {
        (double v, double w, double left) = Truncated.Win(-gap, 0.1);
        (double vd, double wd, _) = Truncated.Draw(gap, 0.1, 0);

        Assert.InRange(v / gap, 0.99, 1.01);
        Assert.InRange(w, 0.999, 1);
        Assert.True(left > 0);
        Assert.InRange(-vd / gap, 0.99, 1.01);
        Assert.InRange(wd, 0.999, 1);
    }

    [Fact]
    public void Draw_NoMargin_PutsTheDifferenceAtZero() => Assert.Equal((-1.5, 1, 0), Truncated.Draw(1.5, 0, 0));

    /// <summary>Of N(x, 1) between two ends, by the midpoint rule, relative to the largest density so that far tails count too.</summary>
    private static (double Mean, double Variance) Moments(double x, double from, double to)
    {
        const int Steps = 400_000;
        double nearest = Math.Clamp(x, from, to), mass = 0, first = 0, second = 0;
        for (int k = 0; k < Steps; k++)
        {
            double z = from + (to - from) * (k + 0.5) / Steps;
            double density = Math.Exp(-0.5 * ((z - x) * (z - x) - (nearest - x) * (nearest - x)));
            mass += density;
            first += density * (z - nearest);
            second += density * (z - nearest) * (z - nearest);
        }

        double mean = first / mass;
        return (nearest + mean, second / mass - mean * mean);
    }
}
