using System.Reflection;
using System.Text.Json;
using Arena.Cli.Hosting;
using Arena.Cli.Rank.Methods;
using Arena.Ranking;

namespace Arena.Tests.Cli.Rank;

/// <summary>Every estimator of the library can be reached.</summary>
public sealed class RankMethodTests : IDisposable
{
    /// <summary>Types of the library that make standings and are no method of the command line, each with the reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        [nameof(BallotBootstrap)] = "draws the intervals of other methods: --intervals bootstrap",
        [nameof(InverseProbability)] = "checks a fit against logged probabilities of slates, which files of votes do not hold",
    };

    private readonly RankTestRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Methods_AllOnSamples_ReachEveryEstimatorOfTheLibrary()
    {
        run.Write("votes.csv", RankSamples.Votes());
        run.Write("more.csv", RankSamples.Votes(seed: 7));
        run.Write("scores.csv", RankSamples.Scores());
        run.Write("payoffs.csv", RankSamples.RockPaperScissors);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        foreach (RankMethod method in RankMethods.All)
        {
            reached.Add((await run.JsonAsync(["rank", .. Sample(method), "--method", method.Name, "--rounds", "20"])).GetProperty("method").GetString()!);
        }

        string[] expected = [.. Estimators().SelectMany(Names)];
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Order(StringComparer.Ordinal), reached.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Estimators_WithoutAName_AreExceptionsWithAReason()
    {
        string[] nameless = [.. Estimators().Where(t => !Names(t).Any()).Select(t => t.Name)];

        Assert.Equal(Exceptions.Keys.Order(StringComparer.Ordinal), nameless.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_OfAllMethods_AreDifferent()
    {
        string[] names = [.. RankMethods.All.SelectMany(m => (string[])[m.Name, .. m.Aliases])];

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task Methods_Listed_NameAllAndOnesOptions()
    {
        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", "methods"]));
        Assert.All(RankMethods.All, m => Assert.Contains($"\n{m.Name} ", "\n" + run.Output, StringComparison.Ordinal));

        Assert.Equal(CliExitCode.Done, await run.RunAsync(["rank", "methods", "elo"]));
        Assert.Matches("(?m)^K +4 +a number$", run.Output);
    }

    [Fact]
    public async Task Set_AnOption_ChangesTheFit()
    {
        string file = run.Write("votes.csv", RankSamples.Votes());
        var slow = await run.JsonAsync("rank", file, "--method", "elo");
        var fast = await run.JsonAsync("rank", file, "--method", "elo", "--set", "k=32");

        Assert.Equal(4, slow.GetProperty("options").GetProperty("K").GetDouble());
        Assert.Equal(32, fast.GetProperty("options").GetProperty("K").GetDouble());
        Assert.NotEqual(slow.GetProperty("entries")[0].GetProperty("rating").GetDouble(), fast.GetProperty("entries")[0].GetProperty("rating").GetDouble());
    }

    [Theory]
    [InlineData("bt", "rao-kupper", "rao-kupper")]
    [InlineData("bt", "davidson", "davidson")]
    [InlineData("pl", "davidson-luce", "plackett-luce")]
    [InlineData("auto", "davidson-luce", "plackett-luce")]
    public async Task Ties_AsAModel_HaveAParameter(string method, string ties, string expected)
    {
        JsonElement board = await run.JsonAsync("rank", run.Write("votes.csv", RankSamples.Votes()), "--method", method, "--ties", ties);

        Assert.Equal(expected, board.GetProperty("method").GetString());
        Assert.NotEmpty(board.GetProperty("coefficients").EnumerateArray());
    }

    [Fact]
    public async Task NoIntervals_AnyMethod_SaysWhy()
    {
        run.Write("votes.csv", RankSamples.Votes());
        run.Write("more.csv", RankSamples.Votes(seed: 7));
        run.Write("scores.csv", RankSamples.Scores());
        run.Write("payoffs.csv", RankSamples.RockPaperScissors);
        foreach (RankMethod method in RankMethods.All)
        {
            string[] args = ["rank", .. Sample(method), "--method", method.Name, "--rounds", "20"];
            JsonElement board = await run.JsonAsync(args);
            string? reason = board.GetProperty("noIntervals").GetString();
            Assert.True(reason is { Length: > 0 } == (board.GetProperty("intervals").GetString() == "None"), method.Name);

            Assert.Equal(CliExitCode.Done, await run.RunAsync(args));
            Assert.Contains(reason is null ? "% intervals (" : $"No intervals: {reason}", run.Output, StringComparison.Ordinal);
        }
    }

    /// <summary>Static types with a method that returns standings or a result that holds some.</summary>
    private static IEnumerable<Type> Estimators() => typeof(BradleyTerry).Assembly.GetExportedTypes()
        .Where(t => t is { IsAbstract: true, IsSealed: true } && t.GetMethods(BindingFlags.Public | BindingFlags.Static).Any(m => MakesStandings(m.ReturnType)));

    private static bool MakesStandings(Type type) => type == typeof(Standings) || Array.Exists(type.GetProperties(), p => p.PropertyType == typeof(Standings) || p.PropertyType == typeof(IReadOnlyList<Standings>));

    private static IEnumerable<string> Names(Type estimator) => estimator.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.IsLiteral && f.Name.EndsWith("Name", StringComparison.Ordinal))
        .Select(f => (string)f.GetRawConstantValue()!);

    private static string[] Sample(RankMethod method) => method.Input switch
    {
        _ when method.Input.HasFlag(MethodInput.Sources) => ["votes.csv", "more.csv"],
        _ when method.Input.HasFlag(MethodInput.Payoffs) => ["payoffs.csv"],
        _ when method.Defaults is ContextualBradleyTerryOptions => ["votes.csv", "--covariates", "length=len_a/len_b"],
        _ when method.Input.HasFlag(MethodInput.Votes) => ["votes.csv"],
        _ when method.Name == Borda.TwoLevelName => ["scores.csv", "--metrics", "score,speed"],
        _ => ["scores.csv"],
    };
}
