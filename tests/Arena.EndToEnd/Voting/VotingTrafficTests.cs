using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Arena.EndToEnd.Support;
using Microsoft.Playwright;
using Xunit;

namespace Arena.EndToEnd.Voting;

/// <summary>Everything that reaches a voter's browser before the ballot is accepted: no trace of who made what.</summary>
[Collection(VotingArena.Collection)]
public sealed partial class VotingTrafficTests(VotingArena voting)
{
    [Theory]
    [InlineData(VotingArena.Four)]
    [InlineData(VotingArena.Pairs)]
    public async Task EverythingBeforeTheAcceptance_TellsNoEntry(string arena)
    {
        var identities = await IdentitiesAsync(arena);
        var page = await voting.Browser.OpenAsync();
        ConcurrentQueue<IResponse> responses = [];
        page.Response += (_, response) => responses.Enqueue(response);
        await page.GotoAsync(voting.Address("/arenas/" + arena), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.Locator("arena-booth[data-ready][data-phase=judging]").WaitForAsync();

        var seen = new StringBuilder();
        foreach (var response in responses)
        {
            seen.Append(response.Url).AppendJoin('\n', (await response.AllHeadersAsync()).Select(header => header.Key + ": " + header.Value)).Append(Encoding.Latin1.GetString(await response.BodyAsync()));
        }

        var slots = responses.Count(response => response.Url.Contains("/slots/", StringComparison.Ordinal));
        Assert.True(slots >= 2 * (string.Equals(arena, VotingArena.Four, StringComparison.Ordinal) ? 4 : 2), $"Only {slots} pictures were seen: not this battle's and the next one's");
        seen.Append(await page.ContentAsync());
        seen.Append(await page.EvaluateAsync<string>("JSON.stringify([localStorage, sessionStorage, document.cookie, history.state, performance.getEntries().map((entry) => entry.name)])"));
        seen.AppendJoin('\n', (await page.Context.CookiesAsync()).Select(cookie => cookie.Name + "=" + cookie.Value));
        var text = seen.ToString();
        Assert.DoesNotContain(identities, identity => text.Contains(identity, StringComparison.Ordinal));

        var accepted = await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync("x"), "**/ballots");
        var answer = await accepted.TextAsync();
        Assert.Contains(identities, identity => answer.Contains(identity, StringComparison.Ordinal)); // now it is told
        await page.Context.CloseAsync();
    }

    /// <summary>Names, slugs and files' digests, all of them public elsewhere.</summary>
    private async Task<IReadOnlyList<string>> IdentitiesAsync(string suite)
    {
        List<string> identities = [];
        foreach (var entry in VotingArena.Entries)
        {
            var page = await voting.Arena.Client.GetStringAsync(new Uri($"/entries/{suite}-{entry}", UriKind.Relative));
            identities.AddRange([suite + "-" + entry, entry + ".onnx", System.Net.WebUtility.HtmlDecode(Heading().Match(page).Groups["name"].Value), Digest().Match(page).Value]);
        }

        Assert.DoesNotContain("", identities);
        return identities;
    }

    [GeneratedRegex("<h1[^>]*>(?<name>[^<]+)</h1>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Heading();

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Digest();
}
