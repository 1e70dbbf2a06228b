using System.Net;
using Arena.Application.Accounts;
using Arena.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Arena.Tests.Web.Hosting;

/// <summary>How the host treats requests, whatever page they are for.</summary>
[Collection(PostgresGroup.Name)]
public sealed class RequestFactsTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/leaderboards", HttpStatusCode.OK)]
    [InlineData("/no-such-page", HttpStatusCode.NotFound)]
    public async Task Head_OfAPage_AnswersAsGetWithoutABody(string path, HttpStatusCode expected)
    {
        await using var arena = await TestArena.StartAsync(postgres);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var answer = await arena.Client.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Host_ThatIsNotAllowed_IsRefused()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "elsewhere.example";
        using var answer = await arena.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task BehindHttps_ThroughATrustedProxy_CookiesAreSecureAndHstsIsSent()
    {
        await using var arena = await TestArena.StartAsync(postgres, null, "--Arena:TrustedProxies:0=127.0.0.1");
        using var answer = await AskAsProxyAsync(arena);
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task BehindHttps_SaidByAStranger_IsNotBelieved()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        using var answer = await AskAsProxyAsync(arena);
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie => Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task FirstAdministratorLink_UsedTwiceAtOnce_MakesOneAccount()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        string secret;
        await using (var scope = arena.Services.CreateAsyncScope())
        {
            secret = (await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().PrepareAsync(default))!;
        }

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            await using var scope = arena.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().CreateAsync(secret, $"admin{i}@example.org", "correct horse battery", default);
        }));
        Assert.Single(results, result => result is FirstAdministratorResult.Created);
        Assert.Equal(1L, await arena.ScalarAsync("select count(*) from users"));
        Assert.DoesNotContain(secret, (string)(await arena.ScalarAsync("select string_agg(encode(secret_hash, 'escape'), ' ') from one_time_links"))!, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> AskAsProxyAsync(TestArena arena)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/login");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "arena.example");
        return await arena.Client.SendAsync(request);
    }
}
