using System.Globalization;
using System.Text.Json;
using Arena.Cli.Hosting;
using Arena.Ranking;

namespace Arena.Tests.Cli.Rank;

/// <summary>What results look like. Keys and columns are documented and stay.</summary>
public sealed class RankOutputTests : IDisposable
{
    private readonly RankTestRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Json_OfABoard_HasTheDocumentedKeys()
    {
        JsonElement board = await run.JsonAsync("rank", run.Write("votes.csv", RankSamples.Votes()), "--seed", "7");

        Assert.Equal(
            ["schema", "command", "version", "input", "method", "name", "options", "confidence", "intervals", "noIntervals", "observations", "discordant", "clusters", "oneObservationIs", "diagnostics", "notes", "coefficients", "tables", "entries"],
            Keys(board));
        Assert.Equal(["population", "position", "name", "rating", "low", "high", "standardError", "offset", "rankLow", "rankHigh", "observations", "discordant", "clusters"], Keys(board.GetProperty("entries")[0]));
        Assert.Equal(["converged", "iterations", "stopReason", "criticalValue"], Keys(board.GetProperty("diagnostics")));
        Assert.Equal(1, board.GetProperty("schema").GetInt32());
        Assert.Equal(7, board.GetProperty("options").GetProperty("Seed").GetInt32());
        JsonElement file = board.GetProperty("input")[0];
        Assert.Equal("votes.csv pairs 240 date", $"{file.GetProperty("name")} {file.GetProperty("layout")} {file.GetProperty("rows")} {file.GetProperty("columns").GetProperty("time")}");
    }

    [Fact]
    public async Task Csv_OfABoard_HasTheDocumentedColumns()
    {
        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", run.Write("votes.csv", RankSamples.Votes()), "--format", "csv"]));

        Assert.StartsWith("position,entry,rating,low,high,standard_error,rank_low,rank_high,observations,discordant,clusters,population\n1,ann,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CsvAndJson_OfABoard_AreTheLibrarysNumbers()
    {
        string[][] rows = [.. RankSamples.Votes().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];
        string[] names = ["ann", "bob", "cy", "dan"];
        var builder = new BallotsBuilder(names.Length);
        foreach (string[] row in rows)
        {
            builder.AddPair(Array.IndexOf(names, row[0]), Array.IndexOf(names, row[1]), row[2] switch { "model_a" => PairOutcome.FirstWins, "model_b" => PairOutcome.SecondWins, _ => PairOutcome.Tie });
        }

        Standings expected = BradleyTerry.Fit(builder.ToBallots());
        string file = run.Write("votes.csv", RankSamples.Votes());
        JsonElement[] entries = [.. (await run.JsonAsync("rank", file, "--cluster", "none")).GetProperty("entries").EnumerateArray()];
        await run.RunAsync(["rank", file, "--cluster", "none", "--format", "csv"]);
        string[][] lines = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];
        Assert.Equal((names.Length, names.Length), (entries.Length, lines.Length));
        for (int place = 0; place < names.Length; place++)
        {
            Standing c = expected.Competitors[expected.Order[place]];
            double[] numbers = [place + 1, c.Rating, c.Low, c.High, c.StandardError, c.RankLow, c.RankHigh, c.Evidence.Observations, c.Evidence.Discordant, c.Evidence.Clusters];
            JsonElement entry = entries[place];
            double[] json = [.. new[] { "position", "rating", "low", "high", "standardError", "rankLow", "rankHigh", "observations", "discordant", "clusters" }.Select(key => entry.GetProperty(key).GetDouble())];
            double[] csv = [.. lines[place].Where((_, column) => column is not (1 or 11)).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.Equal((names[c.Index], names[c.Index]), (entry.GetProperty("name").GetString(), lines[place][1]));
            Assert.All(numbers.Zip(json, csv), three => Assert.Equal((three.First, three.First), (three.Second, three.Third)));
        }
    }

    [Theory]
    [InlineData("elo")]
    [InlineData("borda")]
    public async Task Seed_TheSame_GivesTheSame(string method)
    {
        string file = run.Write("votes.csv", RankSamples.Votes());
        string[] args = ["rank", file, "--method", method, "--format", "csv", "--rounds", "50", "--seed"];
        await run.RunAsync([.. args, "3"]);
        string first = run.Output;
        await run.RunAsync([.. args, "3"]);
        Assert.Equal(first, run.Output);
        await run.RunAsync([.. args, "4"]);
        Assert.NotEqual(first, run.Output);
    }

    [Fact]
    public async Task Output_ToAFile_IsWholeOrNotAtAll()
    {
        string votes = run.Write("votes.csv", RankSamples.Votes());

        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", votes, "--output", "board.csv", "--format", "csv"]));
        Assert.Empty(run.Output);
        Assert.Equal(5, (await File.ReadAllLinesAsync(run.In("board.csv"))).Length);
        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", votes, "--output", "nowhere/board.csv"]));
        Assert.Contains("nowhere/board.csv cannot be written", run.Errors, StringComparison.Ordinal);
        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", run.Write("bad.csv", "x,y\n1,2\n"), "--output", "other.csv"]));
        Assert.False(File.Exists(run.In("other.csv")));
    }

    [Fact]
    public async Task Counted_OrHeld_GivesTheSame()
    {
        string votes = RankSamples.Votes().Replace("voter", "someone", StringComparison.Ordinal);
        JsonElement counted = await run.JsonAsync("rank", run.Write("votes.csv", votes));
        JsonElement held = await run.JsonAsync("rank", run.Write("prompts.csv", votes.Replace("someone", "prompt", StringComparison.Ordinal))); // 12 prompts make no clusters by themselves

        foreach ((JsonElement one, JsonElement other) in counted.GetProperty("entries").EnumerateArray().Zip(held.GetProperty("entries").EnumerateArray()))
        {
            Assert.All(Keys(one).Where(k => one.GetProperty(k).ValueKind == JsonValueKind.Number), k => Assert.Equal(other.GetProperty(k).GetDouble(), one.GetProperty(k).GetDouble(), 8));
        }
    }

    [Fact]
    public async Task Counted_WithWeights_GivesTheSame()
    {
        string votes = string.Join('\n', RankSamples.Votes().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((r, k) => $"{r},{(k == 0 ? "weight" : (k % 3).ToString(System.Globalization.CultureInfo.InvariantCulture))}"));
        run.Write("votes.csv", votes);

        Assert.Equal((await run.JsonAsync("rank", "votes.csv")).GetProperty("entries")[0].GetProperty("rating").GetDouble(), (await run.JsonAsync("rank", "votes.csv", "--cluster", "none")).GetProperty("entries")[0].GetProperty("rating").GetDouble(), 8);
    }

    [Fact]
    public async Task Help_OfRank_HasExamplesAndExitCodes()
    {
        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", "--help"]));

        Assert.Contains("arena rank compare votes.csv --methods bt,elo,kemeny", run.Output, StringComparison.Ordinal);
        Assert.Contains("130 interrupted", run.Output, StringComparison.Ordinal);
    }

    private static string[] Keys(JsonElement value) => [.. value.EnumerateObject().Select(p => p.Name)];
}
