using System.Globalization;
using Arena.EndToEnd.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd;

/// <summary>What a new user sees: first start, the board fills by itself, it is finished.</summary>
public sealed class StoryTests
{
    [Fact]
    public async Task FirstStart_BoardFillsLiveAndEndsWithTheReferenceCounts()
    {
        var reference = Repository.ReferenceCounts();
        // small jobs: the filling takes long enough to be watched
        await using var arena = await ArenaProcess.StartAsync("--Arena:Workers:ShardSamples", "128");
        await using var browser = await Chromium.StartAsync();
        var page = await browser.OpenAsync();
        await arena.WaitForBoardAsync("digits");
        await page.GotoAsync(arena.Address.ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Handwritten digits" }).First.ClickAsync();
        await page.WaitForURLAsync("**/leaderboards/digits");
        var navigations = 0;
        page.FrameNavigated += (_, _) => navigations++;

        var live = page.Locator("arena-live [data-live-root]");
        await live.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var versions = new HashSet<long>();
        await arena.WaitAsync("the page to show the finished board", TimeSpan.FromMinutes(4), async () =>
        {
            versions.Add(long.Parse(await live.GetAttributeAsync("data-version") ?? "0", CultureInfo.InvariantCulture));
            return await page.Locator("tr[data-key]").CountAsync() == reference.Count
                && await page.Locator("tr[data-key] .chip", new() { HasText = "provisional" }).CountAsync() == 0;
        });
        await Chromium.ShootAsync(page, "story-finished");

        Assert.Equal(0, navigations); // nobody reloaded
        Assert.True(versions.Count >= 3, $"The page showed only {versions.Count} versions of the board on its way");
        var board = await arena.WaitForFullBoardAsync("digits", reference.Count);
        foreach (var row in board.GetProperty("standings").EnumerateArray())
        {
            var entry = row.GetProperty("entry").GetString()!["digits-".Length..];
            var samples = row.GetProperty("evidence").GetProperty("samples").GetInt32();
            Assert.Equal(reference[entry], (int)Math.Round(row.GetProperty("rating").GetDouble() * samples));
        }

        var axe = await page.RunAxe();
        Assert.DoesNotContain(axe.Violations, violation => violation.Impact is "serious" or "critical");
        Assert.Empty(browser.ProblemsOf(page));
    }
}
