using Arena.Web.Presentation;
using Xunit;

namespace Arena.ComponentTests.Presentation;

public sealed class MethodTextTests
{
    [Theory]
    [InlineData("mean", "accuracy", 0.96888, "96.9 %")]
    [InlineData("mean", "psnr", 31.4159, "31.42 dB")]
    [InlineData("mean", "psnr", 24.1, "24.10 dB")]
    [InlineData("bradley-terry", "psnr", 1041.6, "1042")]
    [InlineData("mean", "log-loss", 0.4321987, "0.4322")]
    [InlineData("bradley-terry", "accuracy", 1041.6, "1042")]
    public void Value_ByMethodAndMetric_HasTheRightPrecision(string method, string metric, double value, string text) =>
        Assert.Equal(text, MethodText.Value(method, metric, value));

    [Theory]
    [InlineData("mean", "accuracy", "Mean accuracy", "Accuracy")]
    [InlineData("mean", "psnr", "Mean PSNR", "PSNR")]
    [InlineData("bradley-terry", "psnr", "Bradley–Terry", "Rating")]
    public void TitleAndColumn_ByMethodAndMetric_AreAsPeopleWriteThem(string method, string metric, string title, string column) =>
        Assert.Equal((title, column), (MethodText.Title(method, metric), MethodText.Column(method, metric)));

    [Fact]
    public void Interval_OfShares_SaysTheUnitOnceElsewhere() => Assert.Equal("95.6 – 97.9", MethodText.Interval("mean", "accuracy", 0.956, 0.9789));

    [Fact]
    public void Mark_OfRoundShare_HasNoDecimals() => Assert.Equal("85 %", MethodText.Mark("mean", "accuracy", 0.85));
}
