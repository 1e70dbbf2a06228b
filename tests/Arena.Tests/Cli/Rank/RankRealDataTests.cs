using System.Text.Json;
using Arena.Cli.Hosting;
using Arena.Tests.Support;

namespace Arena.Tests.Cli.Rank;

/// <summary>Other people's files as they are.</summary>
public sealed class RankRealDataTests : IDisposable
{
    private readonly RankTestRun run = new();

    public void Dispose() => run.Dispose();

    [SharedDataFact("votes")]
    public async Task Votes_OfARetrievalArena_AreRankedWithTiesAndBothBad()
    {
        using JsonDocument board = await BoardAsync(SharedData.In("votes/mteb_arena_retrieval_battles.json"));

        Assert.Equal("bradley-terry", board.RootElement.GetProperty("method").GetString());
        Assert.Equal(1670, board.RootElement.GetProperty("observations").GetInt32());
        Assert.Equal(442 + 441, board.RootElement.GetProperty("discordant").GetInt32());
        Assert.Equal(15, board.RootElement.GetProperty("entries").GetArrayLength());
    }

    [SharedDataFact("votes")]
    public async Task Votes_InAGzipOfPreferences_SkipTheOnesAgainstItself()
    {
        string file = SharedData.In("votes/alpacaeval_judgements.jsonl.gz");

        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", file]));
        Assert.Contains("compares 'gpt4_1106_preview' with itself", run.Errors, StringComparison.Ordinal);
        using JsonDocument board = await BoardAsync(file, "--skip-bad-rows");
        Assert.Equal(2400, board.RootElement.GetProperty("observations").GetInt32());
    }

    [SharedDataFact("rankings")]
    public async Task Races_OneRowAPlace_BecomeRankings()
    {
        using JsonDocument board = await BoardAsync(SharedData.In("rankings/nascar2002.txt"));

        Assert.Equal("plackett-luce", board.RootElement.GetProperty("method").GetString());
        Assert.Equal(36, board.RootElement.GetProperty("observations").GetInt32());
        Assert.Equal(83, board.RootElement.GetProperty("entries").GetArrayLength());
    }

    [SharedDataFact("multitask")]
    public async Task Scores_OfACompetition_AreReadWithColumnsNamed()
    {
        using JsonDocument board = await BoardAsync(SharedData.In("multitask/summeval.csv"), "--columns", "entry=Utterance,sample=System,score=H:coherence");

        Assert.Equal("mean-score", board.RootElement.GetProperty("method").GetString());
        Assert.Equal(16, board.RootElement.GetProperty("entries").GetArrayLength());
        Assert.Equal(100, board.RootElement.GetProperty("observations").GetInt32());
    }

    [SharedDataFact("votes")]
    public async Task Compare_MethodsOnRealVotes_AgreesMostly()
    {
        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", "compare", SharedData.In("votes/mteb_arena_retrieval_battles.json"), "--methods", "bt,pl,borda", "--format", "json"]));

        using JsonDocument result = JsonDocument.Parse(run.Output);
        JsonElement tau = result.RootElement.GetProperty("kendallTauB");
        Assert.Equal(1, tau[0][1].GetDouble(), 6); // Plackett–Luce of two is Bradley–Terry
        Assert.InRange(tau[0][2].GetDouble(), 0.7, 1);
        Assert.Equal(15, result.RootElement.GetProperty("entries").GetArrayLength());
    }

    private async Task<JsonDocument> BoardAsync(string file, params string[] options)
    {
        int code = await run.RunAsync(["rank", file, "--format", "json", .. options]);
        Assert.True(code == CliExitCode.Done, run.Errors);
        return JsonDocument.Parse(run.Output);
    }
}
