using System.Globalization;
using Arena.EndToEnd.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd;

/// <summary>Every page that anybody can open, at three widths, light and dark.</summary>
[Collection(FinishedArena.Collection)]
public sealed class PagesTests(FinishedArena finished)
{
    private static readonly int[] Widths = [1440, 768, 390];

    private static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];

    [Theory]
    [InlineData("home", "/")]
    [InlineData("leaderboards", "/leaderboards")]
    [InlineData("leaderboard", "/leaderboards/digits")]
    [InlineData("leaderboard-bradley-terry", "/leaderboards/digits?method=bradley-terry")]
    [InlineData("leaderboard-old", "/leaderboards/digits?version=1")]
    [InlineData("entries", "/entries")]
    [InlineData("entry", "/entries/digits-conv-net")]
    [InlineData("suites", "/suites")]
    [InlineData("suite", "/suites/digits")]
    [InlineData("leaderboard-upscaling", "/leaderboards/upscaling")]
    [InlineData("entry-upscaling", "/entries/upscaling-residual")]
    [InlineData("suite-upscaling", "/suites/upscaling")]
    [InlineData("methods", "/methods")]
    [InlineData("about", "/about")]
    [InlineData("privacy", "/privacy")]
    [InlineData("not-found", "/no-such-page", 404)]
    [InlineData("login", "/account/login")]
    [InlineData("register", "/account/register")]
    [InlineData("forgot-password", "/account/forgot-password")]
    public async Task Page_EveryWidthAndScheme_IsWholeAndAccessible(string name, string path, int status = 200)
    {
        var page = await finished.Browser.OpenAsync();
        var answer = await page.GotoAsync(new Uri(finished.Arena.Address, path).AbsoluteUri, new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.Equal(status, answer!.Status);
        await page.Locator("main h1").WaitForAsync();
        foreach (var scheme in Schemes)
        {
            // reduced motion: nothing is half faded when its contrast is measured
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            foreach (var width in Widths)
            {
                await page.SetViewportSizeAsync(width, 900);
                var what = string.Create(CultureInfo.InvariantCulture, $"{name}-{width}-{scheme}").ToLowerInvariant();
                await Chromium.ShootAsync(page, what);
                var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
                Assert.True(overflow <= 0, $"{what} is {overflow} px wider than its window");
                if ((width, scheme) is not ((1440, ColorScheme.Light) or (390, ColorScheme.Dark)))
                {
                    continue; // axe is slow; each layout and each set of colours once
                }

                var axe = await page.RunAxe();
                Assert.Empty(axe.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation =>
                    $"{what}: {violation.Help}: {string.Join(" ", violation.Nodes.Select(node => node.Html))}"));
            }
        }

        Assert.DoesNotContain(finished.Browser.ProblemsOf(page), problem => status == 200 || !problem.Contains("404", StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }
}
