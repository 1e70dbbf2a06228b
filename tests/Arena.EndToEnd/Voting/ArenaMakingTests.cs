using System.Net;
using Arena.EndToEnd.Support;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd.Voting;

/// <summary>An arena made in the browser by a maintainer, from nothing to a visitor's vote and the end of voting.</summary>
[Collection(VotingArena.Collection)]
public sealed class ArenaMakingTests(VotingArena voting)
{
    private const string Slug = "sharp-eyes";

    [Fact]
    public async Task Maintainer_FromDraftToClosed_VotersSeeWhatWasSet()
    {
        var page = await voting.Browser.OpenAsync(signedIn: voting.Administrator);
        await page.GotoAsync(voting.Address("/admin"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Arenas" }).First.ClickAsync();
        await page.WaitForURLAsync("**/admin/arenas");
        await page.Locator("[data-interactive=yes]").WaitForAsync();
        await page.GetByLabel("Suite", new() { Exact = true }).SelectOptionAsync(VotingArena.Four);
        await page.GetByLabel("Title").FillAsync("Sharp eyes");
        await page.GetByLabel("Name in addresses").FillAsync("Sharp Eyes!");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a draft" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "lower-case letters, digits and single hyphens" }).WaitForAsync();
        await page.GetByLabel("Name in addresses").FillAsync(Slug);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a draft" }).ClickAsync();
        await page.Locator("main h1", new() { HasText = "Sharp eyes" }).WaitForAsync();
        await page.Locator("[data-interactive=yes]").WaitForAsync();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync()); // a draft is nobody's

        await page.GetByLabel("Question to the voter").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        await page.GetByLabel("Question to the voter").FillAsync("Which one would you print?");
        await page.GetByLabel("What is compared").FillAsync("Pictures for a wall.");
        await page.GetByLabel("Outputs side by side").FillAsync("3");
        await page.GetByLabel("Matchmaking").SelectOptionAsync("uniform");
        await page.GetByLabel("Share of uniform draws").FillAsync("0.25");
        await page.GetByLabel("Reasons to tick, one a line").FillAsync("warmer\nless noise");
        await page.GetByLabel("Publication delay, hours").FillAsync("24");
        await page.GetByLabel("voters may say how strongly").CheckAsync();
        await ChangeAsync(page, "Save", "Saved.");

        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Repeated pixels" }).GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();
        await DoneAsync(page, "Repeated pixels is drawn no more; its ballots stay.");
        await page.Locator("details summary", new() { HasText = "samples are voted on" }).ClickAsync();
        var first = page.Locator("details tbody tr").First;
        await first.GetByRole(AriaRole.Checkbox).UncheckAsync();
        await DoneAsync(page, "is voted on no more.");
        var second = page.Locator("details tbody tr").Nth(1);
        await second.GetByRole(AriaRole.Combobox).First.SelectOptionAsync(new SelectOptionValue { Label = "Lanczos" });
        await DoneAsync(page, "Choose the other one too");
        await second.GetByRole(AriaRole.Combobox).Nth(1).SelectOptionAsync(new SelectOptionValue { Label = "Bilinear" });
        await DoneAsync(page, "is a gold item.");
        await ChangeAsync(page, "Open", "Open: people can vote.");

        await page.ReloadAsync();
        await page.Locator("[data-interactive=yes]").WaitForAsync();
        Assert.Equal(["Which one would you print?", "3", "uniform", "0.25", "24"], await Task.WhenAll(
            new[] { "Question to the voter", "Outputs side by side", "Matchmaking", "Share of uniform draws", "Publication delay, hours" }.Select(label => page.GetByLabel(label).InputValueAsync())));
        await page.Locator("details summary", new() { HasText = "64 of 65 public samples are voted on" }).ClickAsync();
        Assert.False(await first.GetByRole(AriaRole.Checkbox).IsCheckedAsync());
        Assert.Equal(["Lanczos", "Bilinear"], await second.Locator("option:checked").AllInnerTextsAsync());
        Assert.Equal(1, await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "withdrawn" }).CountAsync());

        var booth = await Booth.OpenAsync(voting, Slug);
        Assert.Equal("Which one would you print?", await booth.Page.Locator(".vote-question").InnerTextAsync());
        Assert.Equal(3, await booth.Slots.CountAsync());
        await booth.Page.Locator(".vote-more summary").ClickAsync();
        Assert.Equal(["slightly", "clearly", "much", "warmer", "less noise"], await booth.Page.Locator(".vote-more fieldset label").AllInnerTextsAsync());
        await booth.PressAsync("x");
        await booth.WaitAsync("revealed");
        Assert.DoesNotContain("→", string.Concat(await booth.Page.Locator(".slot-reveal").AllInnerTextsAsync()), StringComparison.Ordinal); // published a day later
        await booth.PressAsync("n");
        await booth.WaitAsync("judging");

