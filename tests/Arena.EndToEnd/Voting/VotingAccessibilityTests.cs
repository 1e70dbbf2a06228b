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
    [InlineData(VotingArena.Texts)]
    [InlineData(VotingArena.Markup)]
    public async Task VotePage_BeforeAndAfterTheReveal_AxeFindsNothing(string arena)
    {
        var booth = await Booth.OpenAsync(voting, arena);
        await booth.Page.Locator(".vote-more summary").ClickAsync();
        await booth.Page.Locator(".vote-help summary").ClickAsync();
        await Looks.AtAsync(booth.Page, "vote-" + arena);
        await booth.PressAsync("x");
        await booth.WaitAsync("revealed");
        await Looks.AtAsync(booth.Page, "vote-revealed-" + arena);
        await booth.Receipt.ClickAsync();
        await booth.Page.WaitForURLAsync("**/receipts/*");
        await booth.Page.Locator(".narrow-card").WaitForAsync(); // the page before has a heading too
        await Looks.AtAsync(booth.Page, "receipt-" + arena);
        await booth.Page.GotoAsync(voting.Address("/my/votes"));
        Assert.Equal(1, await booth.Page.Locator("tbody a[href^='/receipts/']").CountAsync());
        await Looks.AtAsync(booth.Page, "my-votes-" + arena);
        await booth.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task MyVotes_OfTwoVotersWhoDisagree_ShowsTheirBoardsAndAgreement()
    {
        var others = await VoteAsync(VotingArena.Texts, "a", 12);
        await others.Page.Context.CloseAsync();
        var booth = await VoteAsync(VotingArena.Texts, "b", 12);
        await booth.Page.GotoAsync(voting.Address("/my/votes"));
        var board = booth.Page.Locator("section[aria-labelledby='own-" + VotingArena.Texts + "']");
        Assert.Equal(9, await board.Locator("tbody tr").CountAsync());
        Assert.Contains("By 12 ballots of yours", await board.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Matches("The majority of the others agrees with \\d+\\s% of your preferences: \\d+ of \\d+", await board.InnerTextAsync());
        await Looks.AtAsync(booth.Page, "my-votes-boards");
        await booth.Page.GetByRole(AriaRole.Button, new() { Name = "Forget me" }).FocusAsync();
        await booth.PressAsync("Enter");
        await booth.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "12 ballots stay under a random number" }).WaitForAsync();
        await Looks.AtAsync(booth.Page, "my-votes-forgotten");
        await booth.Page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("arenas", "/arenas")]
    [InlineData("board", "/leaderboards/upscaling-votes")]
    public async Task PublicPage_AxeFindsNothing(string name, string path)
    {
        var page = await voting.Browser.OpenAsync();
        await page.GotoAsync(voting.Address(path), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Looks.AtAsync(page, name);
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

        await Looks.AtAsync(page, name);
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

    private async Task<Booth> VoteAsync(string arena, string key, int ballots)
    {
        var booth = await Booth.OpenAsync(voting, arena);
        for (var ballot = 0; ballot < ballots; ballot++)
        {
            await booth.PressAsync(key);
            await booth.WaitAsync("revealed");
            await booth.PressAsync("n");
            await booth.WaitAsync("judging");
        }

        return booth;
    }
}
