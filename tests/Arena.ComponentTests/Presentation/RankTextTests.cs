using Arena.Application.Leaderboards;
using Arena.Web.Presentation;
using Xunit;

namespace Arena.ComponentTests.Presentation;

public sealed class RankTextTests
{
    [Theory]
    [InlineData(1, 1, "1", "rank 1")]
    [InlineData(1, 3, "1–3", "between rank 1 and rank 3")]
    public void Of_Interval_IsARangeOnlyWhenItIsOne(int low, int high, string text, string spoken)
    {
        Assert.Equal(text, RankText.Of(Boards.Row("a", 0.9, low, high)));
        Assert.Equal(spoken, RankText.Spoken(Boards.Row("a", 0.9, low, high)));
    }

    [Theory]
    [InlineData(898, true)]
    [InlineData(899, false)]
    public void IsProvisional_FewerThanTheSuite_True(int samples, bool provisional) => Assert.Equal(provisional, RankText.IsProvisional(new Evidence(samples, 10, 899)));
}
