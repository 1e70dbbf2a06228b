using System.Text.Json;
using Arena.Cli.Hosting;

namespace Arena.Tests.Cli.Rank;

/// <summary>Payoff tables in every layout.</summary>
public sealed class RankGameTests : IDisposable
{
    private readonly RankTestRun run = new();

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("m.csv", RankSamples.RockPaperScissors)]
    [InlineData("turned.csv", "against,scissors,rock,paper\npaper,-1,1,0\nscissors,0,-1,1\nrock,1,0,-1\n")]
    [InlineData("gaps.csv", "against,rock,paper,scissors\nrock,,-1,1\npaper,1,,-1\nscissors,-1,1,\n")]
    [InlineData("m.json", """{"strategies":["rock","paper","scissors"],"payoffs":[[0,-1,1],[1,0,-1],[-1,1,0]]}""")]
    [InlineData("list.csv", "strategy_1,strategy_2,payoff_1\nrock,paper,-1\nrock,scissors,1\npaper,rock,1\npaper,scissors,-1\nscissors,rock,-1\nscissors,paper,1\n")]
    public async Task Payoffs_OfOnePopulation_AreRankedByAlphaRank(string file, string text)
    {
        JsonElement board = await run.JsonAsync("rank", run.Write(file, text));

        Assert.Equal("alpha-rank", board.GetProperty("method").GetString());
        Assert.Equal(["paper", "rock", "scissors"], board.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        Assert.All(board.GetProperty("entries").EnumerateArray(), e => Assert.Equal(1.0 / 3, e.GetProperty("rating").GetDouble(), 9));
        Assert.Equal(3, Assert.Single(board.GetProperty("tables").GetProperty("cycles").EnumerateArray()).GetProperty("profiles").GetString()!.Split(" → ").Length);
    }

    [Theory]
    [InlineData("x,b,a\na,0.9,0.5\nb,0.5,0.1\n")]
    [InlineData("x,a,b\na,,0.9\nb,0.1,\n")]
    public async Task Payoffs_ColumnsTurnedOrDiagonalEmpty_AreTheSameGame(string text)
    {
        JsonElement plain = await run.JsonAsync("rank", run.Write("plain.csv", "x,a,b\na,0.5,0.9\nb,0.1,0.5\n"), "--method", "nash");
        JsonElement other = await run.JsonAsync("rank", run.Write("other.csv", text), "--method", "nash");

        Assert.Equal(0.5, plain.GetProperty("tables").GetProperty("payoffs")[0].GetProperty("payoff").GetDouble(), 9);
        Assert.Equal(plain.GetProperty("tables").ToString(), other.GetProperty("tables").ToString());
        Assert.Equal(plain.GetProperty("entries").ToString(), other.GetProperty("entries").ToString());
    }

    [Fact]
    public async Task Payoffs_WithoutHeadings_AreNumbered()
    {
        JsonElement table = await run.JsonAsync("rank", run.Write("m.txt", "0.5 0.9\n0.1 0.5\n"), "--method", "nash");
        JsonElement json = await run.JsonAsync("rank", run.Write("m.json", "[[0.5,0.9],[0.1,0.5]]"), "--method", "nash");

        Assert.Equal("1", table.GetProperty("entries")[0].GetProperty("name").GetString());
        Assert.Equal(json.GetProperty("entries").ToString(), table.GetProperty("entries").ToString());
    }

    [Theory]
    [InlineData("g.json", """{"populations":["player 1","player 2"],"strategies":[["up","down"],["left","right"]],"payoffs":[[[3,0],[5,1]],[[3,5],[0,1]]]}""")]
    [InlineData("g.csv", "strategy_1,strategy_2,payoff_1,payoff_2\nup,left,3,3\nup,right,0,5\ndown,left,5,0\ndown,right,1,1\n")]
    public async Task Payoffs_OfSeveralPopulations_HaveABoardEach(string file, string text)
    {
        run.Write(file, text);
        foreach (string method in (string[])["alpha-rank", "nash"])
        {
            JsonElement board = await run.JsonAsync("rank", file, "--method", method);

            string[] first = [.. board.GetProperty("entries").EnumerateArray().Where(e => e.GetProperty("position").GetInt32() == 1).Select(e => $"{e.GetProperty("population").GetString()}: {e.GetProperty("name").GetString()}")];
            Assert.Equal(["player 1: down", "player 2: right"], first);
        }

        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", file]));
        Assert.Contains("2 entries × 2 entries", run.Output, StringComparison.Ordinal);
        Assert.Contains("Better responses end in down/right.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payoffs_WithGames_GiveIntervals()
    {
        const string List = "strategy_1,strategy_2,payoff_1,games\na,b,0.8,500\nb,a,0.2,500\na,c,0.7,500\nc,a,0.3,500\nb,c,0.7,500\nc,b,0.3,500\n";

        JsonElement board = await run.JsonAsync("rank", run.Write("g.csv", List));

        Assert.Equal("PayoffBounds", board.GetProperty("intervals").GetString());
        Assert.Equal(1500, board.GetProperty("observations").GetInt32());
        Assert.Equal(1, board.GetProperty("entries")[0].GetProperty("low").GetDouble(), 9); // a stays on top whatever the games leave possible
    }

    [Fact]
    public async Task Payoffs_WithGaps_AreRefusedWithThoseToLeaveOut()
    {
        string file = run.Write("m.csv", "x,a,b,c\na,,0.5,0.2\nb,0.5,,\nc,0.8,,\n");

        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", file]));
        Assert.Contains("2 payoffs are missing, such as 'b' against 'c', 'c' against 'b'", run.Errors, StringComparison.Ordinal);
        Assert.Contains("Without 'b' the rest is whole", run.Errors, StringComparison.Ordinal);
        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", file, "--ignore", "b"]));
    }

    [Theory]
    [InlineData("""{"payoffs":[[0,1],[1]]}""", "its lists are not all of one length")]
    [InlineData("""{"payoffs":[[0,"x"],[1,0]]}""", "This is no table of payoffs")]
    [InlineData("""{"strategies":["a"],"payoff":[[0]]}""", "Payoffs have no 'payoff'. Did you mean 'payoffs'?")]
    [InlineData("""{"strategies":[["a","b"],["c"]],"payoffs":[[[1],[2]]]}""", "Give one nested list a population")]
    [InlineData("x,a,b\na,0,1\na,1,0\n", "the strategy 'a' has a row already")]
    [InlineData("x,a,b\na,0,y\nb,1,0\n", "line 2, column 'b': the payoff 'y' is no finite number")]
    [InlineData("strategy_1,strategy_2,payoff_1,payoff_2\na,b,1,2\na,b,2,1\n", "line 3: its profile has a row already")]
    [InlineData("strategy_1,strategy_2,strategy_3,payoff_1\na,b,c,1\n", "3 columns of strategies and 1 of payoffs")]
    public async Task Payoffs_Broken_AreRefusedWithTheReason(string text, string reason)
    {
        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", run.Write("input", text)]));

        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_OfPayoffs_ShowsTheSteps()
    {
        JsonElement board = await run.JsonAsync("rank", run.Write("m.csv", "x,a,b\na,0,1\nb,-1,0\n"), "--method", "alpha-rank-sweep");

        JsonElement[] steps = [.. board.GetProperty("tables").GetProperty("steps").EnumerateArray()];
        Assert.True(steps.Length > 5);
        Assert.True(steps[^1].GetProperty("a").GetDouble() > 0.999 && steps[0].GetProperty("a").GetDouble() < 0.999);
    }

    [Fact]
    public async Task Votes_AsGames_AreWinRates()
    {
        JsonElement nash = await run.JsonAsync("rank", run.Write("votes.csv", RankSamples.Votes()), "--method", "nash");

        Assert.Equal("ann", nash.GetProperty("entries")[0].GetProperty("name").GetString());
        Assert.Equal(CliExitCode.Refused, await run.RunAsync(["rank", run.Write("few.csv", "model_a,model_b,winner\na,b,model_a\nb,c,model_a\n"), "--method", "nash"]));
        Assert.Contains("'a' against 'c'", run.Errors, StringComparison.Ordinal);
    }
}
