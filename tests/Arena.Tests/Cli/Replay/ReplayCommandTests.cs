using System.Globalization;
using System.Text;
using Arena.Application.Leaderboards;
using Arena.Application.Voting;
using Arena.Cli.Hosting;
using Arena.Contracts.Suites;
using Arena.Data.Accounts;
using Arena.Data.Voting;
using Arena.Ranking;
using Arena.Ranking.Metrics;
using Arena.Tests.Support;
using Xunit.Abstractions;

namespace Arena.Tests.Cli.Replay;

[Collection(PostgresGroup.Name)]
public sealed class ReplayCommandTests(PostgresFixture postgres, ITestOutputHelper log) : IDisposable
{
    private const string Recorded = "votes";
    private static readonly string[] Fast = ["--Arena:Voting:RefitEvery=00:00:00.1"];

    private readonly TestFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public async Task Replay_FastChatBattles_InTimeOrderOnceWhateverIsRepeated()
    {
        await using var host = await TestArena.StartAsync(postgres, null, Fast);
        var file = Write("""
            {"model_a": "B/two", "model_b": "a one", "winner": "model_b", "judge": "ann", "tstamp": 1722223300.5}
            {"model_a": "a one", "model_b": "c", "winner": "tie (bothbad)", "judge": "bob", "tstamp": 1722223100}
            {"model_a": "a one", "model_b": "c", "winner": "tie", "judge": "arena_user_", "tstamp": 1722223200}
            {"model_a": "a one", "model_b": "c", "winner": "tie", "judge": "arena_user_", "tstamp": 1722223200}
            {"entries": ["c", "B/two", "a one"], "tiers": [[2], [0, 1]], "voter": "ann", "at": "2024-07-30T00:00:00Z"}
            """);

        Assert.Equal(CliExitCode.Done, await RunAsync(host, file));

        Assert.Contains("5 new (5 count), 0 stored before", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("2 of the votes do not say who voted", output.ToString(), StringComparison.Ordinal);
        Assert.Equal("{2,3,3,4,1}", await host.ScalarAsync("""
            select array_agg(case when extract(epoch from cast_at)::bigint = 1722223100 then 2 when extract(epoch from cast_at)::bigint = 1722223200 then 3
                when extract(epoch from cast_at)::bigint in (1722223300, 1722223301) then 4 else 1 end order by sequence)::text from ballots
            """));
        Assert.Equal(4L, await host.ScalarAsync("select count(distinct voter_id) from ballots"));
        Assert.Equal(1L, await host.ScalarAsync("select count(*) from ballots where all_bad"));

        Assert.Equal(CliExitCode.Done, await RunAsync(host, file));
        Assert.Contains("0 new (0 count), 5 stored before", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(5L, await host.ScalarAsync("select count(*) from ballots"));
        foreach (var page in (string[])[$"/leaderboards/{Recorded}", $"/arenas/{Recorded}", "/arenas", "/suites", "/entries", "/entries/votes-b-two", "/leaderboards", "/"])
        {
            using var answer = await host.Client.GetAsync(page);
            Assert.True(answer.IsSuccessStatusCode, $"{page}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Replay_Mistakes_AreToldByLineAndNothingIsStored()
    {
        await using var host = await TestArena.StartAsync(postgres);
        var file = Write("""
            {"model_a": "a", "model_b": "b", "winner": "model_a", "tstamp": 1722223300}
            {"model_a": "a", "model_b": "b", "winner": "model_c", "tstamp": 1722223300}
            {"model_a": "a", "model_b": "b", "winner": "model_a"}
            nonsense
            {"entries": ["a", "b"], "tiers": [["x"]], "at": "2024-07-30T00:00:00Z"}
            """);
        Assert.Equal(CliExitCode.Refused, await RunAsync(host, file));
        foreach (var part in (string[])["Line 2: 'winner' is", "Line 3: 'tstamp' is missing", "Line 4: this is no JSON", "Line 5: 'tiers' holds lists", "Nothing was sent: 4 lines"])
        {
            Assert.Contains(part, errors.ToString(), StringComparison.Ordinal);
        }

        file = Write("""
            {"model_a": "a", "model_b": "b", "winner": "model_a", "tstamp": 1722223300}
            {"model_a": "a", "model_b": "a", "winner": "model_a", "tstamp": 1722223300}
            {"entries": ["a", "b"], "tiers": [[0]], "at": "2024-07-30T00:00:00Z"}
            """);
        Assert.Equal(CliExitCode.Refused, await RunAsync(host, file));
        Assert.Contains("Line 2: It compares an entry with itself", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("Line 3: Every one of the 2 slots", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from ballots"));
    }

    [Fact]
    public async Task Replay_WithoutTheOperatorsToken_IsRefused()
    {
        await using var host = await TestArena.StartAsync(postgres);
        var file = Write("""{"model_a": "a", "model_b": "b", "winner": "model_a", "tstamp": 1722223300}""");

        Assert.Equal(CliExitCode.Failed, await RunAsync(host, file, token: "wrong"));
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from ballots"));
    }

    [SharedDataFact("votes/mteb_arena_retrieval_battles.json")]
    public async Task Replay_VotesOfTheMtebArena_ComeToThePublishedOrder()
    {
        await using var host = await TestArena.StartAsync(postgres, null, Fast);
        Assert.Equal(CliExitCode.Done, await RunAsync(host, SharedData.In("votes/mteb_arena_retrieval_battles.json")));
        Assert.Contains("1,670 new (1,670 count)", output.ToString(), StringComparison.Ordinal);

        var board = await BoardAsync(host, 1670);
        var published = (await File.ReadAllLinesAsync(SharedData.In("votes/mteb_arena_retrieval_leaderboard.csv"))).Skip(1)
            .Select(line => line.Split(',')).ToDictionary(cells => cells[0], cells => double.Parse(cells[2], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        var ours = board.Standings.ToDictionary(row => row.EntryName, row => row.Rating, StringComparer.Ordinal);
        Assert.Equal(published.Keys.Order(StringComparer.Ordinal), ours.Keys.Order(StringComparer.Ordinal));
        var names = published.Keys.ToArray();
        var tau = RankCorrelation.KendallTauB(names.Select(name => published[name]).ToArray(), names.Select(name => ours[name]).ToArray())!.Value;
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Kendall's tau-b against the published table: {tau:0.000} over {names.Length} models"));
        foreach (var row in board.Standings)
        {
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.EntryName,-50} {row.Rating,7:0.0} [{row.Low:0}, {row.High:0}] ranks {row.RankLow}-{row.RankHigh}; published {published[row.EntryName]:0.0}"));
        }

        Assert.True(tau > 0.98, $"tau-b is only {tau}"); // 1.000 when this was written
    }

    [Fact]
    public async Task Replay_TwentyThousandSimulatedVotes_GivesTheSnapshotOfTheBatchFit()
    {
        const int Votes = 20_000, Models = 10, Shown = 4;
        await using var host = await TestArena.StartAsync(postgres, null, Fast);
        var random = new Random(7);
        var builder = new BallotsBuilder(Models);
        var text = new StringBuilder();
        for (var i = 0; i < Votes; i++)
        {
            var shown = Enumerable.Range(0, Models).ToArray();
            random.Shuffle(shown);
            shown = shown[..Shown];
            var order = Enumerable.Range(0, Shown).OrderByDescending(slot => 0.2 * shown[slot] - Math.Log(-Math.Log(random.NextDouble()))).ToArray();
            text.Append(CultureInfo.InvariantCulture, $$"""{"entries": ["m{{shown[0]}}", "m{{shown[1]}}", "m{{shown[2]}}", "m{{shown[3]}}"], "tiers": [[{{order[0]}}], [{{order[1]}}], [{{order[2]}}], [{{order[3]}}]], "voter": "v{{i % 500}}", "at": "{{DateTimeOffset.UnixEpoch.AddSeconds(1.7e9 + i):O}}"}""").Append('\n');
            var ranks = new int[Shown];
            for (var place = 0; place < Shown; place++)
            {
                ranks[order[place]] = place + 1;
            }

            builder.AddRanks(shown, ranks, new BallotDetails(1, i % 500, -1, false));
        }

        Assert.Equal(CliExitCode.Done, await RunAsync(host, Write(text.ToString())));

        var board = await BoardAsync(host, Votes);
        var batch = PlackettLuce.Fit(builder.ToBallots(), host.Get<LiveArenas>().Method with { Confidence = 0.95 });
        foreach (var row in board.Standings)
        {
            var model = int.Parse(row.EntryName.AsSpan(1), CultureInfo.InvariantCulture);
            Assert.Equal(batch.Competitors[model].Rating, row.Rating, 1e-3);
            Assert.Equal(batch.Competitors[model].Low, row.Low, 1e-2);
            Assert.Equal(batch.Competitors[model].High, row.High, 1e-2);
        }
    }

    /// <summary>What a maintainer downloads goes in again with the same result, doubts and exclusions included.</summary>
    [Fact]
    public async Task Replay_OfAnExport_GivesTheSameRatings()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 4, OpenArena.Settings with { SlateSize = 3 }, "--Arena:Voting:BallotsPerVoterMinute=1000");
        foreach (var voter in Enumerable.Range(0, 4).Select(_ => OpenArena.NewVoter()))
        {
            for (var i = 0; i < 8; i++)
            {
                var input = OpenArena.InOrder(await arena.DrawAsync(voter));
                await arena.CastAsync(voter, i switch
                {
                    0 => new() { Token = input.Token, Form = BallotForm.Skip },
                    1 => input with { SecondsSpent = 0 },
                    2 => input with { Form = BallotForm.BestWorst },
                    3 => input with { Tiers = [input.Tiers[2], [input.Tiers[0][0], input.Tiers[1][0]]], AllBad = true },
                    _ => input,
                });
            }
        }

        var export = arena.Host.Get<EvidenceExport>();
        var path = folder.In("export.jsonl");
        await using (var stream = File.Create(path))
        {
            var content = await export.StartAsync(await ApiAccount.AddAsync(arena.Host, RoleNames.Maintainer), OpenArena.Slug, default);
            Assert.Equal(32, await export.WriteAsync(content!, stream, default));
        }

        Assert.Equal(CliExitCode.Done, await RunAsync(arena.Host, path));

        Assert.Contains("32 new (24 count)", output.ToString(), StringComparison.Ordinal);
        var catalog = arena.Host.Get<ArenaCatalog>();
        var (there, here) = ((await catalog.FindAsync(Recorded, default))!, await arena.ContentAsync());
        var (replayed, original) = ((await arena.Host.Get<LiveArenas>().NewestAsync(there, default)).State, (await arena.Host.Get<LiveArenas>().NewestAsync(here, default)).State);
        Assert.Equal((original.Counted, original.Pending, original.Excluded, original.Skipped, original.Voters), (replayed.Counted, replayed.Pending, replayed.Excluded, replayed.Skipped, replayed.Voters));
        Assert.Equal((24L, 4L, 4L), (original.Counted, original.Pending, original.Skipped));
        foreach (var contestant in here.Contestants)
        {
            Assert.Equal(original.Ratings[contestant.Ordinal], replayed.Ratings[there.Contestants.Single(other => other.Name == contestant.Name).Ordinal], 1e-3);
        }
    }

    private static async Task<MethodStandings> BoardAsync(TestArena host, int ballots)
    {
        LeaderboardView? board = null;
        Assert.True(await Eventually.IsTrueAsync(async () => (board = await host.Get<LeaderboardQueries>().FindAsync(Recorded, null, default))?.Content?.Votes?.Ballots == ballots, 60));
        return board!.Content!.Methods[0];
    }

    private string Write(string text)
    {
        var path = folder.In("votes.jsonl");
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<int> RunAsync(TestArena host, string file, string? token = null)
    {
        output.GetStringBuilder().Clear();
        errors.GetStringBuilder().Clear();
        var operators = token ?? await File.ReadAllTextAsync(Path.Combine(host.DataFolder, SuiteImport.TokenFileName));
        var surroundings = new CliSurroundings(name => name == SuiteImport.TokenVariable ? operators : null, folder.Path, output, errors);
        var code = await CliProgram.RunAsync(["replay", file, "--arena", Recorded, "--create", "--server", host.Address.ToString()], surroundings, default);
        log.WriteLine(output.ToString() + errors);
        return code;
    }
}
