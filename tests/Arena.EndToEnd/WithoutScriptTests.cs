using System.Globalization;
using Arena.EndToEnd.Support;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd;

/// <summary>The leaderboard for somebody whose browser runs no script.</summary>
[Collection(FinishedArena.Collection)]
public sealed class WithoutScriptTests(FinishedArena finished)
{
    [Fact]
    public async Task Leaderboard_NoScript_ShowsRowsMethodsAndOldVersions()
    {
        var page = await finished.Browser.OpenAsync(javaScript: false);
        await page.GotoAsync(new Uri(finished.Arena.Address, FinishedArena.Board).AbsoluteUri);
        var rows = page.Locator("tr[data-key]");
        var entries = Repository.ReferenceCounts().Count;
        Assert.Equal(entries, await rows.CountAsync());
        Assert.False(await page.Locator("[data-live-pause]").IsVisibleAsync()); // a button that could do nothing

        var heading = page.Locator("th.c-rating");
        var before = await heading.TextContentAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Method" }).GetByRole(AriaRole.Link, new() { Name = "Bradley" }).ClickAsync();
        await page.WaitForURLAsync("**/leaderboards/digits?method=bradley-terry");
        Assert.NotEqual(before, await heading.TextContentAsync());
        Assert.Equal(entries, await rows.CountAsync());

        var version = finished.Final.GetProperty("version").GetInt64().ToString(CultureInfo.InvariantCulture);
        await page.GetByRole(AriaRole.Link, new() { Name = version, Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/leaderboards/digits?method=bradley-terry&version=" + version);
        Assert.Equal(entries, await rows.CountAsync());

        await page.GotoAsync(new Uri(finished.Arena.Address, FinishedArena.Board + "?version=1").AbsoluteUri);
        Assert.Contains("You are looking at version 1", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("1", await page.Locator("[data-live-root]").GetAttributeAsync("data-version"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Show the newest" }).ClickAsync();
        await page.WaitForURLAsync("**/leaderboards/digits");
        Assert.Equal(version, await page.Locator("[data-live-root]").GetAttributeAsync("data-version"));
        await page.Context.CloseAsync();
    }
}
