using Arena.Web.Presentation;
using Xunit;

namespace Arena.ComponentTests.Presentation;

public sealed class ProgressSummaryTests
{
    [Fact]
    public void Of_FailedRun_DoesNotHoldTheBarBack()
    {
        var summary = ProgressSummary.Of([Boards.Run("finished", 899), Boards.Run("failed", 100)]);
        Assert.Equal((899L, 899L, true), (summary.Measured, summary.Total, summary.Settled));
        Assert.Equal("1 of 2 runs finished, 1 failed", summary.Sentence());
    }

    [Fact]
    public void Sentence_WhileRunning_NamesWhatIsLeft() =>
        Assert.Equal("1 of 4 runs finished, 1 running, 2 waiting", ProgressSummary.Of([Boards.Run("finished", 899), Boards.Run("Running", 3), Boards.Run("queued", 0), Boards.Run("queued", 0)]).Sentence());
}
