using Arena.Web.Presentation;
using Xunit;

namespace Arena.ComponentTests.Presentation;

public sealed class MethodTextTests
{
    [Theory]
    [InlineData("mean", "accuracy", 0.96888, "96.9 %")]
    [InlineData("mean", "psnr", 31.4159, "31.42")]
    [InlineData("mean", "log-loss", 0.4321987, "0.4322")]
    [InlineData("bradley-terry", "accuracy", 1041.6, "1042")]
    public void Value_ByMethodAndMetric_HasTheRightPrecision(string method, string metric, double value, string text) =>
        Assert.Equal(text, MethodText.Value(method, metric, value));

    [Fact]
    public void Interval_OfShares_SaysTheUnitOnceElsewhere() => Assert.Equal("95.6 – 97.9", MethodText.Interval("mean", "accuracy", 0.956, 0.9789));

    [Fact]
    public void Mark_OfRoundShare_HasNoDecimals() => Assert.Equal("85 %", MethodText.Mark("mean", "accuracy", 0.85));
}
