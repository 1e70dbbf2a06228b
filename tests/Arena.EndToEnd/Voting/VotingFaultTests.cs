using System.Text.Json;
using Arena.EndToEnd.Support;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd.Voting;

/// <summary>What goes wrong under a voter's hands: the ballot counts once, and the page says what happens.</summary>
[Collection(VotingArena.Collection)]
public sealed class VotingFaultTests(VotingArena voting)
{
    [Fact]
    public async Task ServerKilledBetweenDrawAndVote_TheBallotWaitsAndIsStoredOnce()
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Four);
        await voting.Arena.KillHostAsync();
        await booth.PressAsync("x");
        await booth.Page.Locator("[data-status]", new() { HasText = "Your ballot is kept here and sent again" }).WaitForAsync();
        Assert.Equal("sending", await booth.Page.Locator("arena-booth").GetAttributeAsync("data-phase"));
        Assert.Equal(0, await booth.Receipt.CountAsync());
        await voting.Arena.StartHostAsync();

        await booth.Page.Locator("arena-booth[data-phase=revealed]").WaitForAsync(new() { Timeout = 90_000 });
        Assert.Equal(4, (await booth.Page.Locator(".slot h3 a").AllInnerTextsAsync()).Distinct(StringComparer.Ordinal).Count());
        var receipt = await booth.Receipt.GetAttributeAsync("href");
        await booth.Page.GotoAsync(voting.Address("/my/votes"));
        Assert.Equal(receipt, await booth.Page.Locator("tbody a", new() { HasText = "Receipt" }).GetAttributeAsync("href")); // one row and no more
        await booth.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task DoubleClick_OnAButton_SendsOneBallot()
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Pairs);
        var sent = 0;
        booth.Page.Request += (_, request) => sent += request.Url.EndsWith("/ballots", StringComparison.Ordinal) ? 1 : 0;
        await booth.Act("a").DblClickAsync();
        await booth.WaitAsync("revealed");

        Assert.Equal(1, sent);
        var next = (await booth.Act("next").BoundingBoxAsync())!;
        await booth.Page.Mouse.MoveAsync(next.X + 5, next.Y + 5);
        await booth.Page.Mouse.DownAsync(new() { ClickCount = 2 }); // the second click, when the answer came before it
        await booth.Page.Mouse.UpAsync(new() { ClickCount = 2 });
        Assert.Equal("revealed", await booth.Page.Locator("arena-booth").GetAttributeAsync("data-phase"));
        await booth.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task BackButton_FromTheReceipt_BringsANewBattleToAnswer()
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Pairs);
        await booth.PressAsync("a");
        await booth.WaitAsync("revealed");
        await booth.Receipt.ClickAsync();
        await booth.Page.Locator(".narrow-card").WaitForAsync();
        await booth.Page.GoBackAsync();
        await booth.WaitAsync("judging");
        Assert.Equal(["Entry A", "Entry B"], await booth.Page.Locator(".slot h3").AllInnerTextsAsync());
        await booth.PressAsync("b");
        await booth.WaitAsync("revealed");
        await booth.Page.GotoAsync(voting.Address("/my/votes"));
        Assert.Equal(2, await booth.Page.GetByRole(AriaRole.Link, new() { Name = "Receipt", Exact = true }).CountAsync());
        await booth.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task CookieLost_IsSaidAndLoadingAgainMendsIt()
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Pairs);
        await booth.Page.Context.ClearCookiesAsync();
        await booth.PressAsync("a");
        await booth.Page.Locator("[data-says]", new() { HasText = "Allow cookies for this site" }).WaitForAsync();
        Assert.True(await booth.HasFocusAsync());
        await booth.Page.GetByRole(AriaRole.Button, new() { Name = "Load again" }).ClickAsync();
        await booth.WaitAsync("judging");
        await booth.PressAsync("a");
        await booth.WaitAsync("revealed");
        await booth.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task TwoTabs_OfOneVoter_BothBallotsAreKept()
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Pairs);
        var other = await booth.Page.Context.NewPageAsync();
        await other.GotoAsync(voting.Address("/arenas/" + VotingArena.Pairs));
        await other.Locator("arena-booth[data-ready][data-phase=judging]").WaitForAsync();
        await other.Keyboard.PressAsync("b");
        await other.Locator("arena-booth[data-phase=revealed]").WaitForAsync();
        await booth.PressAsync("a");
        await booth.WaitAsync("revealed");
        await other.GotoAsync(voting.Address("/my/votes"));
        Assert.Equal(2, await other.GetByRole(AriaRole.Link, new() { Name = "Receipt", Exact = true }).CountAsync());
        await booth.Page.Context.CloseAsync();
    }

    [Fact]
    public async Task TwoDevices_OfOneAccount_TheBattleTakesOneBallot()
    {
        const string send = "async ([token, tiers]) => { const answer = await fetch('/ballots', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token, tiers, seconds_spent: 5 }) }); return [answer.status, (await answer.json()).detail ?? '']; }";
        const string draw = "async () => (await (await fetch('/arenas/pairs/battles', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })).json()).token";
        var desk = await Booth.OpenAsync(voting, VotingArena.Pairs, signedIn: voting.Member);
        var phone = await Booth.OpenAsync(voting, VotingArena.Pairs, signedIn: voting.Member);
        var stranger = await Booth.OpenAsync(voting, VotingArena.Pairs);
        var token = await desk.Page.EvaluateAsync<string>(draw);
        Task<JsonElement> SendAsync(Booth booth, int best) => booth.Page.EvaluateAsync<JsonElement>(send, new object[] { token, new[] { new[] { best }, [1 - best] } });

        Assert.Equal(403, (await SendAsync(stranger, 0))[0].GetInt32());
        Assert.Equal(200, (await SendAsync(phone, 0))[0].GetInt32());
        Assert.Equal(200, (await SendAsync(desk, 0))[0].GetInt32()); // the same again is the same ballot
        var other = await SendAsync(desk, 1);
        Assert.Equal(409, other[0].GetInt32());
        Assert.Contains("has a ballot already", other[1].GetString(), StringComparison.Ordinal);
        foreach (var booth in new[] { desk, phone })
        {
            await booth.Page.GotoAsync(voting.Address("/my/votes"));
            Assert.Equal(1, await booth.Page.Locator("tbody a[href^='/receipts/']").CountAsync());
        }

        foreach (var booth in new[] { desk, phone, stranger })
        {
            await booth.Page.Context.CloseAsync();
        }
    }
}
