using System.Text.Json;
using Arena.Cli.Hosting;

namespace Arena.Tests.Cli.Rank;

/// <summary>Methods that read votes one after the other do so in the order of their times.</summary>
public sealed class RankOrderTests : IDisposable
{
    private readonly RankTestRun run = new();

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("elo")]
    [InlineData("elo-mmr")]
    [InlineData("weng-lin")]
    public async Task Times_OfAnyRows_GiveTheOrder(string method)
    {
        string[] rows = [.. RankSamples.Votes().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        string[] sorted = [rows[0], .. rows.Skip(1).OrderBy(r => r.Split(',')[4], StringComparer.Ordinal)];
        string shuffled = run.Write("shuffled.csv", string.Join('\n', rows)), inOrder = run.Write("sorted.csv", string.Join('\n', sorted));

        string[] byTime = await RatingsAsync(shuffled, method);
        Assert.Equal(await RatingsAsync(inOrder, method, "--time", "none"), byTime);
        Assert.NotEqual(await RatingsAsync(shuffled, method, "--time", "none"), byTime);
    }

    [Fact]
    public async Task Times_AsSecondsOrDates_GiveTheSame()
    {
        string dates = RankSamples.Votes();
        string seconds = string.Join('\n', dates.Split('\n').Select((row, k) => k == 0 || row.Length == 0 ? row.Replace("date", "tstamp", StringComparison.Ordinal) : Replaced(row)));

        Assert.Equal(await RatingsAsync(run.Write("a.csv", dates), "elo-mmr"), await RatingsAsync(run.Write("b.csv", seconds), "elo-mmr"));

        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", "b.csv", "--method", "elo"]));
        Assert.Contains("in the order of 'tstamp', from 2024-03-01 00:00 to 2024-03-28 00:00", run.Output, StringComparison.Ordinal);

        static string Replaced(string row)
        {
            string[] values = row.Split(',');
            values[4] = (DateTimeOffset.Parse(values[4] + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds() + 0.25).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return string.Join(',', values);
        }
    }

    [Fact]
    public async Task Output_OfASequentialMethod_SaysWhichOrder()
    {
        string file = run.Write("votes.csv", RankSamples.Votes());

        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", file, "--method", "elo"]));
        Assert.Contains("in the order of 'date', from 2024-03-01 to 2024-03-28", run.Output, StringComparison.Ordinal);
        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", file, "--method", "elo", "--time", "none"]));
        Assert.Contains("in the order of the file", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_ThatCannotBeRead_RefuseOnlyMethodsThatNeedThem()
    {
        string file = run.Write("votes.csv", RankSamples.Votes().Replace("2024-03-02", "3/2/24", StringComparison.Ordinal));

        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", file, "--method", "pl"]));
        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", file, "--method", "elo"]));
        Assert.Contains("the time '3/2/24' is neither a number nor a date", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dynamic_OverDays_HasPathsByPeriod()
    {
        JsonElement board = await run.JsonAsync("rank", run.Write("votes.csv", RankSamples.Votes()), "--method", "dynamic-bt", "--set", "Period=7");

        JsonElement[] paths = [.. board.GetProperty("tables").GetProperty("paths").EnumerateArray()];
        Assert.Equal(4 * 4, paths.Length); // four weeks of four entries
        Assert.All(paths, p => Assert.True(p.GetProperty("standard_error").GetDouble() > 0));
    }

    private async Task<string[]> RatingsAsync(string file, string method, params string[] more)
    {
        JsonElement board = await run.JsonAsync(["rank", file, "--method", method, .. more]);
        return [.. board.GetProperty("entries").EnumerateArray().Select(e => $"{e.GetProperty("name")} {e.GetProperty("rating").GetDouble():R}")];
    }
}
