using System.Net;
using Arena.EndToEnd.Support;
using Xunit;

namespace Arena.EndToEnd;

/// <summary>Kept pages: the same for everybody, nobody's, and never old.</summary>
[Collection(FinishedArena.Collection)]
public sealed class CacheTests(FinishedArena finished)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/leaderboards")]
    [InlineData("/leaderboards/digits")]
    [InlineData("/leaderboards/digits?method=bradley-terry")]
    [InlineData("/entries")]
    [InlineData("/entries/digits-conv-net")]
    [InlineData("/suites")]
    [InlineData("/suites/digits")]
    [InlineData("/methods")]
    [InlineData("/about")]
    [InlineData("/privacy")]
    public async Task PublicPage_AskedTwice_IsServedFromTheCacheWithoutCookies(string path)
    {
        using var first = await GetAsync(path);
        using var second = await GetAsync(path);

        Assert.True(second.Headers.Contains("Age"), "The second answer was rendered anew");
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        foreach (var answer in new[] { first, second })
        {
            Assert.False(answer.Headers.Contains("Set-Cookie"), "A page for everybody sets a cookie");
            Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        }
    }

    [Theory]
    [InlineData("/leaderboards/digits?method=bradley-terry&version=1")]
    [InlineData("/")]
    public async Task PublicPage_AfterAnAdministratorsVisit_BearsNoTraceOfIt(string path)
    {
        var page = await finished.Browser.OpenAsync(signedIn: finished.Administrator);
        var answer = await page.GotoAsync(new Uri(finished.Arena.Address, path).AbsoluteUri);
        var theirs = await page.ContentAsync();
        Assert.Contains("/account/logout", theirs, StringComparison.Ordinal); // else there is nothing that could leak
        Assert.Equal("no-store", answer!.Headers["cache-control"]);
        Assert.False(answer.Headers.ContainsKey("age"), "An administrator was shown a kept page");
        await page.Context.CloseAsync();

        for (var visit = 0; visit < 2; visit++)
        {
            using var anonymous = await GetAsync(path);
            var html = await anonymous.Content.ReadAsStringAsync();
            Assert.Contains("/account/login", html, StringComparison.Ordinal);
            Assert.All(["/account/logout", "href=\"/admin\"", "__RequestVerificationToken", FirstAdministrator.Email, "first.administrator"], trace =>
                Assert.DoesNotContain(trace, html, StringComparison.OrdinalIgnoreCase));
            Assert.False(anonymous.Headers.Contains("Set-Cookie"), "A page for everybody sets a cookie");
        }
    }

    [Fact]
    public async Task Board_KeptWhileItFilled_IsTheNewestWhenFinished()
    {
        var newest = finished.Final.GetProperty("version").GetInt64();
        Assert.True(finished.EarlyVersion < newest, "The page was not kept before the board was finished");
        // the word that there is a new version comes a moment after the version itself
        await finished.Arena.WaitAsync("the newest version on the page", TimeSpan.FromSeconds(10), async () => await finished.ShownVersionAsync() == newest);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/leaderboards/digits")]
    [InlineData("/account/login")]
    [InlineData("/no-such-page")]
    [InlineData("/api/v1/leaderboards")]
    public async Task EveryAnswer_Headers_KeepStrangersOut(string path)
    {
        using var answer = await GetAsync(path, any: true);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        var directives = policy.Split("; ").ToDictionary(each => each.Split(' ')[0], each => each, StringComparer.Ordinal);

        Assert.StartsWith("script-src 'self'", directives["script-src"], StringComparison.Ordinal);
        Assert.All(["nonce-", "unsafe-", "*", "http:", "https:"], loose => Assert.DoesNotContain(loose, directives["script-src"], StringComparison.Ordinal));
        Assert.DoesNotContain("nonce-", policy, StringComparison.Ordinal);
        Assert.Equal("frame-ancestors 'none'", directives["frame-ancestors"]);
        Assert.Equal("object-src 'none'", directives["object-src"]);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.Contains("Permissions-Policy"));
        Assert.False(answer.Headers.Contains("Server"), "The answer tells which server it is");
    }

    private async Task<HttpResponseMessage> GetAsync(string path, bool any = false)
    {
        var answer = await finished.Arena.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(any || answer.StatusCode == HttpStatusCode.OK, $"{path} answered {answer.StatusCode}");
        return answer;
    }
}
