using Arena.EndToEnd.Support;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd.Voting;

/// <summary>A vote from the draw to the receipt, as people cast it.</summary>
[Collection(VotingArena.Collection)]
public sealed class VotingStoryTests(VotingArena voting)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task FourWithTheMouse_FromDrawToReceipt(int width)
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Four, width, calm: width < 500);
        Assert.Equal(4, await booth.Slots.CountAsync());
        Assert.Equal(["Entry A", "Entry B", "Entry C", "Entry D"], await booth.Page.Locator(".slot h3").AllInnerTextsAsync());
        await booth.AssertFitsAsync();

        foreach (var slot in new[] { 2, 0, 3 })
        {
            await booth.Slots.Nth(slot).Locator(".choose").ClickAsync();
            Assert.True(await booth.HasFocusAsync());
        }

        Assert.Equal(["2", "4", "1", "3"], await booth.Page.Locator(".rank-badge").AllInnerTextsAsync()); // the last place is clear
        await booth.Slots.Nth(1).GetByRole(AriaRole.Button, new() { Name = "Move Entry B up" }).ClickAsync();
        Assert.Equal(["2", "3", "1", "4"], await booth.Page.Locator(".rank-badge").AllInnerTextsAsync());
        await booth.Act("send").ClickAsync();
        await booth.WaitAsync("revealed");

        var names = await RevealedAsync(booth);
        Assert.Equal(4, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("counted", await booth.Page.Locator("[data-status]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.All(await booth.Page.Locator(".slot-reveal").AllInnerTextsAsync(), text => Assert.Contains("→", text, StringComparison.Ordinal));
        Assert.True(await booth.HasFocusAsync());
        await booth.AssertFitsAsync();
        await booth.AssertCalmAsync();

        await booth.Receipt.ClickAsync();
        await ReceiptAsync(booth.Page, "Your ballot counts.");
        Assert.Equal([names[2], names[0], names[1], names[3]], await booth.Page.Locator("main dd a[href^='/entries/']").AllInnerTextsAsync());
        await booth.AssertFitsAsync();
        await CloseAsync(booth);
    }

    [Fact]
    public async Task FourByKeyboard_FromDrawToReceipt()
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Four);
        foreach (var (letter, place) in new[] { ("d", "1"), ("a", "2"), ("c", "3") })
        {
            await booth.PressAsync(letter);
            await booth.PressAsync(place);
            Assert.Equal($"Entry {letter.ToUpperInvariant()} moved to {place} of 4", await booth.Says.InnerTextAsync());
        }

        await booth.PressAsync("b");
        await booth.PressAsync("ArrowUp");
        Assert.Equal("Entry B moved to 3 of 4", await booth.Says.InnerTextAsync());
        await booth.PressAsync("t");
        Assert.Equal("Entry B ties with Entry A", await booth.Says.InnerTextAsync());
        Assert.Equal(["=2", "=2", "4", "1"], await booth.Page.Locator(".rank-badge").AllInnerTextsAsync());
        await booth.PressAsync("Enter");
        await booth.WaitAsync("revealed");
        Assert.Equal("Next battle", await booth.FocusedAsync());
        var names = await RevealedAsync(booth);
        Assert.Contains($"D was {names[3]}", await booth.Says.InnerTextAsync(), StringComparison.Ordinal);

        await booth.PressAsync("n");
        await booth.WaitAsync("judging");
        Assert.True(await booth.HasFocusAsync());
        await booth.PressAsync("x");
        await booth.WaitAsync("revealed");
        await booth.PressAsync("n");
        await booth.WaitAsync("judging");
        await booth.PressAsync("s");
        await booth.WaitAsync("revealed");
        await booth.AssertCalmAsync();
        await booth.PressAsync("Tab");
        Assert.Equal("Receipt", await booth.FocusedAsync());
        await booth.PressAsync("Enter");
        await ReceiptAsync(booth.Page, "You passed: nothing is counted.");
        await booth.Page.Locator("main h1:focus").WaitForAsync();

        await booth.Page.GotoAsync(voting.Address("/my/votes"));
        Assert.Equal(["skipped", "counted", "counted"], await booth.Page.Locator("tbody .chip:not(:text('all bad'))").AllInnerTextsAsync());
        Assert.Equal($"{names[3]} › {names[0]} = {names[1]} › {names[2]}", string.Join(' ', (await booth.Page.Locator("tbody tr").Nth(2).Locator("td").Nth(2).InnerTextAsync()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        await CloseAsync(booth);
    }

    [Fact]
    public async Task FourByButtonsAndTab_BestAndWorst_IsSent()
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Four);
        await booth.Act("mode").FocusAsync();
        await booth.PressAsync("Space");
        await booth.Slots.Nth(1).Locator(".choose").FocusAsync();
        await booth.PressAsync("Enter");
        Assert.Equal("Entry B is the best", await booth.Says.InnerTextAsync());
        await booth.Slots.Nth(3).Locator(".choose").FocusAsync();
        await booth.PressAsync("Enter");
        Assert.Equal("Entry D is the worst", await booth.Says.InnerTextAsync());
        await booth.Act("reset").FocusAsync();
        await booth.PressAsync("Enter");
        Assert.Equal("No places given", await booth.Says.InnerTextAsync());
        await booth.PressAsync("b");
        await booth.PressAsync("1");
        await booth.PressAsync("d");
        await booth.PressAsync("4");
        await booth.PressAsync("Enter");
        await booth.WaitAsync("revealed");
        Assert.Equal(["=2", "1", "=2", "4"], await booth.Page.Locator(".rank-badge").AllInnerTextsAsync());
        await booth.AssertCalmAsync();
        await CloseAsync(booth);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task PairByKeyboard_FromDrawToReceipt(int width)
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Pairs, width, calm: width < 500);
        Assert.Equal(["A is better", "Tie", "Both bad", "B is better", "Skip"], await booth.Page.Locator(".vote-bar button").AllInnerTextsAsync());
        foreach (var key in new[] { "a", "t", "x", "b" })
        {
            await booth.PressAsync(key);
            await booth.WaitAsync("revealed");
            Assert.Equal("Next battle", await booth.FocusedAsync());
            Assert.Equal(key switch { "a" => ["1", "2"], "b" => ["2", "1"], _ => ["=1", "=1"] }, await booth.Page.Locator(".rank-badge").AllInnerTextsAsync());
            await booth.AssertFitsAsync();
            if (!string.Equals(key, "b", StringComparison.Ordinal))
            {
                await booth.PressAsync("n");
                await booth.WaitAsync("judging");
                Assert.True(await booth.HasFocusAsync());
            }
        }

        var names = await RevealedAsync(booth);
        await booth.AssertCalmAsync();
        await booth.PressAsync("Tab");
        await booth.PressAsync("Enter");
        await ReceiptAsync(booth.Page, "Your ballot counts.");
        Assert.Equal([names[1], names[0]], await booth.Page.Locator("main dd a[href^='/entries/']").AllInnerTextsAsync());
        await CloseAsync(booth);
    }

    [Fact]
    public async Task Typing_InTheComment_VotesNothingAndIsKeptWithTheBallot()
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Pairs);
        await booth.Page.Locator(".vote-more summary").FocusAsync();
        await booth.PressAsync("Enter");
        await booth.Page.GetByLabel("clearly").FocusAsync();
        await booth.PressAsync("Space");
        await booth.Page.GetByLabel("sharper").FocusAsync();
        await booth.PressAsync("Space");
        await booth.Page.GetByLabel("In your own words").FocusAsync();
        await booth.Page.Keyboard.TypeAsync("abtxsn all crisp");
        Assert.Equal("judging", await booth.Page.Locator("arena-booth").GetAttributeAsync("data-phase"));
        await booth.Act("a").FocusAsync();
        await booth.PressAsync("Enter");
        await booth.WaitAsync("revealed");
        await booth.Receipt.ClickAsync();
        await ReceiptAsync(booth.Page, "abtxsn all crisp");
        Assert.Equal(["clearly", "sharper"], (await booth.Page.Locator("main dd").AllInnerTextsAsync()).Where(text => text is "clearly" or "sharper"));
        await CloseAsync(booth);
    }

    [Fact]
    public async Task Zoom_BySpaceAndArrows_IsTheSamePlaceInEveryPicture()
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Four, calm: true);
        const string places = "[...document.querySelectorAll('.output img')].map((picture) => getComputedStyle(picture).transform + ' ' + picture.style.transformOrigin)";
        await booth.PressAsync("Space");
        await booth.PressAsync("ArrowRight");
        var zoomed = await booth.Page.EvaluateAsync<string[]>(places);
        Assert.Equal("matrix(3, 0, 0, 3, 0, 0) 58% 50%", Assert.Single(zoomed.Distinct(StringComparer.Ordinal)));
        await booth.PressAsync("Space");
        Assert.StartsWith("none", Assert.Single((await booth.Page.EvaluateAsync<string[]>(places)).Distinct(StringComparer.Ordinal)), StringComparison.Ordinal);
        await booth.AssertCalmAsync();
        await CloseAsync(booth);
    }

    [Fact]
    public async Task WipeAndDifference_OfAPair_LayTheOtherPictureOverEach()
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Pairs, calm: true);
        const string layers = "[...document.querySelectorAll('.output')].map((output) => [...output.querySelectorAll('img')].map((picture) => picture.src))";
        const string edges = "[...document.querySelectorAll('.output .over')].map((picture) => getComputedStyle(picture).clipPath + ' ' + getComputedStyle(picture).mixBlendMode)";
        await booth.Act("wipe").ClickAsync();
        var laid = await booth.Page.EvaluateAsync<string[][]>(layers);
        Assert.Equal(laid[0], laid[1].Reverse());
        Assert.Equal(2, laid[0].Distinct(StringComparer.Ordinal).Count());
        await booth.PressAsync("ArrowLeft");
        Assert.Equal("inset(0px 0px 0px 42%) normal", Assert.Single((await booth.Page.EvaluateAsync<string[]>(edges)).Distinct(StringComparer.Ordinal)));
        await booth.PressAsync("v");
        Assert.Equal("none difference", Assert.Single((await booth.Page.EvaluateAsync<string[]>(edges)).Distinct(StringComparer.Ordinal)));
        Assert.Equal("true", await booth.Act("difference").GetAttributeAsync("aria-pressed"));
        await Chromium.ShootAsync(booth.Page, "vote-difference");
        await booth.PressAsync("v");
        Assert.Empty(await booth.Page.EvaluateAsync<string[]>(edges));
        Assert.Equal("Side by side", await booth.Says.InnerTextAsync());
        await booth.PressAsync("a");
        await booth.WaitAsync("revealed");
        await booth.AssertCalmAsync();
        await CloseAsync(booth);
    }

    [Fact]
    public async Task Wipe_OfFour_LaysTheSelectedPictureOverTheOthers()
    {
        var booth = await Booth.OpenAsync(voting, VotingArena.Four, calm: true);
        const string overs = "[...document.querySelectorAll('.output')].map((output) => output.querySelector('.over')?.src ?? '')";
        const string own = "[...document.querySelectorAll('.output')].map((output) => output.querySelector('img').src)";
        var pictures = await booth.Page.EvaluateAsync<string[]>(own);
        await booth.PressAsync("v");
        Assert.Equal(["", pictures[0], pictures[0], pictures[0]], await booth.Page.EvaluateAsync<string[]>(overs));
        await booth.PressAsync("c");
        Assert.Equal([pictures[2], pictures[2], "", pictures[2]], await booth.Page.EvaluateAsync<string[]>(overs));
        await Chromium.ShootAsync(booth.Page, "vote-wipe");
        await booth.PressAsync("x");
        await booth.WaitAsync("revealed");
        await booth.PressAsync("n");
        await booth.WaitAsync("judging");
        Assert.Equal(["", "", "", ""], await booth.Page.EvaluateAsync<string[]>(overs));
        await booth.AssertCalmAsync();
        await CloseAsync(booth);
    }

    private static async Task ReceiptAsync(IPage page, string text)
    {
        await page.WaitForURLAsync("**/receipts/*");
        await page.Locator(".narrow-card", new() { HasText = text }).WaitForAsync();
    }

    private static async Task<IReadOnlyList<string>> RevealedAsync(Booth booth) => await booth.Page.Locator(".slot h3 a").AllInnerTextsAsync();

    private async Task CloseAsync(Booth booth)
    {
        Assert.Empty(voting.Browser.ProblemsOf(booth.Page));
        await booth.Page.Context.CloseAsync();
    }
}
