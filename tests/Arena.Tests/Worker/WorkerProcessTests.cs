using Arena.Contracts.Workers;
using Arena.Tests.Support;
using Arena.Worker.Hosting;

namespace Arena.Tests.Worker;

/// <summary>The worker as a process: signals, standard input, token, runner.</summary>
public sealed class WorkerProcessTests : WorkerTestBase
{
    [Fact]
    public async Task Stdin_Ends_GivesTheJobsBackAndExits()
    {
        await using var worker = Launch("--exit-with-stdin");
        var runner = await worker.RunnerAsync();

        worker.CloseInput();

        var (code, output, errors) = await worker.EndAsync();
        Assert.Equal((WorkerExitCode.Done, ""), (code, errors));
        Assert.Contains("gave 1 job back", output, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(Server.Aborted).Key);
        Assert.True(await Eventually.IsTrueAsync(() => WorkerProcess.IsGone(runner)));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_ToStop_GivesTheJobsBackAndExits(string signal)
    {
        await using var worker = Launch();
        await worker.RunnerAsync();

        worker.Signal(signal);

        Assert.Equal(WorkerExitCode.Done, (await worker.EndAsync()).ExitCode);
        Assert.Equal(1, Assert.Single(Server.Aborted).Key);
    }

    [Fact]
    public async Task Signal_Kill_LeavesNoRunnerBehind()
    {
        await using var worker = Launch();
        var runner = await worker.RunnerAsync();
        Assert.False(WorkerProcess.IsGone(runner));

        worker.Signal("KILL");

        Assert.True(await Eventually.IsTrueAsync(() => WorkerProcess.IsGone(runner)));
    }

    [Fact]
    public async Task Runner_WhileItRuns_DoesNotHaveTheToken()
    {
        await using var worker = Launch();
        var runner = await worker.RunnerAsync();

        var environment = await File.ReadAllTextAsync($"/proc/{runner}/environ");
        var commandLine = await File.ReadAllTextAsync($"/proc/{worker.Id}/cmdline");

        Assert.Contains("ARENA_ONNXRUNTIME=", environment, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeArena.Token, environment, StringComparison.Ordinal);
        Assert.DoesNotContain("ARENA_WORKER_TOKEN", environment, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeArena.Token, commandLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_InAPrivateFile_IsUsed()
    {
        Server.Queue(Lease(Model("pixels")));
        await using var worker = new WorkerProcess([.. Arguments, "--once"], TokenFile(UnixFileMode.UserRead | UnixFileMode.UserWrite));

        var (code, output, errors) = await worker.EndAsync();

        Assert.Equal((WorkerExitCode.Done, ""), (code, errors));
        Assert.Single(Server.Completed);
        Assert.DoesNotContain(FakeArena.Token, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    public async Task Token_InAFileThatOthersCanRead_IsRefused(UnixFileMode others)
    {
        var environment = TokenFile(UnixFileMode.UserRead | others);
        await using var worker = new WorkerProcess([.. Arguments], environment);

        var (code, _, errors) = await worker.EndAsync();

        Assert.Equal(WorkerExitCode.Usage, code);
        Assert.Equal($"Others can read the token file {environment[WorkerProtocol.TokenFileVariable]}. Run: chmod 600 {environment[WorkerProtocol.TokenFileVariable]}", errors.Trim());
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task Library_Missing_SaysWhatToInstall()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { [WorkerProtocol.TokenVariable] = FakeArena.Token, ["ARENA_ONNXRUNTIME"] = Folder.In("gone.so") };
        await using var worker = new WorkerProcess([.. Arguments], environment);

        var (code, _, errors) = await worker.EndAsync();

        Assert.Equal(WorkerExitCode.CannotWork, code);
        Assert.Contains("`npm ci`", errors, StringComparison.Ordinal);
    }

    private string[] Arguments => ["--server", Server.Address.ToString(), "--cache", Folder.In("cache")];

    /// <summary>A worker that is busy for ever.</summary>
    private WorkerProcess Launch(params string[] options)
    {
        Server.Queue(Lease(Model("for_ever"), seconds: 600));
        return new WorkerProcess([.. Arguments, .. options], new Dictionary<string, string>(StringComparer.Ordinal) { [WorkerProtocol.TokenVariable] = FakeArena.Token });
    }

    private Dictionary<string, string> TokenFile(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Workers run on Linux and macOS only.");
        }

        var path = Folder.In("token");
        File.WriteAllText(path, FakeArena.Token + "\n");
        File.SetUnixFileMode(path, mode);
        return new Dictionary<string, string>(StringComparer.Ordinal) { [WorkerProtocol.TokenFileVariable] = path };
    }
}