        await ChangeAsync(page, "Close", "Closed: nobody votes any more");
        await booth.PressAsync("x");
        await booth.Page.Locator("[data-status]", new() { HasText = "Voting in this arena has ended" }).WaitForAsync();
        Assert.True(await booth.HasFocusAsync());
        await booth.Page.ReloadAsync();
        await booth.Page.GetByText("Voting has ended", new() { Exact = true }).WaitForAsync();
        await booth.Page.Context.CloseAsync();
        await ChangeAsync(page, "Open again", "Open: people can vote.");
        await ChangeAsync(page, "Close", "Closed: nobody votes any more");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
        Assert.Empty(voting.Browser.ProblemsOf(page));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Maintainer_TwoOfThem_TheLaterIsToldAndLosesNothingUnseen()
    {
        var first = await OpenAsync();
        var second = await OpenAsync();
        await first.GetByLabel("Question to the voter").FillAsync("Which is the better one?");
        await ChangeAsync(first, "Save", "Saved.");
        await second.GetByLabel("Question to the voter").FillAsync("Which is nicer?");
        await second.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await second.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Somebody else changed this arena meanwhile" }).WaitForAsync();
        await Assertions.Expect(second.GetByLabel("Question to the voter")).ToHaveValueAsync("Which is the better one?");
        await second.GetByLabel("Question to the voter").FillAsync("Which is nicer?");
        await second.GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).First.ClickAsync();
        await DoneAsync(second, "is drawn no more");
        await Assertions.Expect(second.GetByLabel("Question to the voter")).ToHaveValueAsync("Which is nicer?"); // what is not saved yet stays
        await second.GetByRole(AriaRole.Button, new() { Name = "Let it compete" }).ClickAsync();
        await DoneAsync(second, "competes again");
        await ChangeAsync(second, "Save", "Saved.");
        await first.Context.CloseAsync();
        await second.Context.CloseAsync();
    }

    [Fact]
    public async Task PendingBallot_Decided_TellsTheVoter()
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Pairs);
        var receipt = await booth.Page.EvaluateAsync<string>(
            """
            async () => {
              const post = async (url, body) => (await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json();
              const battle = await post('/arenas/pairs/battles', {});
              return (await post('/ballots', { token: battle.token, tiers: [[0], [1]], seconds_spent: 0 })).receipt.id;
            }
            """);
        await booth.Page.GotoAsync(voting.Address("/receipts/" + receipt));
        await booth.Page.GetByText("it came faster than one can look").WaitForAsync();

        var page = await voting.Browser.OpenAsync(signedIn: voting.Administrator);
        await page.GotoAsync(voting.Address("/admin/ballots"));
        await page.Locator("[data-interactive=yes]").WaitForAsync();
        await page.GetByLabel("All", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Reason").FillAsync("a test of ours");
        await page.GetByRole(AriaRole.Button, new() { Name = "Exclude" }).ClickAsync();
        await page.GetByText("from now on. The board follows within seconds.").WaitForAsync();
        await page.GetByText("Nothing to decide").WaitForAsync();

        await booth.Page.ReloadAsync();
        await booth.Page.GetByText("A maintainer decided that it does not count.").WaitForAsync();
        await booth.Page.GetByText("a test of ours").WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Decided" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "a test of ours" }).First;
        await row.GetByText("excluded").WaitForAsync();
        await Looks.AtAsync(page, "admin-ballots-decided");
        await row.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.GetByLabel("Reason").FillAsync("on second thoughts it is fine");
        await page.GetByRole(AriaRole.Button, new() { Name = "Count" }).ClickAsync();
        await page.GetByText("1 ballot counts from now on.").WaitForAsync();
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "on second thoughts it is fine" }).GetByText("counts").First.WaitForAsync();
        await page.Context.CloseAsync();
        await booth.Page.ReloadAsync();
        await booth.Page.GetByText("Your ballot counts.").WaitForAsync();
        await booth.Page.GetByText("a test of ours").WaitForAsync(); // the history keeps what was said before
        await booth.Page.GetByText("on second thoughts it is fine").WaitForAsync();
        await booth.Page.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await voting.Browser.OpenAsync(signedIn: voting.Administrator);
        await page.GotoAsync(voting.Address("/admin/arenas/" + VotingArena.Pairs));
        await page.Locator("[data-interactive=yes]").WaitForAsync();
        return page;
    }

    private async Task<HttpStatusCode> StatusAsync()
    {
        using var answer = await voting.Arena.Client.GetAsync(new Uri("/arenas/" + Slug, UriKind.Relative));
        return answer.StatusCode;
    }

    private static async Task ChangeAsync(IPage page, string button, string sentence)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await DoneAsync(page, sentence);
    }

    private static Task DoneAsync(IPage page, string sentence) => page.GetByRole(AriaRole.Status).Filter(new() { HasText = sentence }).WaitForAsync();
}
