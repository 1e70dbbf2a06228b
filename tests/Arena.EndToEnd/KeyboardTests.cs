using Arena.EndToEnd.Support;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd;

/// <summary>The leaderboard for somebody who has no mouse.</summary>
[Collection(FinishedArena.Collection)]
public sealed class KeyboardTests(FinishedArena finished)
{
    /// <summary>The focused element as "name|outline style|outline width in px".</summary>
    private const string Focused =
        """
        () => {
          const element = document.activeElement;
          const style = getComputedStyle(element);
          return [element.getAttribute('aria-label') ?? element.textContent.trim(), style.outlineStyle, parseFloat(style.outlineWidth)].join('|');
        }
        """;

    [Fact]
    public async Task Tab_FirstStop_IsTheSkipLinkAndItLeadsToTheContent()
    {
        var page = await OpenBoardAsync();
        await page.Keyboard.PressAsync("Tab");
        var link = page.Locator(".skip-link:focus");
        await link.WaitForAsync();
        Assert.Equal("Skip to the content", await link.InnerTextAsync());
        Assert.True((await link.BoundingBoxAsync())!.Y >= 0, "The skip link has the focus and cannot be seen");

        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => location.hash === '#content'");
        await page.Keyboard.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement !== document.body && document.querySelector('main').contains(document.activeElement)"));
        Assert.Equal(FinishedArena.Board, new Uri(page.Url).AbsolutePath);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Tab_ThroughTheBoard_ReachesEverythingWithAVisibleFocus()
    {
        var page = await OpenBoardAsync();
        List<string> names = [];
        while (true)
        {
            await page.Keyboard.PressAsync("Tab");
            if (names.Count > 100 || await page.EvaluateAsync<bool>("document.activeElement === document.body"))
            {
                break; // through the whole page
            }

            var parts = (await page.EvaluateAsync<string>(Focused)).Split('|');
            names.Add(parts[0]);
            Assert.True(parts[1] is not "none" && double.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) > 0, $"The focus on '{parts[0]}' cannot be seen");
        }

        Assert.All(["Leaderboards", "Entries", "Suites", "Methods", "Sign in", "Pause", "Accuracy", "Bradley–Terry", "JSON"], wanted =>
            Assert.Contains(names, name => name.Contains(wanted, StringComparison.OrdinalIgnoreCase)));

        await page.Locator("[data-live-pause]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-live-bar][data-state=paused]").WaitForAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Locator("[data-live-bar][data-state=live]").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task EnhancedNavigation_FromTheBottom_StartsAtTheTopWithTheHeadingFocused()
    {
        var page = await OpenBoardAsync();
        await page.EvaluateAsync("window.sameDocument = true");
        var link = page.GetByRole(AriaRole.Navigation, new() { Name = "About this site" }).GetByRole(AriaRole.Link, new() { Name = "Methods" });
        await link.FocusAsync();
        Assert.True(await page.EvaluateAsync<double>("scrollY") > 0, "The board fits into the window, so this test sees nothing");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/methods");
        await page.Locator("main h1:focus").WaitForAsync();

        Assert.Equal(0, await page.EvaluateAsync<double>("scrollY"));
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"), "The page was loaded anew");
        Assert.Empty(finished.Browser.ProblemsOf(page));
        await page.Context.CloseAsync();
    }

    private async Task<IPage> OpenBoardAsync()
    {
        var page = await finished.Browser.OpenAsync();
        await page.GotoAsync(new Uri(finished.Arena.Address, FinishedArena.Board).AbsoluteUri);
        await page.Locator("[data-live-bar][data-state=live]").WaitForAsync();
        return page;
    }
}
