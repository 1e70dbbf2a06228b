using Arena.EndToEnd.Support;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd.Voting;

/// <summary>Every page of voting through axe, which may find nothing at all, light and dark; and as pictures at three widths.</summary>
[Collection(VotingArena.Collection)]
public sealed class VotingAccessibilityTests(VotingArena voting)
{
    [Theory]
    [InlineData(VotingArena.Four)]
    [InlineData(VotingArena.Pairs)]
    public async Task VotePage_BeforeAndAfterTheReveal_AxeFindsNothing(string arena)
    {
        var booth = await Booth.OpenAsync(voting, arena);
        await booth.Page.Locator(".vote-more summary").ClickAsync();
        await booth.Page.Locator(".vote-help summary").ClickAsync();
        await LookAsync(booth.Page, "vote-" + arena);
        await booth.PressAsync("x");
        await booth.WaitAsync("revealed");
        await LookAsync(booth.Page, "vote-revealed-" + arena);
        await booth.Receipt.ClickAsync();
        await booth.Page.WaitForURLAsync("**/receipts/*");
        await booth.Page.Locator("main h1").WaitForAsync();
        await LookAsync(booth.Page, "receipt-" + arena);
        await booth.Page.GotoAsync(voting.Address("/my/votes"));
        await LookAsync(booth.Page, "my-votes-" + arena);
        await booth.Page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("arenas", "/arenas")]
    [InlineData("board", "/leaderboards/upscaling-votes")]
    public async Task PublicPage_AxeFindsNothing(string name, string path)
    {
        var page = await voting.Browser.OpenAsync();
        await page.GotoAsync(voting.Address(path), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await LookAsync(page, name);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("admin-arenas", "/admin/arenas")]
    [InlineData("admin-arena", "/admin/arenas/" + VotingArena.Four)]
    [InlineData("admin-ballots", "/admin/ballots")]
    public async Task MaintainersPage_AxeFindsNothing(string name, string path)
    {
        var doubted = await Booth.OpenAsync(voting, VotingArena.Pairs);
        Assert.Equal("pending", await doubted.Page.EvaluateAsync<string>(HastyBallot));
        await doubted.Page.Context.CloseAsync();

        var page = await voting.Browser.OpenAsync(signedIn: voting.Administrator);
        await page.GotoAsync(voting.Address(path));
        await page.Locator("[data-interactive=yes]").WaitForAsync();
        foreach (var details in await page.Locator("main details").AllAsync())
        {
            await details.Locator("summary").ClickAsync();
        }

        await LookAsync(page, name);
        await page.Context.CloseAsync();
    }

    /// <summary>Draws and answers in no time, which makes a maintainer look at it.</summary>
    private const string HastyBallot =
        """
        async () => {
          const post = async (url, body) => (await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json();
          const battle = await post('/arenas/pairs/battles', {});
          return (await post('/ballots', { token: battle.token, tiers: [[0], [1]], seconds_spent: 0 })).receipt.state;
        }
        """;

    private static async Task LookAsync(IPage page, string name)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            foreach (var width in new[] { 1440, 768, 390 })
            {
                await page.SetViewportSizeAsync(width, 900);
                await Chromium.ShootAsync(page, FormattableString.Invariant($"{name}-{width}-{scheme}").ToLowerInvariant());
                Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") <= 0, $"{name} is wider than {width} px");
            }
        }

        await page.SetViewportSizeAsync(1440, 900);
        await Booth.AssertAccessibleAsync(page, name);
    }
}
