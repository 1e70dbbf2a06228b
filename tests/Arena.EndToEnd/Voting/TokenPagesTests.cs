using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Arena.EndToEnd.Support;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd.Voting;

/// <summary>A personal token made, copied, used and revoked by keyboard alone.</summary>
[Collection(VotingArena.Collection)]
public sealed class TokenPagesTests(VotingArena voting)
{
    [Fact]
    public async Task Token_MadeCopiedUsedAndRevoked_ByKeyboard()
    {
        var page = await voting.Browser.OpenAsync(signedIn: voting.Member);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync(voting.Address("/account"));
        await TabToAsync(page, "Personal tokens");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/account/tokens");
        await page.GetByText("No tokens yet").WaitForAsync();
        await Looks.AtAsync(page, "tokens-none");

        Assert.Equal("90", await page.GetByLabel("Expires").InputValueAsync());
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FocusAsync();
        await page.Keyboard.TypeAsync("Night judge");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Enter");
        var field = page.GetByLabel("New token");
        await field.WaitForAsync();
        var secret = await field.InputValueAsync();
        Assert.StartsWith("arena_", secret, StringComparison.Ordinal);
        await Looks.AtAsync(page, "tokens-made");
        await field.FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copied" }).WaitForAsync();
        Assert.Equal(secret, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        Assert.Equal(HttpStatusCode.OK, await DrawAsync(secret));

        await page.GotoAsync(voting.Address("/account/tokens"));
        Assert.Equal(0, await field.CountAsync()); // shown once
        Assert.DoesNotContain(secret, await page.ContentAsync(), StringComparison.Ordinal);
        await page.Locator("main .card", new() { HasText = "Night judge" }).Filter(new() { HasText = "last used" }).WaitForAsync();
        await Looks.AtAsync(page, "tokens-one");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke Night judge" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("is revoked: nothing is done with it any more.").WaitForAsync();
        await page.GetByText("No tokens yet").WaitForAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await DrawAsync(secret));

        Assert.Empty(voting.Browser.ProblemsOf(page)); // a download counts as a navigation that was given up
        await page.GotoAsync(voting.Address("/account/data"));
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download" }).ClickAsync());
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        using var data = JsonDocument.Parse(text);
        var kept = Assert.Single(data.RootElement.GetProperty("tokens").EnumerateArray());
        Assert.Equal(("Night judge", secret[..10], "vote"), (kept.GetProperty("name").GetString(), kept.GetProperty("prefix").GetString(), kept.GetProperty("scopes")[0].GetString()));
        Assert.Equal(JsonValueKind.String, kept.GetProperty("revokedAt").ValueKind);
        Assert.DoesNotContain("hash", text, StringComparison.OrdinalIgnoreCase);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("api", "/api")]
    [InlineData("privacy", "/privacy")]
    public async Task Page_OfDocs_AxeFindsNothing(string name, string path)
    {
        var page = await voting.Browser.OpenAsync();
        await page.GotoAsync(voting.Address(path));
        await Looks.AtAsync(page, name);
        Assert.Empty(voting.Browser.ProblemsOf(page));
        await page.Context.CloseAsync();
    }

    /// <summary>Tab until the link or button of that name has the focus.</summary>
    private static async Task TabToAsync(IPage page, string name)
    {
        for (var press = 0; press < 60; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (string.Equals((await page.EvaluateAsync<string>("document.activeElement.textContent")).Trim(), name, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The keyboard does not reach “{name}”.");
    }

    private async Task<HttpStatusCode> DrawAsync(string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/arenas/{VotingArena.Texts}/battles", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var answer = await voting.Arena.Client.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            using var battle = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal(2, battle.RootElement.GetProperty("slots").GetArrayLength());
        }

        return answer.StatusCode;
    }
}
