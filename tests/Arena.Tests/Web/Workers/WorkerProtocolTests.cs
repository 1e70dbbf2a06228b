using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Arena.Application.Suites;
using Arena.Contracts.Workers;
using Arena.Data.Runs;
using Arena.Evaluation.Tensors;
using Arena.Tests.Support;

namespace Arena.Tests.Web.Workers;

[Collection(PostgresGroup.Name)]
public sealed class WorkerProtocolTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Evaluation_AllJobsDone_MeasurementsAreWhatTheLabelsSay()
    {
        await using var arena = await WithTinySuiteAsync(shard: 3);
        using var worker = await TestWorker.StartAsync(arena);
        var run = await worker.AcquireAsync();
        Assert.Equal(3, run!.Jobs.Count);
        foreach (var job in run.Jobs)
        {
            await worker.DoAsync(job, ordinal => ordinal < 5 ? ordinal % 2 : 0); // the labels alternate: of the last three only sample 6 is right
        }

        Assert.Equal("1,1,1,1,1,0,1,0", await MeasuredAsync(arena));
        await using var context = await arena.OpenAsync();
        Assert.Equal(RunState.Finished, Assert.Single(context.Runs).State);
    }

    [Fact]
    public async Task Lease_AsJson_HoldsNoLabel()
    {
        await using var arena = await WithTinySuiteAsync();
        using var worker = await TestWorker.StartAsync(arena);
        using var answer = await worker.Client.PostAsJsonAsync(WorkerProtocol.AcquirePath, new AcquireRequest(["cpu"], 1, 0));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("\"jobs\"", text, StringComparison.Ordinal);
        foreach (var secret in new[] { "zero", "one\"", "label\":", "labels", "samples.csv", "target" })
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Upload_SameChunkTwice_IsStoredOnce()
    {
        await using var arena = await WithTinySuiteAsync();
        using var worker = await TestWorker.StartAsync(arena);
        var job = (await worker.AcquireAsync())!.Jobs[0];
        var body = TestWorker.Pack(0, 0, 1, 0, 1, 0, 1, 0, 1);
        using var first = await worker.UploadAsync(job, 0, 8, body);
        using var second = await worker.UploadAsync(job, 0, 8, body);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(1L, await arena.ScalarAsync("select count(*) from output_chunks"));
    }

    [Fact]
    public async Task Upload_AnotherChunkInItsPlace_Is409AndTheFirstStays()
    {
        await using var arena = await WithTinySuiteAsync();
        using var worker = await TestWorker.StartAsync(arena);
        var job = (await worker.AcquireAsync())!.Jobs[0];
        var body = TestWorker.Pack(0, 0, 1, 0, 1, 0, 1, 0, 1);
        using var first = await worker.UploadAsync(job, 0, 8, body);
        using var other = await worker.UploadAsync(job, 0, 8, TestWorker.Pack(0, 1, 1, 1, 1, 1, 1, 1, 1));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        using var completed = await worker.CompleteAsync(job, (0, 8, body));
        Assert.Equal(HttpStatusCode.OK, completed.StatusCode);
        Assert.Equal("1,1,1,1,1,1,1,1", await MeasuredAsync(arena));
    }

    [Fact]
    public async Task Upload_DamagedOrElsewhere_Is422()
    {
        await using var arena = await WithTinySuiteAsync(shard: 4);
        using var worker = await TestWorker.StartAsync(arena);
        var job = (await worker.AcquireAsync())!.Jobs[0];
        var body = TestWorker.Pack(0, 0, 1, 0, 1);
        foreach (var answer in new[]
        {
            await worker.UploadAsync(job, 0, 4, body, digest: new string('0', 64)),
            await worker.UploadAsync(job, 0, 3, body),
            await worker.UploadAsync(job, 4, 4, TestWorker.Pack(4, 0, 1, 0, 1)),
            await worker.UploadAsync(job, 0, 4, [1, 2, 3]),
        })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            answer.Dispose();
        }

        Assert.Equal(0L, await arena.ScalarAsync("select count(*) from output_chunks"));
    }

    [Fact]
    public async Task Upload_LargerThanAllowed_Is413()
    {
        await using var arena = await WithTinySuiteAsync();
        using var worker = await TestWorker.StartAsync(arena);
        var job = (await worker.AcquireAsync())!.Jobs[0];
        using var answer = await worker.UploadAsync(job, 0, 8, new byte[(8 * 1024 * 1024) + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Complete_Repeated_GivesTheSameAnswerAndCountsOnce()
    {
        await using var arena = await WithTinySuiteAsync();
        using var worker = await TestWorker.StartAsync(arena);
        var job = (await worker.AcquireAsync())!.Jobs[0];
        var body = TestWorker.Pack(0, 0, 1, 0, 1, 0, 1, 0, 1);
        using var uploaded = await worker.UploadAsync(job, 0, 8, body);
        using var first = await worker.CompleteAsync(job, (0, 8, body));
        using var second = await worker.CompleteAsync(job, (0, 8, body));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(1L, await arena.ScalarAsync("select count(*) from measurement_chunks"));
    }

    [Fact]
    public async Task Complete_ChunkMissing_Is422AndTheLeaseGoesOn()
    {
        await using var arena = await WithTinySuiteAsync();
        using var worker = await TestWorker.StartAsync(arena);
        var job = (await worker.AcquireAsync())!.Jobs[0];
        var half = TestWorker.Pack(0, 0, 1, 0, 1);
        using var uploaded = await worker.UploadAsync(job, 0, 4, half);
        using var early = await worker.CompleteAsync(job, (0, 4, half));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
        var rest = TestWorker.Pack(4, 0, 1, 0, 1);
        using var more = await worker.UploadAsync(job, 4, 4, rest);
        using var late = await worker.CompleteAsync(job, (0, 4, half), (4, 4, rest));
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.Equal("1,1,1,1,1,1,1,1", await MeasuredAsync(arena));
    }

    [Fact]
    public async Task Complete_AfterExpiry_Is410AndTheOtherAttemptCounts()
    {
        await using var arena = await WithTinySuiteAsync();
        using var late = await TestWorker.StartAsync(arena, "late");
        using var other = await TestWorker.StartAsync(arena, "other");
        var lost = (await late.AcquireAsync())!.Jobs[0];
        var wrong = TestWorker.Pack(0, 1, 0, 1, 0, 1, 0, 1, 0);
        using var uploaded = await late.UploadAsync(lost, 0, 8, wrong);
        await ExpireAsync(arena);

        using var tooLate = await late.CompleteAsync(lost, (0, 8, wrong));
        Assert.Equal(HttpStatusCode.Gone, tooLate.StatusCode);
        using var chunkTooLate = await late.UploadAsync(lost, 0, 8, wrong);
        Assert.Equal(HttpStatusCode.Gone, chunkTooLate.StatusCode);
        var job = (await other.AcquireAsync())!.Jobs[0];
        Assert.Equal(2, job.Attempt);
        await other.DoAsync(job, ordinal => ordinal % 2);
        Assert.Equal("1,1,1,1,1,1,1,1", await MeasuredAsync(arena));
        Assert.Equal(1L, await arena.ScalarAsync("select count(*) from output_chunks")); // the lost attempt's are gone
    }

    [Fact]
    public async Task Complete_OutputsOfTheWrongType_RunFailsAsTheEntrysFaultWithTheReason()
    {
        await using var arena = await WithTinySuiteAsync();
        using var worker = await TestWorker.StartAsync(arena);
        var job = (await worker.AcquireAsync())!.Jobs[0];
        var body = PackedOutputs.Encode(new(0, 8, [new OutputTensor("y", TensorElementType.Float32, TensorShape.Create([2]), new byte[8 * 2 * 4])]));
        using var uploaded = await worker.UploadAsync(job, 0, 8, body);
        using var completed = await worker.CompleteAsync(job, (0, 8, body));
        var answer = await completed.Content.ReadFromJsonAsync<CompleteAnswer>();
        Assert.Equal("failed", answer!.State);
        await using var context = await arena.OpenAsync();
        var run = Assert.Single(context.Runs);
        Assert.Equal((RunState.Failed, Fault.Entry, answer.Reason), (run.State, run.FailureFault, run.FailureReason));
        using var repeated = await worker.CompleteAsync(job, (0, 8, body));
        Assert.Equal(answer, await repeated.Content.ReadFromJsonAsync<CompleteAnswer>());
    }

    [Fact]
    public async Task Fail_EntrysFault_EndsTheRunAndCancelsItsOtherJobs()
    {
        await using var arena = await WithTinySuiteAsync(shard: 2);
        using var worker = await TestWorker.StartAsync(arena);
        var jobs = (await worker.AcquireAsync())!.Jobs;
        using var failed = await worker.PostAsync(WorkerProtocol.FailPath(jobs[0].JobId), jobs[0], new FailRequest(1, "entry", "It does not load."));
        Assert.Equal(HttpStatusCode.NoContent, failed.StatusCode);
        using var heartbeat = await worker.Client.PostAsJsonAsync(WorkerProtocol.HeartbeatPath, new HeartbeatRequest([new(jobs[1].JobId, jobs[1].LeaseToken)]));
        Assert.Equal(LeaseVerdict.Cancel, (await heartbeat.Content.ReadFromJsonAsync<HeartbeatAnswer>())!.Leases[0].Verdict);
        await using var context = await arena.OpenAsync();
        Assert.Equal("It does not load.", Assert.Single(context.Runs).FailureReason);
    }

    [Fact]
    public async Task Fail_WorkersFault_AnotherWorkerGetsTheJob()
    {
        await using var arena = await WithTinySuiteAsync();
        using var broken = await TestWorker.StartAsync(arena, "broken");
        using var sound = await TestWorker.StartAsync(arena, "sound");
        var job = (await broken.AcquireAsync())!.Jobs[0];
        using var failed = await broken.PostAsync(WorkerProtocol.FailPath(job.JobId), job, new FailRequest(1, "worker", "The disk is full."));
        Assert.Equal(HttpStatusCode.NoContent, failed.StatusCode);
        Assert.Null(await broken.AcquireAsync());
        Assert.Equal(job.JobId, (await sound.AcquireAsync())!.Jobs[0].JobId);
    }

    [Fact]
    public async Task Artefact_WhileLeased_IsTheModelAndEndsWithTheLease()
    {
        await using var arena = await WithTinySuiteAsync();
        using var worker = await TestWorker.StartAsync(arena);
        var run = (await worker.AcquireAsync())!;
        var bytes = await worker.Client.GetByteArrayAsync(new Uri(run.Model.Url, UriKind.Relative));
        Assert.Equal(run.Model.Sha256, TestWorker.Digest(bytes));
        using var forged = await worker.Client.GetAsync(new Uri(run.Model.Url[..^4] + "AAAA", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        await worker.DoAsync(run.Jobs[0], _ => 0);
        using var over = await worker.Client.GetAsync(new Uri(run.Model.Url, UriKind.Relative));
        Assert.Equal(HttpStatusCode.Gone, over.StatusCode);
    }

    [Fact]
    public async Task AnyRequest_WrongToken_Is401AndSaysWhatToDo()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        using var worker = await TestWorker.StartAsync(arena);
        worker.Client.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");
        using var answer = await worker.Client.PostAsJsonAsync(WorkerProtocol.AcquirePath, new AcquireRequest(["cpu"], 1, 0));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains(WorkerProtocol.TokenVariable, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyRequest_OldProtocol_Is426WithTheLeastVersion()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        using var worker = await TestWorker.StartAsync(arena);
        worker.Client.DefaultRequestHeaders.Remove(WorkerProtocol.VersionHeader);
        worker.Client.DefaultRequestHeaders.Add(WorkerProtocol.VersionHeader, "0");
        using var answer = await worker.Client.PostAsJsonAsync(WorkerProtocol.AcquirePath, new AcquireRequest(["cpu"], 1, 0));
        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(WorkerProtocol.LeastVersion, problem.RootElement.GetProperty("leastVersion").GetInt32());
    }

    private async Task<TestArena> WithTinySuiteAsync(int shard = 256)
    {
        var arena = await TestArena.StartAsync(postgres, null, $"--Arena:Workers:ShardSamples={shard}");
        await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(baselines: 1), "test", default);
        return arena;
    }

    private static async Task ExpireAsync(TestArena arena)
    {
        await arena.ScalarAsync("update jobs set lease_expires_at = now() - interval '1 second' where state = 'Leased'");
        await arena.Get<JobQueue>().ExpireAsync(default);
    }

    /// <summary>Every measurement there is, by sample.</summary>
    private static async Task<string?> MeasuredAsync(TestArena arena) =>
        (string?)await arena.ScalarAsync("select string_agg(array_to_string(values, ','), ',' order by first_ordinal) from measurement_chunks where metric = 'accuracy'");
}
