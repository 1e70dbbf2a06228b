using System.Text.Json;
using Arena.Application.Suites;
using Arena.Application.Voting;
using Arena.Data.Runs;
using Arena.Data.Voting;
using Arena.Evaluation.Families;
using Arena.Evaluation.Suites;
using Arena.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Arena.Tests.Application.Predictions;

/// <summary>The arena of texts that comes with Arena: open after the import, without any worker.</summary>
[Collection(PostgresGroup.Name)]
public sealed class SummariesArenaTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Import_Summaries_OpensAnArenaWhereTextsAreVotedOn()
    {
        await using var host = await TestArena.StartAsync(postgres);
        var folder = Path.Combine(RepositoryFolder.Path, "eval-suites", "summaries");
        await host.Get<SuiteImporter>().ImportAsync(Assert.IsType<SuiteLoad.Loaded>(SuiteFolder.Load(folder)).Suite, "test", default);
        await using (var context = await host.OpenAsync())
        {
            Assert.Equal(9, await context.Runs.CountAsync(run => run.State == RunState.Finished));
            Assert.Equal((ArenaState.Open, 2), await context.VotingArenas.Select(arena => new ValueTuple<ArenaState, int>(arena.State, arena.SlateSize)).SingleAsync());
        }

        var voter = OpenArena.NewVoter();
        var drawn = Assert.IsType<DrawResult.Drawn>(await host.Get<BattleDrawer>().DrawAsync("summaries", voter, default));
        var arena = (await host.Get<ArenaCatalog>().FindAsync("summaries", default))!;
        var passage = Assert.IsType<ShownContent.Text>(await host.Get<BattleOutputs>().InputAsync(arena, drawn.Battle.Battle.Samples[0], default));
        Assert.Equal(2, drawn.Battle.Battle.Slots.Length);
        for (var slot = 0; slot < 2; slot++)
        {
            var summary = Assert.IsType<ShownContent.Text>(await host.Get<BattleOutputs>().OutputAsync(arena, drawn.Battle.Battle.Slots[slot], drawn.Battle.Battle.Samples[slot], default));
            Assert.All(summary.Markdown.Split(". ", StringSplitOptions.RemoveEmptyEntries), sentence => Assert.Contains(sentence, passage.Markdown, StringComparison.Ordinal));
        }

        var cast = await host.Get<BallotCasting>().CastAsync(OpenArena.InOrder(drawn), voter, new(BallotSource.Page, "192.0.2.0/24"), default);
        Assert.IsType<CastResult.Accepted>(cast);
        Assert.Equal(1L, await host.ScalarAsync("select count(*) from ballots"));

        // the voting page gives the cookie, and shows the first battle itself
        Assert.Contains("\"kind\":\"text\"", await host.Client.GetStringAsync(new Uri("/arenas/summaries", UriKind.Relative)), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/arenas/summaries/battles") { Headers = { { "Sec-Fetch-Site", "same-origin" } } };
        using var answer = await host.Client.SendAsync(request);
        var battle = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        Assert.Equal(["text", "text"], battle.GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("output").GetProperty("kind").GetString()));
        Assert.StartsWith("<p>", battle.GetProperty("input").GetProperty("html").GetString(), StringComparison.Ordinal);
    }
}
