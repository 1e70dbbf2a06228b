using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Arena.Application.Accounts;
using Arena.Application.Voting;
using Arena.Data.Accounts;
using Arena.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Arena.Tests.Web.Api;

[Collection(PostgresGroup.Name)]
public sealed class VotingApiTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Document_Always_HoldsEveryRouteAndThePageNamesThemAll()
    {
        await using var host = await TestArena.StartAsync(postgres);
        var document = await host.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var described = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(verb => verb.Name.ToUpperInvariant() + " " + path.Name)).ToHashSet(StringComparer.Ordinal);
        var routes = host.Get<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/v1/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(verb => $"{verb} /{endpoint.RoutePattern.RawText!.Trim('/').Replace(":guid", "", StringComparison.Ordinal)}"))
            .ToHashSet(StringComparer.Ordinal);

        Assert.Contains("POST /api/v1/ballots", routes);
        Assert.Equal(routes.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        var page = await host.Client.GetStringAsync("/api");
        Assert.All(routes, route => Assert.Contains(route.Split(' ')[1].Replace("{slug}/battles", "<em>slug</em>/battles", StringComparison.Ordinal).Replace("{id}", "<em>id</em>", StringComparison.Ordinal), page, StringComparison.Ordinal));
    }

    /// <summary>Everything that the client sends it takes from the document: addresses, where the token goes, names of properties.</summary>
    [Fact]
    public async Task Client_WrittenFromTheDocumentAlone_GoesFromDrawToReceipt()
    {
        await using var host = await PictureArena.StartAsync(postgres);
        var token = await ApiAccount.TokenAsync(host, await ApiAccount.AddAsync(host), TokenScopes.Vote);
        var document = await host.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var api = new Described(document);
        using var client = ApiAccount.Client(host, token.Secret);
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Single().Value.GetProperty("scheme").GetString());

        var arenas = await client.GetFromJsonAsync<JsonElement>("/api/v1/arenas");
        api.Fits("/api/v1/arenas", "get", "200", arenas);
        var slug = arenas[0].GetProperty("slug").GetString()!;
        using var drawing = await client.PostAsync($"/api/v1/arenas/{slug}/battles", null);
        Assert.Equal(HttpStatusCode.OK, drawing.StatusCode);
        var battle = await drawing.Content.ReadFromJsonAsync<JsonElement>();
        api.Fits("/api/v1/arenas/{slug}/battles", "post", "200", battle);
        var slots = battle.GetProperty("slots").GetArrayLength();
        Assert.Equal(4, slots);
        foreach (var slot in battle.GetProperty("slots").EnumerateArray())
        {
            using var picture = await host.Client.GetAsync(slot.GetProperty("output").GetProperty("url").GetString());
            Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        }

        var said = JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["token"] = battle.GetProperty("token").GetString()!,
            ["tiers"] = new int[][] { [2], [0, 1], [3] },
            ["strength"] = 2,
            ["reasons"] = new[] { battle.GetProperty("reasons")[0].GetString() },
            ["seconds_spent"] = 4.5,
        });
        Assert.All(JsonDocument.Parse(said).RootElement.EnumerateObject(), property => Assert.Contains(property.Name, api.RequestProperties("/api/v1/ballots")));
        using var casting = await client.PostAsync("/api/v1/ballots", new StringContent(said, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Created, casting.StatusCode);
        var cast = await casting.Content.ReadFromJsonAsync<JsonElement>();
        api.Fits("/api/v1/ballots", "post", "201", cast);
        Assert.Equal(("excluded", "program"), (cast.GetProperty("receipt").GetProperty("state").GetString(), cast.GetProperty("receipt").GetProperty("reason").GetString()));
        Assert.Equal([2, 2, 1, 3], cast.GetProperty("reveal").EnumerateArray().Select(slot => slot.GetProperty("rank").GetInt32()));

        using var again = await client.PostAsync("/api/v1/ballots", new StringContent(said, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var own = await client.GetFromJsonAsync<JsonElement>(casting.Headers.Location);
        api.Fits("/api/v1/ballots/{id}", "get", "200", own);
        Assert.Equal(2, own.GetProperty("strength").GetInt32());
        Assert.Equal($"{token.Id} 1", await host.ScalarAsync("select voters.key || ' ' || ballots.source from ballots join voters on voters.id = ballots.voter_id"));
    }

    [Fact]
    public async Task Battle_BeforeTheBallot_NamesNoEntryAnywhere()
    {
        await using var host = await PictureArena.StartAsync(postgres);
        var token = await ApiAccount.TokenAsync(host, await ApiAccount.AddAsync(host), TokenScopes.Vote);
        using var client = ApiAccount.Client(host, token.Secret);
        var arena = (await host.Get<ArenaCatalog>().FindAsync(PictureArena.Slug, default))!;

        using var drawing = await client.PostAsync($"/api/v1/arenas/{PictureArena.Slug}/battles", null);
        var text = await drawing.Content.ReadAsStringAsync() + drawing.Headers;

        Assert.All(arena.Contestants, contestant =>
        {
            Assert.DoesNotContain(contestant.Slug, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(contestant.Name, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(contestant.Run.Value.ToString(), text, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task Ballots_OfPrograms_CountOnlyWhereTheMaintainersAllowThem()
    {
        await using var host = await PictureArena.StartAsync(postgres);
        var token = await ApiAccount.TokenAsync(host, await ApiAccount.AddAsync(host), TokenScopes.Vote);
        using var client = ApiAccount.Client(host, token.Secret);
        Assert.Equal("excluded", await VoteAsync(client));

        var details = (await host.Get<ArenaQueries>().DetailsAsync(PictureArena.Slug, default))!;
        Assert.IsType<ArenaChange.Done>(await host.Get<ArenaAdministration>().UpdateAsync("test", PictureArena.Slug, details.Settings with { CountsPrograms = true }, details.Version, default));
        Assert.Equal("counted", await VoteAsync(client));

        var live = await host.Get<LiveArenas>().NewestAsync((await host.Get<ArenaCatalog>().FindAsync(PictureArena.Slug, default))!, default);
        Assert.Equal((1L, 1L), (live.State.Counted, live.State.Excluded));
    }

    [Fact]
    public async Task Requests_WithoutRightOrSense_AreAnsweredWithAProblemThatSaysWhatToDo()
    {
        await using var host = await PictureArena.StartAsync(postgres, "--Arena:Voting:DrawsPerVoterMinute=3");
        var account = await ApiAccount.AddAsync(host);
        var voting = await ApiAccount.TokenAsync(host, account, TokenScopes.Vote);
        var reading = await ApiAccount.TokenAsync(host, account, TokenScopes.Read);
        var revoked = await ApiAccount.TokenAsync(host, account, TokenScopes.Vote);
        await host.Get<PersonalTokens>().RevokeAsync(account, revoked.Id, default);
        using var voter = ApiAccount.Client(host, voting.Secret);
        using var other = ApiAccount.Client(host, (await ApiAccount.TokenAsync(host, await ApiAccount.AddAsync(host), TokenScopes.Vote)).Secret);
        using var reader = ApiAccount.Client(host, reading.Secret);
        using var ended = ApiAccount.Client(host, revoked.Secret);
        using var stranger = ApiAccount.Client(host, "arena_nonsense");
        const string Draw = "/api/v1/arenas/upscaling/battles";

        await ProblemAsync(HttpStatusCode.Unauthorized, "personal token", host.Client.PostAsync(Draw, null));
        await ProblemAsync(HttpStatusCode.Unauthorized, "no such token", stranger.PostAsync(Draw, null));
        await ProblemAsync(HttpStatusCode.Unauthorized, "revoked", ended.PostAsync(Draw, null));
        await ProblemAsync(HttpStatusCode.Forbidden, "scopes read", reader.PostAsync(Draw, null));
        await ProblemAsync(HttpStatusCode.NotFound, "no arena", voter.PostAsync("/api/v1/arenas/nowhere/battles", null));
        using var drawing = await voter.PostAsync(Draw, null);
        var token = (await drawing.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        await ProblemAsync(HttpStatusCode.BadRequest, "tier", Cast(voter, $$"""{"token": "{{token}}", "tier": [[0]]}"""));
        await ProblemAsync(HttpStatusCode.BadRequest, "cannot be read", Cast(voter, "{"));
        await ProblemAsync(HttpStatusCode.UnprocessableEntity, "exactly one tier", Cast(voter, $$"""{"token": "{{token}}", "tiers": [[0]]}"""));
        await ProblemAsync(HttpStatusCode.UnprocessableEntity, "battle token", Cast(voter, """{"token": "x", "tiers": [[0, 1, 2, 3]]}"""));
        await ProblemAsync(HttpStatusCode.Forbidden, "another voter", Cast(other, $$"""{"token": "{{token}}", "tiers": [[0, 1, 2, 3]]}"""));
        using (var cast = await Cast(voter, $$"""{"token": "{{token}}", "tiers": [[0, 1, 2, 3]]}"""))
        {
            Assert.Equal(HttpStatusCode.Created, cast.StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(cast.Headers.Location)).StatusCode);
            await ProblemAsync(HttpStatusCode.NotFound, "no such ballot", other.GetAsync(cast.Headers.Location));
        }

        await ProblemAsync(HttpStatusCode.Conflict, "cannot be changed", Cast(voter, $$"""{"token": "{{token}}", "tiers": [[1], [0, 2, 3]]}"""));
        await voter.PostAsync(Draw, null);
        await voter.PostAsync(Draw, null);
        using var limited = await voter.PostAsync(Draw, null);
        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.NotNull(limited.Headers.RetryAfter);
        await ProblemAsync(HttpStatusCode.NotFound, "No arena", host.Client.GetAsync("/api/v1/arenas/nowhere"));
    }

    private static Task<HttpResponseMessage> Cast(HttpClient client, string ballot) => client.PostAsync("/api/v1/ballots", new StringContent(ballot, Encoding.UTF8, "application/json"));

    private static async Task<string?> VoteAsync(HttpClient client)
    {
        using var drawing = await client.PostAsync($"/api/v1/arenas/{PictureArena.Slug}/battles", null);
        var token = (await drawing.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        using var cast = await Cast(client, $$"""{"token": "{{token}}", "tiers": [[3], [2], [1], [0]]}""");
        return (await cast.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("receipt").GetProperty("state").GetString();
    }

    private static async Task ProblemAsync(HttpStatusCode status, string part, Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(part, JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Reads schemas of an OpenAPI document.</summary>
    private sealed class Described(JsonElement document)
    {
        public IReadOnlyList<string> RequestProperties(string path) =>
            [.. Resolve(document.GetProperty("paths").GetProperty(path).GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema")).GetProperty("properties").EnumerateObject().Select(property => property.Name)];

        /// <summary>Every property that came, at any depth, is in the document.</summary>
        public void Fits(string path, string verb, string status, JsonElement value) =>
            Fits(document.GetProperty("paths").GetProperty(path).GetProperty(verb).GetProperty("responses").GetProperty(status).GetProperty("content").GetProperty("application/json").GetProperty("schema"), value);

        private void Fits(JsonElement schema, JsonElement value)
        {
            schema = Resolve(schema);
            switch (value.ValueKind)
            {
                case JsonValueKind.Array:
                    foreach (var item in value.EnumerateArray())
                    {
                        Fits(schema.GetProperty("items"), item);
                    }

                    break;
                case JsonValueKind.Object:
                    foreach (var property in value.EnumerateObject())
                    {
                        Assert.True(schema.GetProperty("properties").TryGetProperty(property.Name, out var described), $"The document does not know '{property.Name}'.");
                        Fits(described, property.Value);
                    }

                    break;
            }
        }

        private JsonElement Resolve(JsonElement schema)
        {
            if (schema.TryGetProperty("oneOf", out var choices))
            {
                schema = choices.EnumerateArray().First(choice => choice.TryGetProperty("$ref", out _));
            }

            return schema.TryGetProperty("$ref", out var reference)
                ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
                : schema;
        }
    }
}
