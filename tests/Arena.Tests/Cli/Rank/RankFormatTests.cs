using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Arena.Cli.Hosting;
using DuckDB.NET.Data;

namespace Arena.Tests.Cli.Rank;

/// <summary>The same votes in every format and layout give the same board.</summary>
public sealed class RankFormatTests : IDisposable
{
    private const string Votes = """
        model_a,model_b,winner
        ann,bob,model_a
        ann,bob,model_a
        ann,bob,model_b
        bob,cy,model_a
        cy,bob,model_b
        bob,cy,model_b
        ann,cy,tie
        cy,ann,tie (bothbad)
        ann,cy,model_a
        """;

    private readonly RankTestRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Csv_FastChatColumns_AreRanked()
    {
        Assert.Equal(["ann", "bob", "cy"], await OrderAsync(run.Write("votes.csv", Votes)));
    }

    [Fact]
    public async Task StandardInput_Dash_IsRead()
    {
        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", "-", "--method", "bt", "--format", "csv"], Votes));

        string expected = run.Output;
        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", run.Write("votes.csv", Votes), "--method", "bt", "--format", "csv"]));
        Assert.Equal(expected, run.Output);
    }

    [Theory]
    [InlineData(',')]
    [InlineData('\t')]
    [InlineData(';')]
    [InlineData('|')]
    public async Task Csv_OtherSeparator_GivesTheSame(char separator)
    {
        Assert.Equal(await RatingsAsync(run.Write("a.csv", Votes)), await RatingsAsync(run.Write("b.csv", Votes.Replace(',', separator))));
    }

    [Fact]
    public async Task Csv_WindowsLineEndsAndMarkAndQuotes_GivesTheSame()
    {
        string quoted = "\uFEFF" + Votes.Replace("ann", "\"ann\"").Replace("\n", "\r\n\r\n");

        Assert.Equal(await RatingsAsync(run.Write("a.csv", Votes)), await RatingsAsync(run.Write("b.csv", quoted)));
    }

    [Fact]
    public async Task Csv_NameWithSeparatorQuoteAndLineEnd_IsOneName()
    {
        const string Name = "a \"b\",\nc";
        string text = Votes.Replace("ann", "\"a \"\"b\"\",\nc\"");

        Assert.Equal([Name, "bob", "cy"], await OrderAsync(run.Write("votes.csv", text)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Json_LinesOrArray_GiveTheSame(bool array)
    {
        string[] objects = [.. Rows().Select(r => JsonSerializer.Serialize(new { tstamp = 1, winner = r[2], model_b = r[1], model_a = r[0], turn = (int?)null, tags = new[] { "x" } }))];
        string text = array ? "[\n" + string.Join(",\n", objects) + "]" : string.Join("\n", objects) + "\n\n";

        Assert.Equal(await RatingsAsync(run.Write("a.csv", Votes)), await RatingsAsync(run.Write("b", text)));
    }

    [Fact]
    public async Task Gzip_OfAnything_IsReadThrough()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Votes));
        }

