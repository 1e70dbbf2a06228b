using System.Text.Json;
using Arena.Cli.Hosting;

namespace Arena.Tests.Cli.Rank;

/// <summary>Votes from several sources, what swayed them, and several metrics.</summary>
public sealed class RankSourceTests : IDisposable
{
    private readonly RankTestRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Sources_ThatAgree_AreMixedWithTheirTest()
    {
        JsonElement board = await run.JsonAsync("rank", run.Write("a.csv", RankSamples.Votes()), run.Write("b.csv", RankSamples.Votes(seed: 7)), "--source-weights", "b.csv=0.5");

        Assert.Equal("mixed-sources", board.GetProperty("method").GetString());
        JsonElement[] sources = [.. board.GetProperty("tables").GetProperty("sources").EnumerateArray()];
        Assert.Equal([1, 0.5], sources.Select(s => s.GetProperty("weight").GetDouble()));
        Assert.InRange(board.GetProperty("tables").GetProperty("disagreement")[0].GetProperty("p").GetDouble(), 0.01, 1);
    }

    [Fact]
    public async Task Sources_ThatDisagree_AreRefusedUnlessTold()
    {
        string a = run.Write("a.csv", RankSamples.Votes()), b = run.Write("b.csv", RankSamples.Votes(spread: -0.6));

        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", a, b]));
        Assert.Contains("The sources disagree by more than chance", run.Errors, StringComparison.Ordinal);
        JsonElement board = await run.JsonAsync("rank", a, b, "--set", "CombineDespiteDisagreement=true");
        Assert.Contains("an average of different things", board.GetProperty("notes").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_InAColumn_AreNeverPooledInSilence()
    {
        string[] rows = RankSamples.Votes().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string file = run.Write("votes.csv", string.Join('\n', rows.Select((r, k) => $"{r},{(k == 0 ? "arm" : k % 2 == 0 ? "human" : "judge")}")));

        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", file, "--columns", "source=arm", "--method", "bt"]));
        Assert.Contains("bt would pool them by count", run.Errors, StringComparison.Ordinal);
        JsonElement board = await run.JsonAsync("rank", file, "--columns", "source=arm");
        Assert.Equal(["judge", "human"], board.GetProperty("tables").GetProperty("sources").EnumerateArray().Select(s => s.GetProperty("source").GetString()));
    }

    [Fact]
    public async Task Sources_OfOtherEntries_AreMixedOnThoseTheyShare()
    {
        string more = RankSamples.Votes(seed: 7).Replace("dan", "eve", StringComparison.Ordinal);

        JsonElement board = await run.JsonAsync("rank", run.Write("a.csv", RankSamples.Votes()), run.Write("b.csv", more));

        Assert.Equal(["ann", "bob", "cy"], board.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        Assert.Contains("left out here: eve", board.GetProperty("notes").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_SeveralFilesForAnotherMethod_AreRefused()
    {
        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", run.Write("a.csv", RankSamples.Votes()), run.Write("b.csv", RankSamples.Votes(seed: 7)), "--method", "bt"]));

        Assert.Contains("bt ranks one source", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Covariates_Named_AreCoefficients()
    {
        string file = run.Write("votes.csv", RankSamples.Votes());

        JsonElement board = await run.JsonAsync("rank", file, "--covariates", "length=len_a/len_b,len_a,position");
        Assert.Equal("contextual-bradley-terry", board.GetProperty("method").GetString());
        Assert.Equal(["length", "len_a", "position"], board.GetProperty("coefficients").EnumerateArray().Select(c => c.GetProperty("name").GetString()));

        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", file, "--covariates", "len_c"]));
        Assert.Contains("There is no column 'len_c' for a covariate. Did you mean 'len_a'?", run.Errors, StringComparison.Ordinal);
        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", file, "--covariates", "len_a", "--method", "bt"]));
        Assert.Contains("--covariates mean nothing to bt", run.Errors, StringComparison.Ordinal);
        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", file, "--covariates", "date"]));
        Assert.Contains("line 2, column 'date': the covariate '2024-03-01' is no finite number", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PositionBias_OfChoices_FollowsTheOrderShown()
    {
        // the first shown is chosen twice as often, whoever it is
        string[] entries = ["a", "b", "c"];
        string rows = string.Concat(Enumerable.Range(0, 120).Select(k => $"{entries[(k + (k % 4 < 2 ? 0 : k % 4 - 1)) % 3]},{entries[k % 3]}|{entries[(k + 1) % 3]}|{entries[(k + 2) % 3]}\n"));

        JsonElement board = await run.JsonAsync("rank", run.Write("choices.csv", "best,shown\n" + rows), "--method", "position-bias");

        double[] slots = [.. board.GetProperty("coefficients").EnumerateArray().Select(c => c.GetProperty("value").GetDouble())];
        Assert.Equal(3, slots.Length);
        Assert.True(slots[0] > 1.4 && slots[1] < 1 && slots[2] < 1, string.Join(' ', slots));
    }

    [Fact]
    public async Task Rankings_AsPlacesOfThoseShown_AreRead()
    {
        const string Lists = "{\"generations\":[\"x\",\"y\",\"z\"],\"ranking\":[2,1,2]}\n{\"generations\":[\"x\",\"y\",\"z\"],\"ranking\":[1,2,3]}\n";
        JsonElement places = await run.JsonAsync("rank", run.Write("places.jsonl", Lists), "--method", "borda");
        JsonElement names = await run.JsonAsync("rank", run.Write("names.csv", "ranking\ny>x=z\nx>y>z\n"), "--method", "borda");

        Assert.Equal(names.GetProperty("entries").ToString(), places.GetProperty("entries").ToString());
    }

    [Fact]
    public async Task Metrics_Named_AreRankedTogetherAndApart()
    {
        string file = run.Write("scores.csv", RankSamples.Scores());

        JsonElement together = await run.JsonAsync("rank", file, "--metrics", "score,speed", "--method", "bt");
        Assert.Equal(120, together.GetProperty("observations").GetInt32());
        JsonElement apart = await run.JsonAsync("rank", file, "--metrics", "score,speed", "--method", "borda-two-level");
        Assert.Equal(60, apart.GetProperty("observations").GetInt32());
        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", file, "--metrics", "score,speed", "--method", "mean"]));
        Assert.Contains("on different scales", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reliability_OfASingleVoter_IsRefused()
    {
        string votes = string.Join('\n', RankSamples.Votes().Split('\n').Select((r, k) => k == 0 || r.Length == 0 ? r : string.Join(',', r.Split(',').Select((v, c) => c == 3 ? "one" : v))));

        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", run.Write("votes.csv", votes), "--method", "reliability"]));
        Assert.Contains("one voter only", run.Errors, StringComparison.Ordinal);
    }
}
