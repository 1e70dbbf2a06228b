using Arena.Application.Notices;
using Arena.Application.Suites;
using Arena.Tests.Support;
using Npgsql;

namespace Arena.Tests.Application.Notices;

[Collection(PostgresGroup.Name)]
public sealed class NoticeTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Take_ManyWordsOnOneBoard_ComeAsOneWithTheNewestVersion()
    {
        using var board = new NoticeBoard();
        board.Changed("a", 3);
        board.Changed("a", 7);
        board.Changed("a", 5);
        board.Changed("b", 0);
        Assert.Equal([("a", 7L), ("b", 0L)], (await board.TakeAsync(default)).OrderBy(word => word.Board, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Evaluation_ManyJobs_FarFewerNoticesThanJobs()
    {
        await using var arena = await TestArena.StartAsync(postgres, null, "--Arena:Workers:ShardSamples=1");
        await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(baselines: 8), "test", default);
        var heard = new List<string>();
        await using var connection = await arena.Database.OpenConnectionAsync();
        connection.Notification += (_, notice) => heard.Add(notice.Payload);
        await using (var listen = new NpgsqlCommand("listen arena_boards", connection))
        {
            await listen.ExecuteNonQueryAsync();
        }

        using var worker = await TestWorker.StartAsync(arena);
        var jobs = 0;
        while (await worker.AcquireAsync() is { } run)
        {
            foreach (var job in run.Jobs)
            {
                await worker.DoAsync(job, ordinal => ordinal % 2);
                jobs++;
            }
        }

        while (await connection.WaitAsync(TimeSpan.FromSeconds(2)))
        {
            // take in what was sent until nothing more comes
        }

        Assert.Equal(8 * TinySuite.Samples, jobs);
        Assert.NotEmpty(heard);
        Assert.All(heard, notice => Assert.Contains("\"board\":\"tiny\"", notice, StringComparison.Ordinal));
        Assert.True(heard.Count < jobs, $"{heard.Count} notices for {jobs} jobs: a NOTIFY inside the transactions would send at least one each");
    }
}
