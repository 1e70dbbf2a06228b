using Arena.Web.Presentation;
using Xunit;

namespace Arena.ComponentTests.Presentation;

public sealed class TieGroupsTests
{
    [Fact]
    public void Of_IntervalsThatCross_StayTogether() =>
        Assert.Equal([0, 0, 0], TieGroups.Of([Boards.Row("a", 0.9, 1, 2), Boards.Row("b", 0.89, 1, 3), Boards.Row("c", 0.88, 2, 3)]));

    [Fact]
    public void Of_CleanBreak_BeginsAGroup() =>
        Assert.Equal([0, 0, 1, 2], TieGroups.Of([Boards.Row("a", 0.9, 1, 2), Boards.Row("b", 0.89, 1, 2), Boards.Row("c", 0.7, 3, 3), Boards.Row("d", 0.6, 4, 4)]));

    [Fact]
    public void Of_ARowFurtherDownThatReachesUp_KeepsTheGroup() =>
        Assert.Equal([0, 0, 0], TieGroups.Of([Boards.Row("a", 0.9, 1, 2), Boards.Row("b", 0.8, 3, 3), Boards.Row("c", 0.79, 2, 3)]));

    [Fact]
    public void Of_Nothing_Nothing() => Assert.Empty(TieGroups.Of([]));
}
