using System.Diagnostics;
using Arena.Inference;
using Arena.Inference.Runner;
using Arena.Tests.Inference;
using Xunit;

namespace Arena.Tests.Runner;

public sealed class RunnerFaultTests : RunnerTestBase, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("arena-runner-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_KilledWhileItRuns_IsACrashWithItsSignal()
    {
        await using var runner = await StartAsync("loop");
        var run = runner.RunAsync(Forever(), Limit).AsTask();

        Kill(runner.ProcessId);

        var failure = await FailsAsync<RunnerFailure.Crashed>(() => run);
        Assert.Equal(9, failure.Signal);
        Assert.Equal(RunnerFault.Entry, failure.Fault);
        await FailsAsync<RunnerFailure.Crashed>(() => runner.RunAsync(Once(), Limit).AsTask());
    }

    [Fact]
    public async Task Run_InfiniteLoop_TimesOutAndTheProcessIsKilled()
    {
        await using var runner = await StartAsync("loop");

        var failure = await FailsAsync<RunnerFailure.Timeout>(() => runner.RunAsync(Forever(), TimeSpan.FromMilliseconds(300)).AsTask());

        Assert.Equal(RunnerFault.Entry, failure.Fault);
        Assert.Equal(TimeSpan.FromMilliseconds(300), failure.Limit);
        Assert.True(await EndsAsync(runner.ProcessId));
    }

    [Fact]
    public async Task Run_InfiniteLoopCancelled_StopsAndTheRunnerLivesOn()
    {
        await using var runner = await StartAsync("loop", new RunnerOptions { CancelGrace = Limit });
        using var source = new CancellationTokenSource();
        var run = runner.RunAsync(Forever(), Limit, source.Token).AsTask();
        Assert.NotSame(run, await Task.WhenAny(run, Task.Delay(100)));

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        using var outputs = await runner.RunAsync(Once(), Limit);
        Assert.Equal([1f], outputs[0].AsSpan<float>().ToArray());
    }

    [Fact]
    public async Task Run_QueuedBehindALoopAndCancelled_BothEndAsCancelled()
    {
        await using var runner = await StartAsync("loop", new RunnerOptions { CancelGrace = Limit });
        using var source = new CancellationTokenSource();
        var first = runner.RunAsync(Forever(), Limit, source.Token).AsTask();
        var second = runner.RunAsync(Once(), Limit, source.Token).AsTask();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Null(runner.Failure);
    }

    [Fact]
    public async Task Run_CancelledButDeaf_IsKilledAfterTheGrace()
    {
        await using var runner = await StartAsync("loop", new RunnerOptions { CancelGrace = TimeSpan.FromMilliseconds(200) });
        using var source = new CancellationTokenSource();
        Stop(runner.ProcessId);
        var run = runner.RunAsync(Once(), Limit, source.Token).AsTask();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.IsType<RunnerFailure.Killed>(runner.Failure);
        Assert.True(await EndsAsync(runner.ProcessId));
    }

    [Fact]
    public async Task Run_StoppedProcessAndABatchLargerThanThePipe_TimesOut()
    {
        await using var runner = await StartAsync("add");
        Stop(runner.ProcessId);

        await FailsAsync<RunnerFailure.Timeout>(() => runner.RunAsync(new[] { Input(new float[3_000_000], 1_000_000, 3) }, TimeSpan.FromMilliseconds(300)).AsTask());

        Assert.True(await EndsAsync(runner.ProcessId));
    }

    [Fact]
    public async Task Start_LibraryMissing_SaysWhatToDo()
    {
        var failure = await FailsAsync<RunnerFailure.CannotStart>(() => RunnerProcess.StartAsync(new RunnerOptions { LibraryPath = Path.Combine(_folder, "gone.so") }));

        Assert.Equal(RunnerFault.Worker, failure.Fault);
        Assert.Contains("`npm ci`", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_LibraryMissingInTheRunner_IsTheWorkersFault()
    {
        var options = new RunnerOptions { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { [OnnxRuntimeLibrary.PathVariable] = "/nowhere/libonnxruntime.so.1" } };

        var failure = await FailsAsync<RunnerFailure.CannotStart>(() => StartAsync("add", options));

        Assert.Equal(RunnerFault.Worker, failure.Fault);
        Assert.Contains("/nowhere/libonnxruntime.so.1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ProgramThatCannotRun_IsTheWorkersFault()
    {
        string path = Path.Combine(_folder, "not-executable");
        await File.WriteAllTextAsync(path, "x");

        await FailsAsync<RunnerFailure.CannotStart>(() => RunnerProcess.StartAsync(new RunnerOptions { RunnerPath = path }));
        await FailsAsync<RunnerFailure.CannotStart>(() => RunnerProcess.StartAsync(new RunnerOptions { RunnerPath = path + "-gone" }));
    }

    [Fact]
    public async Task Start_ProgramThatExits_GivesItsCodeAndLastLines()
    {
        string path = Script("echo the disk is full >&2; exit 3");

        var failure = await FailsAsync<RunnerFailure.CannotStart>(() => RunnerProcess.StartAsync(new RunnerOptions { RunnerPath = path }));

        Assert.Contains("code 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the disk is full", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ProgramThatSaysNothing_IsGivenUp()
    {
        string path = Script("exec sleep 600");

        var failure = await FailsAsync<RunnerFailure.CannotStart>(() => RunnerProcess.StartAsync(new RunnerOptions { RunnerPath = path, StartLimit = TimeSpan.FromMilliseconds(300) }));

        Assert.Contains("0.3 s", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("this is certainly not a frame of ours")]
    [InlineData("AR\\001\\020\\000\\000\\000\\000\\377\\377\\377\\377\\377\\377\\377\\377")]
    [InlineData("AR\\001\\022\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000")]
    [InlineData("AR\\002\\020\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000")]
    public async Task Start_GarbageFromTheChild_IsAProtocolError(string bytes)
    {
        string path = Script($"printf '{bytes}'; exec sleep 600");

        var failure = await FailsAsync<RunnerFailure.ProtocolError>(() => RunnerProcess.StartAsync(new RunnerOptions { RunnerPath = path }));

        Assert.Equal(RunnerFault.Worker, failure.Fault);
    }

    [Fact]
    public async Task Start_FloodOnStandardError_KeepsOnlyItsEnd()
    {
        string path = Script("head -c 50000000 /dev/zero | tr '\\0' x >&2; echo the end >&2; exit 4");

        var failure = await FailsAsync<RunnerFailure.CannotStart>(() => RunnerProcess.StartAsync(new RunnerOptions { RunnerPath = path, StandardErrorBytes = 1000 }));

        Assert.Contains("the end", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 900, 1300);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Run_NativeLibraryPrintsAllTheTime_FramesStayWhole(string descriptor)
    {
        var options = new RunnerOptions
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
                [StartupHook.NoiseVariable] = descriptor,
            },
        };
        await using var runner = await StartAsync("add", options);

        for (int i = 0; i < 200; i++)
        {
            using var outputs = await runner.RunAsync(new[] { Input([i, 0f, 0], 1, 3) }, Limit);
            Assert.Equal(i + 10f, outputs[0].AsSpan<float>()[0]);
        }

        Assert.Contains("native library says hello", runner.StandardErrorTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TokenInTheWorkersEnvironment_IsNotHandedOn()
    {
        Environment.SetEnvironmentVariable("ARENA_TEST_TOKEN", "secret");
        await using var runner = await RunnerProcess.StartAsync();

        string environment = await File.ReadAllTextAsync($"/proc/{runner.ProcessId}/environ");

        Assert.Contains("ARENA_ONNXRUNTIME=", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("ARENA_TEST_TOKEN", environment, StringComparison.Ordinal);
    }

    private string Script(string body)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("The runner works on Linux and macOS only.");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static void Kill(int process) => Signal("KILL", process);

    private static void Stop(int process) => Signal("STOP", process);

    private static void Signal(string name, int process)
    {
        using var kill = Process.Start("kill", ["-s", name, process.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
