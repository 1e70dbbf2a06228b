using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Arena.Tests.Web.Voting;

/// <summary>A browser as far as voting needs one: it keeps cookies, loads the page, and sends what the page's script sends.</summary>
internal sealed partial class VotingClient : IDisposable
{
    private readonly HttpClientHandler handler = new();

    public VotingClient(Uri address) => Http = new(handler) { BaseAddress = address };

    public HttpClient Http { get; }

    public CookieContainer Cookies => handler.CookieContainer;

    /// <summary>Loads the voting page.</summary>
    /// <returns>The page, and the battle that came with it.</returns>
    public async Task<(string Page, JsonElement Battle)> LoadAsync(string arena = PictureArena.Slug)
    {
        using var answer = await GetAsync("/arenas/" + arena);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        return (page, JsonElement.Parse(Battle().Match(page).Groups["json"].Value));
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(new Uri(path, UriKind.Relative));

    public Task<HttpResponseMessage> DrawAsync(string arena = PictureArena.Slug) => Http.PostAsJsonAsync(new Uri($"/arenas/{arena}/battles", UriKind.Relative), new { });

    public Task<HttpResponseMessage> CastAsync(object ballot) => Http.PostAsJsonAsync(new Uri("/ballots", UriKind.Relative), ballot);

    /// <summary>Puts a battle's slots in the order shown.</summary>
    public Task<HttpResponseMessage> CastAsync(JsonElement battle) => CastAsync(InOrder(battle));

    public static object InOrder(JsonElement battle) => new
    {
        token = battle.GetProperty("token").GetString(),
        tiers = Enumerable.Range(0, battle.GetProperty("slots").GetArrayLength()).Select(slot => new[] { slot }).ToArray(),
        seconds_spent = 5,
    };

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }

    [GeneratedRegex("<script type=\"application/json\" data-battle>(?<json>.*?)</script>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Battle();
}
