using Arena.Web.Presentation;
using Xunit;

namespace Arena.ComponentTests.Presentation;

public sealed class IntervalScaleTests
{
    [Fact]
    public void Of_Intervals_HoldsThemAndMarksRoundValues()
    {
        var scale = IntervalScale.Of([(0.72, 0.77), (0.957, 0.98)]);
        Assert.InRange(scale.Position(0.72), 0.1, 10);
        Assert.InRange(scale.Position(0.98), 90, 99.9);
        Assert.Equal([0.8, 0.9], scale.Marks.Select(mark => Math.Round(mark, 9)));
    }

    [Fact]
    public void Of_OnePoint_IsStillAScale()
    {
        var scale = IntervalScale.Of([(1, 1)]);
        Assert.Equal(50, scale.Position(1), 40.0);
        Assert.True(scale.High > scale.Low);
    }

    [Fact]
    public void Of_NotFiniteValues_IgnoresThem() => Assert.True(double.IsFinite(IntervalScale.Of([(double.NaN, 1), (0.2, 0.4)]).Position(0.3)));

    [Fact]
    public void Of_OneRowFarFromTheRest_IsLeftOff()
    {
        var scale = IntervalScale.Of([(0.96, 0.98), (0.95, 0.97), (0.9, 0.93), (0.85, 0.88), (0.08, 0.12)]);
        Assert.Equal(-1, scale.SideOf(0.1));
        Assert.Equal(0, scale.SideOf(0.86));
        Assert.InRange(scale.Low, 0.8, 0.85);
    }

    [Fact]
    public void Of_EvenlySpreadRows_LeavesNoneOff() =>
        Assert.Equal(0, IntervalScale.Of([(0.1, 0.2), (0.3, 0.4), (0.5, 0.6), (0.7, 0.8), (0.8, 0.9)]).SideOf(0.1));

    [Fact]
    public void Position_Outside_IsOnTheEdge() => Assert.Equal(100, IntervalScale.Of([(0, 1)]).Position(7));
}
