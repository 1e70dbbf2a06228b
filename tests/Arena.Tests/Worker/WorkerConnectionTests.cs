using Arena.Contracts.Workers;
using Arena.Tests.Support;
using Arena.Worker.Hosting;

namespace Arena.Tests.Worker;

/// <summary>Servers that are away, refuse, restart, or take work back.</summary>
public sealed class WorkerConnectionTests : WorkerTestBase
{
    [Fact]
    public async Task Register_WrongToken_EndsWithASentenceThatDoesNotTellIt()
    {
        var worker = Start("not-the-token", []);

        Assert.Equal(WorkerExitCode.TokenRefused, await worker.ExitCode.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("does not know this worker's token", worker.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-token", worker.Output + worker.Errors, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Register_TooOld_EndsWithTheLeastVersion()
    {
        Server.Interfere = _ => 426;
        var worker = Start();

        Assert.Equal(WorkerExitCode.TooOld, await worker.ExitCode.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("it speaks version 2 of the protocol, and 7 is the oldest that is understood. Update the worker.", worker.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_NotAnArena_EndsWithASentence()
    {
        Server.Interfere = _ => 404;
        var worker = Start();

        Assert.Equal(WorkerExitCode.NotUnderstood, await worker.ExitCode.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("answered /worker/v1/register with 404", worker.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_ServerAwayThenBack_WorksThen()
    {
        Server.Queue(Lease(Model("pixels")));
        await Server.StopAsync();
        var worker = Start("--once");
        Assert.True(await Eventually.IsTrueAsync(() => worker.Errors.Contains("cannot be reached", StringComparison.Ordinal)));

        await Server.StartAgainAsync();

        Assert.Equal(WorkerExitCode.Done, await worker.ExitCode.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Single(Server.Completed);
    }

    [Fact]
    public async Task Acquire_TokenRevokedMeanwhile_Ends()
    {
        var revoked = false;
        Server.Interfere = context => revoked ? 401 : null;
        var worker = Start();
        Assert.True(await Eventually.IsTrueAsync(() => Server.Requests.Contains("POST /worker/v1/acquire", StringComparer.Ordinal)));

        revoked = true;

        Assert.Equal(WorkerExitCode.TokenRefused, await worker.ExitCode.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Evaluate_ErrorsOfTheServerInTheMiddle_LosesNothing()
    {
        var requests = 0;
        Server.Interfere = context => context.Request.Path.StartsWithSegments("/worker/v1/register", StringComparison.Ordinal) || Interlocked.Increment(ref requests) % 3 == 0 ? null : requests % 2 == 0 ? 500 : 503;
        Server.MaximumChunkBytes = 4096;
        Server.Queue(Lease(Model("pixels"), samples: 512));
        var worker = Start();

        Assert.True(await Eventually.IsTrueAsync(() => Server.Completed.Count == 2), worker.Errors);

        Assert.Empty(Server.Failed);
        Assert.Equal(512, Server.Outputs(1).Concat(Server.Outputs(2)).Sum(chunk => chunk.Count));
        Assert.Equal(WorkerExitCode.Done, await worker.StopAsync());
    }

    [Fact]
    public async Task Evaluate_ServerRestartsInTheMiddle_LosesNothing()
    {
        var first = true;
        var uploading = new TaskCompletionSource();
        Server.Interfere = context =>
        {
            if (!first || !string.Equals(context.Request.Method, "PUT", StringComparison.Ordinal))
            {
                return null;
            }

            first = false;
            uploading.SetResult();
            return 503;
        };
        Server.Queue(Lease(Model("pixels"), samples: 512));
        var worker = Start();
        await uploading.Task.WaitAsync(TimeSpan.FromMinutes(1));

        await Server.StopAsync();
        await Task.Delay(300);
        await Server.StartAgainAsync();

        Assert.True(await Eventually.IsTrueAsync(() => Server.Completed.Count == 2), worker.Errors);
        Assert.Empty(Server.Failed);
        Assert.Equal(WorkerExitCode.Done, await worker.StopAsync());
        Assert.DoesNotContain(1, Server.Aborted.Keys); // the last job may be given back: the stop can come before the worker has read that its completion arrived
    }

    [Fact]
    public async Task Upload_ErrorsForEver_IsGivenUpAsTheWorkersFault()
    {
        Server.Interfere = context => string.Equals(context.Request.Method, "PUT", StringComparison.Ordinal) ? 500 : null;

        await RunOnceAsync(Lease(Model("pixels")));

        Assert.Equal(FailRequest.WorkerFault, OnlyFailure().Fault);
        Assert.Equal(Quick.MostErrors, Server.Requests.Count(request => request.StartsWith("PUT ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(LeaseVerdict.Lost, "the lease is another's now")]
    [InlineData(LeaseVerdict.Cancel, "the run was cancelled")]
    public async Task Heartbeat_JobTakenAway_StopsItAndGoesOn(string verdict, string said)
    {
        Server.Verdict = lease => lease.JobId == 1 ? verdict : LeaseVerdict.Continue;
        Server.Queue(Lease(Model("for_ever"), seconds: 600));
        var worker = Start();

        Assert.True(await Eventually.IsTrueAsync(() => worker.Output.Contains($"dropped tested version 1: samples 0 to 255: {said}", StringComparison.Ordinal), 60), worker.Output + worker.Errors);

        var next = Lease(Model("pixels"));
        Server.Queue(next with { Jobs = [next.Jobs[0] with { JobId = 9 }] });
        Assert.True(await Eventually.IsTrueAsync(() => Server.Completed.ContainsKey(9)), worker.Errors);
        Assert.Equal(WorkerExitCode.Done, await worker.StopAsync());
        Assert.Empty(Server.Failed);
        Assert.DoesNotContain(1, Server.Aborted.Keys); // job 9 may be given back: the stop can come before the worker has read that its completion arrived
        Assert.Equal(256, Assert.Single(Server.Outputs(9)).Count);
    }

    [Fact]
    public async Task Upload_LeaseOver_DropsThatJobAndDoesTheOthers()
    {
        Server.Interfere = context => context.Request.Path.StartsWithSegments("/worker/v1/jobs/1", StringComparison.Ordinal) ? 410 : null;

        var worker = await RunOnceAsync(Lease(Model("pixels"), samples: 512));

        Assert.Contains("dropped tested version 1: samples 0 to 255: The lease is over.", worker.Output, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(Server.Completed).Key);
        Assert.Empty(Server.Failed);
    }

    [Fact]
    public async Task Stop_WhileAModelRuns_GivesEveryJobBack()
    {
        Server.Queue(Lease(Model("for_ever"), samples: 768, seconds: 600));
        var worker = Start();
        Assert.True(await Eventually.IsTrueAsync(() => worker.Output.Contains("evaluating", StringComparison.Ordinal)), worker.Errors);

        Assert.Equal(WorkerExitCode.Done, await worker.StopAsync());

        Assert.Equal([1L, 2, 3], Server.Aborted.Keys.Order());
        Assert.Contains("gave 3 jobs back", worker.Output, StringComparison.Ordinal);
        Assert.Empty(Server.Failed);
    }

    [Fact]
    public async Task Stop_ServerGone_EndsAllTheSame()
    {
        Server.Queue(Lease(Model("for_ever"), seconds: 600));
        using var input = new EndingStream();
        var worker = new RunningWorker(["--server", Server.Address.ToString(), "--cache", Folder.In("cache"), "--exit-with-stdin"], FakeArena.Token, input, Quick with { Farewell = TimeSpan.FromMilliseconds(300) });
        Assert.True(await Eventually.IsTrueAsync(() => worker.Output.Contains("evaluating", StringComparison.Ordinal)), worker.Errors);
        await Server.StopAsync();

        input.End();

        Assert.Equal(WorkerExitCode.Done, await worker.ExitCode.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("1 jobs could not be given back", worker.Errors, StringComparison.Ordinal);
    }

    /// <summary>Says nothing until it ends.</summary>
    private sealed class EndingStream : MemoryStream
    {
        private readonly ManualResetEventSlim ended = new();

        public void End() => ended.Set();

        public override int Read(Span<byte> buffer)
        {
            ended.Wait();
            return 0;
        }

        protected override void Dispose(bool disposing)
        {
            ended.Dispose();
            base.Dispose(disposing);
        }
    }
}
