using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Arena.Data.Voting;
using Arena.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Arena.Tests.Web.Voting;

/// <summary>What an open arena must not tell: who made what, before the ballot; and its outputs, anywhere else.</summary>
[Collection(PostgresGroup.Name)]
public sealed partial class BlindnessTests(PostgresFixture postgres)
{
    private const int MostAddresses = 5000;

    private const string Password = "seven calm otters row";

    [Fact]
    public async Task Traffic_BetweenDrawAndAcceptance_CarriesNoIdentity()
    {
        await using var arena = await PictureArena.StartAsync(postgres);
        var identities = await IdentitiesAsync(arena.Host);
        using var voter = arena.NewVoter();
        var battle = default(JsonElement);
        for (var draw = 0; draw < 20; draw++)
        {
            using var page = await voter.GetAsync("/arenas/" + PictureArena.Slug);
            AssertBlind(identities, await TextAsync(page));
            using var drawn = await voter.DrawAsync();
            AssertBlind(identities, await TextAsync(drawn));
            Assert.True(drawn.Headers.CacheControl!.NoStore);
            battle = await VotingClient.ReadAsync(drawn);
            foreach (var slot in battle.GetProperty("slots").EnumerateArray())
            {
                using var media = await voter.GetAsync(slot.GetProperty("output").GetProperty("url").GetString()!);
                AssertBlind(identities, await TextAsync(media));
                Assert.Equal("image/png", media.Content.Headers.ContentType!.MediaType);
                Assert.True(media.Headers.CacheControl!.NoStore);
                Assert.All(["ETag", "Last-Modified", "Content-Disposition", "Age"], header => Assert.False(media.Headers.NonValidated.Contains(header) || media.Content.Headers.NonValidated.Contains(header), header));
            }
        }

        AssertBlind(identities, string.Join('\n', voter.Cookies.GetAllCookies().Select(cookie => cookie.ToString())));
        using var accepted = await voter.CastAsync(battle);
        var revealed = await TextAsync(accepted);
        Assert.Equal(battle.GetProperty("slots").GetArrayLength(), identities.Count(identity => identity.StartsWith("Painter", StringComparison.Ordinal) && revealed.Contains(identity, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Tokens_OfOneArena_HaveOneLength()
    {
        await using var arena = await PictureArena.StartAsync(postgres, 2, "--Arena:Voting:GoldShare=0.5");
        await arena.Host.ScalarAsync("update voting_samples set gold_best = 0, gold_worst = 1 where ordinal = 0");
        using var voter = arena.NewVoter();
        await voter.LoadAsync();
        List<int> lengths = [];
        for (var draw = 0; draw < 40; draw++)
        {
            using var drawn = await voter.DrawAsync();
            lengths.Add((await VotingClient.ReadAsync(drawn)).GetProperty("token").GetString()!.Length);
        }

        await using var context = await arena.Host.OpenAsync();
        Assert.True(await Eventually.IsTrueAsync(() => context.Battles.Any(battle => battle.Branch == BattleBranch.Gold)), "No control battle was drawn, so this test sees nothing");
        Assert.Single(lengths.Distinct());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryAddress_WhileTheArenaIsOpen_HoldsNoneOfItsOutputs(bool signedIn)
    {
        await using var arena = await PictureArena.StartAsync(postgres);
        using var visitor = arena.NewVoter();
        if (signedIn)
        {
            await SignInAsync(visitor);
        }

        var (_, battle) = await visitor.LoadAsync();
        var shown = battle.GetProperty("slots")[0].GetProperty("output").GetProperty("url").GetString()!;
        using (var media = await visitor.GetAsync(shown))
        {
            Assert.True(Leaks(await media.Content.ReadAsByteArrayAsync()), "The picture of a battle is not known as one: this test sees nothing");
        }

        using (var accepted = await visitor.CastAsync(battle))
        {
            accepted.EnsureSuccessStatusCode();
        }

        var asked = await CrawlAsync(arena, visitor);

        Assert.All(["/", "/arenas", "/leaderboards/noise", "/entries/small-painter0", "/suites/small", "/my/votes", "/my/votes.json", "/api/v1/leaderboards", "/api/v1/leaderboards/noise"], path => Assert.Equal(HttpStatusCode.OK, asked[path]));
        Assert.Contains(asked, pair => pair.Key.StartsWith("/receipts/", StringComparison.Ordinal) && pair.Value == HttpStatusCode.OK);
        Assert.Equal(signedIn ? HttpStatusCode.OK : HttpStatusCode.Found, asked["/account"]);
        Assert.DoesNotContain(asked, pair => (int)pair.Value >= 500);
    }

    /// <summary>Asks for every address that a page links to and every one that the host answers, and looks into each answer.</summary>
    private static async Task<IReadOnlyDictionary<string, HttpStatusCode>> CrawlAsync(PictureArena arena, VotingClient visitor)
    {
        var waiting = new Queue<string>(["/", .. await RoutesAsync(arena.Host)]);
        Dictionary<string, HttpStatusCode> asked = new(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var path))
        {
            if (asked.ContainsKey(path) || path.Contains("logout", StringComparison.Ordinal))
            {
                continue;
            }

            Assert.True(asked.Count < MostAddresses, "The pages lead on without end: " + path);
            using var time = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            using var answer = await visitor.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token);
            asked[path] = answer.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/account/login", StringComparison.Ordinal) && !path.StartsWith("/account/login", StringComparison.Ordinal) ? HttpStatusCode.Found : answer.StatusCode;
            var body = await answer.Content.ReadAsByteArrayAsync(time.Token);
            Assert.False(Leaks(body), $"{path} shows an output of an open arena");
            if (answer.Content.Headers.ContentType?.MediaType is "text/html" or "application/json")
            {
                // every page says that the root is its base
                foreach (Match link in Link().Matches(Encoding.UTF8.GetString(body)))
                {
                    var target = new Uri(arena.Host.Address, WebUtility.HtmlDecode(link.Groups["path"].Value));
                    // a battle's own media, at the address that only its voter got, are the one place for them
                    if (string.Equals(target.Authority, arena.Host.Address.Authority, StringComparison.Ordinal) && !target.AbsolutePath.StartsWith("/battles/", StringComparison.Ordinal))
                    {
                        // where a sign-in leads back to is no page of its own, and would never end
                        waiting.Enqueue(target.Query.Contains("return", StringComparison.OrdinalIgnoreCase) ? target.AbsolutePath : target.PathAndQuery);
                    }
                }
            }
        }

        return asked;
    }

    /// <summary>Every GET route, each parameter filled with every name and number that the database holds.</summary>
    private static async Task<IReadOnlyList<string>> RoutesAsync(TestArena host)
    {
        var names = (await ColumnAsync(host, """
            select slug from entries union select slug from suites union select slug from leaderboards union select slug from voting_arenas
            union select id::text from entries union select id::text from entry_versions union select id::text from runs union select id::text from suite_versions
            union select id::text from voting_arenas union select battle_id::text from ballots union select id::text from jobs union select '0' union select '1'
            """)).ToArray();
        List<string> paths = [];
        foreach (var endpoint in host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods;
            if (methods is { Count: > 0 } && !methods.Contains("GET", StringComparer.Ordinal))
            {
                continue;
            }

            var raw = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (raw.StartsWith("/_", StringComparison.Ordinal) || raw.Contains('*', StringComparison.Ordinal))
            {
                continue; // the framework's own
            }

            var parameters = Parameter().Count(raw);
            paths.AddRange(parameters switch
            {
                0 => [raw],
                1 => names.Select(name => Parameter().Replace(raw, name)),
                _ => names.SelectMany(name => new[] { "0", "1" }.Select(number => Parameter().Replace(Parameter().Replace(raw, name, 1), number))),
            });
        }

        Assert.Contains("/battles/noise/slots/0", paths);
        return paths;
    }

    /// <summary>Whether a body is, or holds, an answer of an entry: the picture's file, a stretch of it, or its bare pixels.</summary>
    private static bool Leaks(byte[] body)
    {
        var text = Encoding.Latin1.GetString(body);
        return Traces.Any(trace => body.AsSpan().IndexOf(trace.Stretch) >= 0 || body.AsSpan().IndexOf(trace.Pixels) >= 0 || text.Contains(trace.Base64, StringComparison.Ordinal) || text.Contains(trace.Digest, StringComparison.OrdinalIgnoreCase));
    }

    private static readonly IReadOnlyList<(byte[] Stretch, byte[] Pixels, string Base64, string Digest)> Traces =
    [
        .. from entry in Enumerable.Range(0, PictureArena.Entries)
           from sample in Enumerable.Range(0, PictureArena.Samples)
           let picture = PictureArena.Picture(entry, sample)
           let pixels = PictureArena.Pixels(entry, sample)
           select (picture[100..148], pixels[..48], Convert.ToBase64String(picture)[80..160], Convert.ToHexStringLower(SHA256.HashData(picture))),
    ];

    private static async Task SignInAsync(VotingClient visitor)
    {
        using var form = await visitor.GetAsync("/account/register");
        var token = Antiforgery().Match(await form.Content.ReadAsStringAsync()).Groups["token"].Value;
        using var answer = await visitor.Http.PostAsync(new Uri("/account/register", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_handler"] = "register",
            ["__RequestVerificationToken"] = token,
            ["Input.Email"] = "submitter@example.org",
            ["Input.Password"] = Password,
            ["Input.Repeated"] = Password,
        }));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Everything that tells an entry: names, slugs, numbers of rows, digests of files.</summary>
    private static async Task<IReadOnlyList<string>> IdentitiesAsync(TestArena host)
    {
        var rows = await ColumnAsync(host, """
            select slug from entries union select name from entries union select id::text from entries union select id::text from entry_versions
            union select id::text from runs union select artifact_sha256 from entry_versions union select encode(digest, 'hex') from output_chunks
            union select encode(decode(artifact_sha256, 'hex'), 'base64') from entry_versions
            """);
        Assert.True(rows.Count >= 7 * PictureArena.Entries);
        return [.. rows, .. rows.Where(row => Guid.TryParse(row, out _)).Select(row => row.Replace("-", "", StringComparison.Ordinal))];
    }

    private static async Task<IReadOnlyList<string>> ColumnAsync(TestArena host, string sql)
    {
        await using var command = host.Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> values = [];
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        var body = Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync());
        return $"{answer.RequestMessage!.RequestUri}\n{answer.Headers}\n{answer.Content.Headers}\n{body}";
    }

    private static void AssertBlind(IReadOnlyList<string> identities, string text) =>
        Assert.DoesNotContain(identities, identity => text.Contains(identity, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex("(?:href|src|action)=\"(?<path>[^\"#]+)|\"(?:url|href)\": ?\"(?<path>/[^\"]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("\\{[^}]+\\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Antiforgery();
}
