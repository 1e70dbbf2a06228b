using Arena.Application.Entries;
using Arena.Web.Components.Entries;
using Bunit;
using Xunit;

namespace Arena.ComponentTests.Components;

public sealed class ConfusionTableTests : BunitContext
{
    private static readonly PartResult[] Classes = [new("cat", 10, 0.9, 0.8, 1), new("dog", 10, 0.7, 0.5, 0.9)];

    [Fact]
    public void Render_Counts_NamesTheMostFrequentError()
    {
        var table = Show([[9, 1], [3, 7]]);
        Assert.Contains("dog taken for cat, 3 times", table.Find("p").TextContent, StringComparison.Ordinal);
        Assert.Equal(["right", "wrong-2", "wrong-5", "right"], table.FindAll("td").Select(cell => cell.ClassName));
    }

    [Fact]
    public void Render_NoError_SaysSo() => Assert.Contains("No sample", Show([[10, 0], [0, 10]]).Find("p").TextContent, StringComparison.Ordinal);

    private IRenderedComponent<ConfusionTable> Show(IReadOnlyList<IReadOnlyList<int>> counts) =>
        Render<ConfusionTable>(parameters => parameters.Add(each => each.Classes, Classes).Add(each => each.Counts, counts));
}
