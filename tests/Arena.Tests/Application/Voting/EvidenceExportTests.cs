using System.Net;
using System.Text;
using System.Text.Json;
using Arena.Application.Trust;
using Arena.Application.Voting;
using Arena.Data.Accounts;
using Arena.Tests.Support;

namespace Arena.Tests.Application.Voting;

[Collection(PostgresGroup.Name)]
public sealed class EvidenceExportTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Export_ByAMaintainer_LeadsToNobodyAndIsAudited()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 3);
        var voter = OpenArena.NewVoter();
        for (var i = 0; i < 3; i++)
        {
            var input = OpenArena.InOrder(await arena.DrawAsync(voter));
            Assert.IsType<CastResult.Accepted>(await arena.CastAsync(voter, input with { Comment = "I, Ann Onymous, say so" }));
        }

        var maintainer = await ApiAccount.AddAsync(arena.Host, RoleNames.Maintainer);
        var (first, second) = (await ExportAsync(arena, maintainer), await ExportAsync(arena, maintainer));

        var lines = first.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(3, lines.Length);
        Assert.Single(lines.Select(line => line.GetProperty("voter").GetString()).Distinct());
        Assert.DoesNotContain(lines[0].GetProperty("voter").GetString()!, second, StringComparison.Ordinal);
        Assert.DoesNotContain("Onymous", first, StringComparison.Ordinal);
        Assert.All(lines, line => Assert.EndsWith(":00:00+00:00", line.GetProperty("at").GetString(), StringComparison.Ordinal));
        foreach (var secret in (string[])["select voter_id::text from ballots limit 1", "select battle_id::text from ballots limit 1", "select encode(network_digest, 'hex') from ballots limit 1", "select encode(network_digest, 'base64') from ballots limit 1"])
        {
            Assert.DoesNotContain((string)(await arena.Host.ScalarAsync(secret))!, first, StringComparison.Ordinal);
        }

        Assert.Equal(2, (await arena.Host.Get<AuditLog>().NewestAsync(10, default)).Count(audit => audit.Action == "arena.ballots-exported" && audit.Actor == maintainer.ToString()));
    }

    [Fact]
    public async Task Export_BySomebodyElse_IsNotGiven()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var export = arena.Host.Get<EvidenceExport>();

        Assert.Null(await export.StartAsync(await ApiAccount.AddAsync(arena.Host, RoleNames.Submitter), OpenArena.Slug, default));
        Assert.Null(await export.StartAsync(Guid.NewGuid(), OpenArena.Slug, default));
        Assert.Null(await export.StartAsync(await ApiAccount.AddAsync(arena.Host, RoleNames.Administrator), "nowhere", default));
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = arena.Host.Address };
        using var answer = await client.GetAsync($"/admin/arenas/{OpenArena.Slug}/ballots.jsonl");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static async Task<string> ExportAsync(OpenArena arena, Guid actor)
    {
        var export = arena.Host.Get<EvidenceExport>();
        using var stream = new MemoryStream();
        await export.WriteAsync((await export.StartAsync(actor, OpenArena.Slug, default))!, stream, default);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
