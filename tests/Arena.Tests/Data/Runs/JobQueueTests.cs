using Arena.Application.Suites;
using Arena.Application.Workers;
using Arena.Data.Ids;
using Arena.Data.Runs;
using Arena.Tests.Support;
using Npgsql;

namespace Arena.Tests.Data.Runs;

[Collection(PostgresGroup.Name)]
public sealed class JobQueueTests(PostgresFixture postgres)
{
    private static readonly string[] Cpu = ["cpu"];

    [Fact]
    public async Task Acquire_JobsOfTwoRuns_LeasesOneRunOnly()
    {
        await using var arena = await WithTinySuiteAsync(shard: 2);
        var worker = await IssueAsync(arena);
        var leases = await arena.Get<JobQueue>().AcquireAsync(worker, Cpu, 32, 60, default);
        Assert.Equal(4, leases.Count);
        Assert.Single(leases.Select(lease => lease.RunId).Distinct());
        Assert.Equal([0, 2, 4, 6], leases.Select(lease => lease.FirstOrdinal));
        Assert.All(leases, lease => Assert.Equal(1, lease.Attempt));
    }

    [Fact]
    public async Task Acquire_ManyAtOnce_NoJobIsLeasedTwice()
    {
        await using var arena = await WithTinySuiteAsync(shard: 1);
        var queue = arena.Get<JobQueue>();
        var leased = new List<long>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var worker = await IssueAsync(arena);
            for (IReadOnlyList<LeasedJob> leases; (leases = await queue.AcquireAsync(worker, Cpu, 1, 60, default)).Count > 0;)
            {
                lock (leased)
                {
                    leased.AddRange(leases.Select(lease => lease.Id));
                }
            }
        }));
        Assert.Equal(2 * TinySuite.Samples, leased.Count);
        Assert.Equal(leased.Count, leased.Distinct().Count());
    }

    [Fact]
    public async Task Acquire_NoSuchCapability_NothingIsLeased()
    {
        await using var arena = await WithTinySuiteAsync();
        Assert.Empty(await arena.Get<JobQueue>().AcquireAsync(await IssueAsync(arena), ["cuda"], 32, 60, default));
    }

    [Fact]
    public async Task Acquire_OneOwnerWithManyJobsAndOneWithFew_TheFewDoNotWaitForTheMany()
    {
        await using var arena = await WithTinySuiteAsync(baselines: 2);
        await ExecuteAsync(arena, "delete from jobs");
        await ExecuteAsync(arena, "delete from queue_owners");
        var runs = await ReadRunsAsync(arena);
        await QueueAsync(arena, runs[0], "many", samples: 1000);
        await QueueAsync(arena, runs[1], "few", samples: 3);
        var worker = await IssueAsync(arena);
        var order = new List<RunId>();
        for (var i = 0; i < 8; i++)
        {
            order.AddRange((await arena.Get<JobQueue>().AcquireAsync(worker, Cpu, 1, 60, default)).Select(lease => lease.RunId));
        }

        Assert.Equal(3, order.Count(run => run == runs[1]));
    }

    [Fact]
    public async Task Expire_LeaseRanOut_TokenIsVoidAndAnotherWorkerGetsTheNextAttempt()
    {
        await using var arena = await WithTinySuiteAsync(baselines: 1);
        var queue = arena.Get<JobQueue>();
        var silent = await IssueAsync(arena);
        var lost = Assert.Single(await queue.AcquireAsync(silent, Cpu, 1, 0.01, default));
        await Task.Delay(50);
        Assert.Equal([lost.RunId], await queue.ExpireAsync(default));

        Assert.Null(await queue.FindLeaseAsync(lost.Id, lost.Token, default));
        Assert.Equal([LeaseStatus.Lost], await queue.HeartbeatAsync([(lost.Id, lost.Token)], 60, default));
        Assert.Empty(await queue.AcquireAsync(silent, Cpu, 1, 60, default)); // never twice on the worker that lost it
        var again = Assert.Single(await queue.AcquireAsync(await IssueAsync(arena), Cpu, 1, 60, default));
        Assert.Equal((lost.Id, 2), (again.Id, again.Attempt));
        Assert.NotEqual(lost.Token, again.Token);
    }

    [Fact]
    public async Task Expire_ThirdWorkerLosesIt_RunFailsAsTheWorkersFault()
    {
        await using var arena = await WithTinySuiteAsync(baselines: 1);
        var queue = arena.Get<JobQueue>();
        for (var i = 0; i < JobQueue.MaximumFailures; i++)
        {
            Assert.Single(await queue.AcquireAsync(await IssueAsync(arena), Cpu, 1, 0.01, default));
            await Task.Delay(50);
            Assert.Single(await queue.ExpireAsync(default));
        }

        Assert.Empty(await queue.AcquireAsync(await IssueAsync(arena), Cpu, 1, 60, default));
        await using var context = await arena.OpenAsync();
        var run = Assert.Single(context.Runs);
        Assert.Equal((RunState.Failed, Fault.Worker), (run.State, run.FailureFault));
        Assert.Contains("3 workers", run.FailureReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Abort_JobGivenBack_SameWorkerMayTakeItAgain()
    {
        await using var arena = await WithTinySuiteAsync(baselines: 1);
        var queue = arena.Get<JobQueue>();
        var worker = await IssueAsync(arena);
        for (var i = 1; i <= JobQueue.MaximumFailures + 1; i++)
        {
            var lease = Assert.Single(await queue.AcquireAsync(worker, Cpu, 1, 60, default));
            Assert.True(await queue.AbortAsync(lease.Id, lease.Token, default));
            Assert.False(await queue.AbortAsync(lease.Id, lease.Token, default));
        }
    }

    [Fact]
    public async Task Heartbeat_CancelledRun_SaysCancelled()
    {
        await using var arena = await WithTinySuiteAsync(baselines: 1);
        var queue = arena.Get<JobQueue>();
        var lease = Assert.Single(await queue.AcquireAsync(await IssueAsync(arena), Cpu, 1, 60, default));
        Assert.Equal([LeaseStatus.Held], await queue.HeartbeatAsync([(lease.Id, lease.Token)], 60, default));
        await using (var connection = await arena.Database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await JobQueue.FailRunAsync(connection, transaction, lease.RunId, Fault.Entry, "It was no good.", default);
            await transaction.CommitAsync();
        }

        Assert.Equal([LeaseStatus.Cancelled], await queue.HeartbeatAsync([(lease.Id, lease.Token)], 60, default));
    }

    [Fact]
    public async Task Revoke_WorkerGone_ItsLeasesAreFreeAtOnce()
    {
        await using var arena = await WithTinySuiteAsync(baselines: 1);
        var queue = arena.Get<JobQueue>();
        var tokens = arena.Get<WorkerTokens>();
        var (worker, token) = await tokens.IssueAsync("gone", default);
        Assert.Single(await queue.AcquireAsync(worker, Cpu, 1, 3600, default));
        Assert.Single(await tokens.RevokeAsync(worker, crashed: false, default));
        Assert.Null(await tokens.FindAsync(token, default));
        Assert.Single(await queue.AcquireAsync(await IssueAsync(arena), Cpu, 1, 60, default));
    }

    [Fact]
    public async Task Claim_ManyJobs_WalksTheClaimIndex()
    {
        await using var arena = await WithTinySuiteAsync(baselines: 1);
        var run = Assert.Single(await ReadRunsAsync(arena));
        await ExecuteAsync(arena, "delete from jobs");
        await QueueAsync(arena, run, "many", samples: 20_000);
        await ExecuteAsync(arena, "analyze jobs");
        var plan = await ExplainAsync(arena, JobQueue.ClaimSql, "cpu", Guid.NewGuid(), 0, 60.0);
        Assert.Contains("Index Scan using ix_jobs_claim", plan, StringComparison.Ordinal);
        Assert.Contains("ix_jobs_run_queued", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on jobs", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort Key: jobs.virtual_start", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heartbeat_ManyJobs_GoesByTheKeyAlone()
    {
        await using var arena = await WithTinySuiteAsync(baselines: 1);
        var run = Assert.Single(await ReadRunsAsync(arena));
        await ExecuteAsync(arena, "delete from jobs");
        await QueueAsync(arena, run, "many", samples: 20_000);
        await ExecuteAsync(arena, "analyze jobs");
        var plan = await ExplainAsync(arena, JobQueue.HeartbeatSql, new long[] { 1, 2, 3 }, new[] { Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid() }, 60.0);
        Assert.Contains("pk_jobs", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("ix_jobs_leased", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on jobs", plan, StringComparison.Ordinal);
    }

    private async Task<TestArena> WithTinySuiteAsync(int baselines = 2, int shard = 256)
    {
        var arena = await TestArena.StartAsync(postgres, null, $"--Arena:Workers:ShardSamples={shard}");
        await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(baselines), "test", default);
        return arena;
    }

    private static async Task<WorkerId> IssueAsync(TestArena arena) => (await arena.Get<WorkerTokens>().IssueAsync("test", default)).Worker;

    private static async Task<IReadOnlyList<RunId>> ReadRunsAsync(TestArena arena)
    {
        await using var context = await arena.OpenAsync();
        return [.. context.Runs.OrderBy(run => run.Id).Select(run => run.Id)];
    }

    private static async Task QueueAsync(TestArena arena, RunId run, string owner, int samples)
    {
        await using var connection = await arena.Database.OpenConnectionAsync();
        await JobPlanner.QueueAsync(connection, transaction: null, run, "cpu", owner, samples, shard: 1, default);
    }

    private static async Task ExecuteAsync(TestArena arena, string sql)
    {
        await using var command = arena.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> ExplainAsync(TestArena arena, string sql, params object[] values)
    {
        await using var connection = await arena.Database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("explain " + sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync();
        List<string> lines = [];
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }
}
