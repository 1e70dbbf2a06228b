using Arena.Application.Leaderboards;
using Arena.Web.Components.Leaderboards;
using Bunit;
using Xunit;

namespace Arena.ComponentTests.Components;

public sealed class BoardLiveTests : BunitContext
{
    private static readonly Standing[] Rows = [Boards.Row("a", 0.95, 1, 2), Boards.Row("b", 0.94, 1, 2, samples: 512), Boards.Row("c", 0.7, 3, 3)];

    [Fact]
    public void Render_Standings_KeysRowsByEntryInOrder()
    {
        var page = Show(Boards.Board(Boards.Content(Rows)));
        Assert.Equal(["a", "b", "c"], page.FindAll("[data-live-rows] > tr").Select(row => row.GetAttribute("data-key")));
        var root = page.Find("[data-live-root]");
        Assert.Equal(("41", "3", "stamp-1"), (root.GetAttribute("data-version"), root.GetAttribute("data-entries"), root.GetAttribute("data-stamp")));
    }

    [Fact]
    public void Render_FewerSamplesThanTheSuite_IsMarkedProvisional()
    {
        var page = Show(Boards.Board(Boards.Content(Rows)));
        Assert.Equal("b", Assert.Single(page.FindAll("tr:has(.chip.warn)")).GetAttribute("data-key"));
        Assert.Contains("512 of 899 samples · 214 discordant", page.Find("[data-key=b] .c-evidence").TextContent, StringComparison.Ordinal);
        Assert.Contains("899 samples · 214 discordant", page.Find("[data-key=a] .c-evidence").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_CleanBreak_HasALine() => Assert.Equal("c", Assert.Single(Show(Boards.Board(Boards.Content(Rows))).FindAll("tr.new-group")).GetAttribute("data-key"));

    [Fact]
    public void Render_Method_IsTheOneAskedForAndTheOtherStandsBeside()
    {
        var page = Show(Boards.Board(Boards.Content(Rows)), "bradley-terry");
        Assert.Equal("Bradley–Terry", page.Find(".tabs [aria-current=page]").TextContent);
        Assert.Contains("1095", page.Find("[data-key=a] .c-rating").TextContent, StringComparison.Ordinal);
        Assert.Contains("95.0 %", page.Find("[data-key=a] .c-other").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 of 3 pairs of entries are not separated", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_UnknownMethod_ShowsTheLeadingOne() => Assert.Equal("Mean accuracy", Show(Boards.Board(Boards.Content(Rows)), "nonsense").Find(".tabs [aria-current=page]").TextContent);

    [Fact]
    public void Render_Always_SaysWhatTheIntervalsDoNotHold() =>
        Assert.Contains("Training randomness is not included in these intervals", Show(Boards.Board(Boards.Content(Rows))).Markup, StringComparison.Ordinal);

    [Fact]
    public void Render_NoStandings_SaysWhatToDo()
    {
        Assert.Contains("suite import", Show(Boards.Board(null)).Find(".empty").TextContent, StringComparison.Ordinal);
        Assert.Contains("as soon as two entries", Show(Boards.Board(null, Boards.Run("queued", 0))).Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_FailedRun_SaysWhyAndWhoseFault()
    {
        var page = Show(Boards.Board(Boards.Content(Rows), Boards.Run("finished", 899, entry: "a"), Boards.Run("failed", 128, "Output holds NaN", "Entry", "b")));
        Assert.Equal("Output holds NaN. The fault is the entry's.", page.Find(".run-failure").TextContent);
        Assert.Equal("b", page.Find(".run").GetAttribute("data-key"));
    }

    [Fact]
    public void Render_OldVersion_HidesTheRunsOfToday()
    {
        var page = Render<BoardLive>(parameters => parameters.Add(each => each.Board, Boards.Board(Boards.Content(Rows), Boards.Run("running", 3))).Add(each => each.Archived, true));
        Assert.Empty(page.FindAll(".runs"));
        Assert.EndsWith("?version=41", page.Find(".tabs a").GetAttribute("href"), StringComparison.Ordinal);
    }

    private IRenderedComponent<BoardLive> Show(LeaderboardView board, string? method = null) => Render<BoardLive>(parameters => parameters
        .Add(each => each.Board, board)
        .Add(each => each.Method, method)
        .Add(each => each.Stamp, "stamp-1"));
}
