using System.Text.Json;
using Arena.Cli.Hosting;

namespace Arena.Tests.Cli.Rank;

/// <summary>Methods side by side.</summary>
public sealed class RankCompareTests : IDisposable
{
    private const string Name = "a name that is as long as those of models on boards ";

    private readonly RankTestRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Table_OfAllMethods_FitsATerminal()
    {
        var random = new Random(3);
        string votes = run.Write("votes.csv", "model_a,model_b,winner\n" + string.Concat(Enumerable.Range(0, 150).Select(_ =>
            random.Next(9) is var a && (a + 1 + random.Next(8)) % 9 is var b ? $"{Name}{a},{Name}{b},model_{"ab"[random.Next(2)]}\n" : "")));

        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", "compare", votes]));

        string[] tables = [.. run.Output.Split('\n').TakeWhile(l => !l.StartsWith("Where", StringComparison.Ordinal) && !l.StartsWith("No method", StringComparison.Ordinal))];
        Assert.True(tables.Count(l => l.StartsWith("entry ", StringComparison.Ordinal)) > 1, "the places need more than one block here");
        Assert.All(tables, line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Table_OfOneOrder_SharesTheColumn()
    {
        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", "compare", run.Write("votes.csv", RankSamples.Votes()), "--methods", "bt,pl"]));

        Assert.Contains("   1  bt = pl\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Kendall", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_OfMethodsThatDisagree_NamesThePairs()
    {
        // b wins against c nearly always; most first places in small slates are c's, which plurality counts
        string rankings = "ranking\n" + string.Concat(Enumerable.Repeat("a>b>c>d\n", 40)) + string.Concat(Enumerable.Repeat("c>d\n", 60)) + string.Concat(Enumerable.Repeat("b>c\nd>a\n", 15)) + string.Concat(Enumerable.Repeat("b>a\nc>b\nd>c\n", 3));

        JsonElement result = await run.JsonAsync("rank", "compare", run.Write("rankings.csv", rankings), "--methods", "pl,plurality");

        JsonElement[] pairs = [.. result.GetProperty("disagreements").EnumerateArray()];
        Assert.Contains(pairs, p => p.GetProperty("better").GetString() == "b" && p.GetProperty("worse").GetString() == "c" && p.GetProperty("separating")[0].GetString() == "pl" && p.GetProperty("opposing")[0].GetString() == "plurality");
        double tau = result.GetProperty("kendallTauB")[0][1].GetDouble();
        Assert.Equal(tau, result.GetProperty("kendallTauB")[1][0].GetDouble());
        double[][] ratings = [.. result.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("ratings").EnumerateArray().Select(r => r.GetDouble()).ToArray())];
        (int First, int Second)[] signs = [.. ratings.SelectMany((a, i) => ratings.Skip(i + 1).Select(b => (Math.Sign(a[0] - b[0]), Math.Sign(a[1] - b[1]))))];
        Assert.Equal(signs.Sum(s => s.First * s.Second) / Math.Sqrt(signs.Sum(s => s.First * s.First) * signs.Sum(s => s.Second * s.Second)), tau, 1e-12);
        Assert.Equal(1, result.GetProperty("schema").GetInt32());
    }

    [Fact]
    public async Task Csv_OfTwoMethods_HasPlaceAndRatingOfEach()
    {
        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", "compare", run.Write("votes.csv", RankSamples.Votes()), "--methods", "bt,borda", "--format", "csv"]));

        Assert.StartsWith("entry,bt_place,bt_rating,borda_place,borda_rating\nann,1,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Methods_ThatCannotRank_SayWhy()
    {
        string votes = "model_a,model_b,winner\nann,bob,model_a\nann,bob,model_a\n";

        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", "compare", run.Write("votes.csv", votes), "--methods", "bt,borda"]));

        Assert.Contains("bt did not rank: Some entries beat others every time", run.Output, StringComparison.Ordinal);
    }
}
