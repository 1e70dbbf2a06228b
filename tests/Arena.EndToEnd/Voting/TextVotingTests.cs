using Arena.EndToEnd.Support;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd.Voting;

/// <summary>Votes on texts: the shipped summaries, texts that nobody should trust, and outputs that answer different samples.</summary>
[Collection(VotingArena.Collection)]
public sealed class TextVotingTests(VotingArena voting)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task SummariesByKeyboard_FromDrawToReceipt(int width)
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Texts, width, calm: width < 500);
        var passage = booth.Page.Locator("details.vote-input .output-text");
        Assert.True(await passage.IsVisibleAsync()); // nobody judges a summary without what it sums up
        Assert.InRange((await passage.InnerTextAsync()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 200, 500);
        Assert.All(await booth.Page.Locator(".slot .output-text").AllInnerTextsAsync(), text => Assert.True(text.Length > 40));
        await booth.AssertFitsAsync();

        await booth.Page.Locator("details.vote-input .output-text").FocusAsync(); // a passage is scrolled by keyboard
        await booth.PressAsync("End");
        foreach (var key in new[] { "t", "a" })
        {
            await booth.PressAsync(key);
            await booth.WaitAsync("revealed");
            Assert.Equal("Next battle", await booth.FocusedAsync());
            if (key == "t")
            {
                await booth.PressAsync("n");
                await booth.WaitAsync("judging");
                Assert.True(await booth.HasFocusAsync());
            }
        }

        var names = await booth.Page.Locator(".slot h3 a").AllInnerTextsAsync();
        Assert.Equal(2, names.Distinct(StringComparer.Ordinal).Count());
        await booth.AssertFitsAsync();
        await booth.AssertCalmAsync();
        await booth.PressAsync("Tab");
        await booth.PressAsync("Enter");
        await booth.Page.WaitForURLAsync("**/receipts/*");
        await booth.Page.Locator(".narrow-card", new() { HasText = "Your ballot counts." }).WaitForAsync();
        Assert.Equal(names, await booth.Page.Locator("main dd a[href^='/entries/']").AllInnerTextsAsync());
        await CloseAsync(booth);
    }

    [Fact]
    public async Task Markup_IsShownAndNothingOfItRuns()
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Markup);
        var output = booth.Slots.First.Locator(".output-text");
        Assert.Equal("inline code", await output.Locator("p code").InnerTextAsync());
        Assert.Contains("\"<b>bold</b>\"", await output.Locator("pre code").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(["one", "two"], await output.Locator("li").AllInnerTextsAsync());
        Assert.Equal(1, await output.Locator("table").CountAsync());
        Assert.Equal(0, await output.Locator("script, img, [onerror], a[href^=javascript]").CountAsync());
        Assert.Equal("https://example.org/", Assert.Single(await output.Locator("a").EvaluateAllAsync<string[]>("links => links.map((link) => link.href)")));
        Assert.DoesNotContain("taken", await booth.Page.TitleAsync(), StringComparison.Ordinal);
        foreach (var width in new[] { 1440, 768, 390 })
        {
            await booth.Page.SetViewportSizeAsync(width, 900);
            await booth.AssertFitsAsync();
        }

        await CloseAsync(booth);
    }

    [Theory]
    [InlineData(VotingArena.Texts)]
    [InlineData(VotingArena.Pairs)]
    public async Task CrossSample_ShowsWithEachOutputWhatItAnswers(string suite)
    {
        var slug = "across-" + suite;
        var page = await voting.Browser.OpenAsync(signedIn: voting.Administrator);
        await page.GotoAsync(voting.Address("/admin/arenas"));
        await page.Locator("[data-interactive=yes]").WaitForAsync();
        await page.GetByLabel("Suite", new() { Exact = true }).SelectOptionAsync(suite);
        await page.GetByLabel("Title").FillAsync("Across samples: " + suite);
        await page.GetByLabel("Name in addresses").FillAsync(slug);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a draft" }).ClickAsync();
        await page.Locator("main h1", new() { HasText = "Across samples: " + suite }).WaitForAsync();
        await page.Locator("[data-interactive=yes]").WaitForAsync();
        await page.GetByLabel("Question to the voter").FillAsync("Which one does its own task better?");
        await page.GetByLabel("Outputs side by side").FillAsync("2");
        await page.GetByLabel("each output answers another sample").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Saved." }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Open: people can vote." }).WaitForAsync();
        await page.Context.CloseAsync();

        var booth = await Booth.OpenAsync(voting, slug, calm: true);
        Assert.Equal(0, await booth.Page.Locator(".vote-input").CountAsync()); // there is no passage for both
        var given = await booth.Page.Locator(".slot-input").EvaluateAllAsync<string[]>("inputs => inputs.map((input) => input.querySelector('img')?.src ?? input.querySelector('.output-text').textContent)");
        Assert.Equal(2, given.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("Which one does its own task better?", await booth.Page.Locator(".vote-question").InnerTextAsync());
        await booth.PressAsync("b");
        await booth.WaitAsync("revealed");
        Assert.Equal(["2", "1"], await booth.Page.Locator(".rank-badge").AllInnerTextsAsync());
        await booth.PressAsync("n");
        await booth.WaitAsync("judging");
        await booth.AssertCalmAsync();
        await booth.LookAsync("vote-" + slug);
        await CloseAsync(booth);
    }

    private async Task CloseAsync(Booth booth)
    {
        Assert.Empty(voting.Browser.ProblemsOf(booth.Page));
        await booth.Page.Context.CloseAsync();
    }
}