        Assert.Equal(await RatingsAsync(run.Write("a.csv", Votes)), await RatingsAsync(run.Write("b.gz", packed.ToArray())));
    }

    [Fact]
    public async Task Parquet_OfTheSameRows_GivesTheSame()
    {
        string csv = run.Write("a.csv", Votes);
        await using (var connection = new DuckDBConnection("DataSource=:memory:"))
        {
            await connection.OpenAsync();
            await using DuckDBCommand copy = connection.CreateCommand();
            copy.CommandText = $"COPY (SELECT *, [1, 2] AS list, 3.5 AS number FROM read_csv('{run.In("a.csv")}')) TO '{run.In("b.parquet")}' (FORMAT parquet)";
            await copy.ExecuteNonQueryAsync();
        }

        Assert.Equal(await RatingsAsync(csv), await RatingsAsync("b.parquet"));
    }

    [Fact]
    public async Task Columns_Named_AreTaken()
    {
        string renamed = Votes.Replace("model_a,model_b,winner", "x,y,z");

        Assert.Equal(await RatingsAsync(run.Write("a.csv", Votes)), await RatingsAsync(run.Write("b.csv", renamed), "--columns", "a=x,b=y", "--columns", "winner=z"));
    }

    [Fact]
    public async Task Winner_AsNameOrLoser_GivesTheSame()
    {
        string[][] decided = [.. Rows().Where(r => !r[2].StartsWith("tie", StringComparison.Ordinal))];
        string words = "model_a,model_b,winner\n" + string.Join("\n", decided.Select(r => string.Join(',', r)));
        string names = "model_a,model_b,winner\n" + string.Join("\n", decided.Select(r => $"{r[0]},{r[1]},{Winner(r)}"));
        string losers = "winner,loser\n" + string.Join("\n", decided.Select(r => $"{Winner(r)},{(Winner(r) == r[0] ? r[1] : r[0])}"));

        var expected = await RatingsAsync(run.Write("a.csv", words));
        Assert.Equal(expected, await RatingsAsync(run.Write("b.csv", names)));
        Assert.Equal(expected, await RatingsAsync(run.Write("c.csv", losers)));
    }

    [Fact]
    public async Task Scores_LongAndWide_GiveTheSame()
    {
        string[] entries = ["ann", "bob", "cy"];
        int[][] right = [[1, 1, 1, 0, 1, 1], [1, 0, 1, 0, 1, 0], [0, 0, 1, 0, 0, 1]];
        string tall = "entry,sample,score\n" + string.Join("\n", entries.SelectMany((e, i) => right[i].Select((r, s) => $"{e},s{s},{r}")));
        string rows = "model,s0,s1,s2,s3,s4,s5\n" + string.Join("\n", entries.Select((e, i) => $"{e},{string.Join(',', right[i])}"));
        string columns = "sample," + string.Join(',', entries) + "\n" + string.Join("\n", Enumerable.Range(0, 6).Select(s => $"s{s},{right[0][s]},{right[1][s]},{right[2][s]}"));

        var expected = await RatingsAsync(run.Write("a.csv", tall), "--method", "mean");
        Assert.Equal(5.0 / 6, expected["ann"], 6);
        Assert.Equal(expected, await RatingsAsync(run.Write("b.csv", rows), "--method", "mean"));
        Assert.Equal(expected, await RatingsAsync(run.Write("c.csv", columns), "--method", "mean"));
    }

    [Fact]
    public async Task Scores_MissingAndLowerIsBetter_AreHeeded()
    {
        string file = run.Write("seconds.csv", "model,s1,s2,s3\nslow,4,5,\nquick,1,NaN,2\n");

        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", file, "--lower-is-better", "--format", "csv"]));

        Assert.Equal("quick", run.Output.Split('\n')[1].Split(',')[1]);
        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", file, "--lower-is-better"]));
        Assert.Contains("2 scores are missing", run.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string[]> Rows() => Votes.Split('\n').Skip(1).Select(line => line.Trim().Split(','));

    private static string Winner(string[] row) => row[2] == "model_a" ? row[0] : row[1];

    private async Task<string[]> OrderAsync(string file)
    {
        using JsonDocument board = await BoardAsync(file, []);
        return [.. board.RootElement.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("name").GetString()!)];
    }

    private async Task<Dictionary<string, double>> RatingsAsync(string file, params string[] options)
    {
        using JsonDocument board = await BoardAsync(file, options);
        return board.RootElement.GetProperty("entries").EnumerateArray().ToDictionary(e => e.GetProperty("name").GetString()!, e => e.GetProperty("rating").GetDouble());
    }

    private async Task<JsonDocument> BoardAsync(string file, string[] options)
    {
        int code = await run.RunAsync(["rank", file, "--format", "json", .. options]);
        Assert.True(code == CliExitCode.Done, run.Errors);
        Assert.Empty(run.Errors);
        return JsonDocument.Parse(run.Output);
    }
}
