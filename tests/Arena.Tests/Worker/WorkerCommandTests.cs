using Arena.Worker.Hosting;

namespace Arena.Tests.Worker;

public sealed class WorkerCommandTests : WorkerTestBase
{
    [Theory]
    [InlineData("arena.example.org", "is no address of a server")]
    [InlineData("ftp://arena.example.org", "is no address of a server")]
    [InlineData("http://me:secret@arena.example.org", "is no address of a server")]
    public async Task Server_NoAddress_IsRefused(string server, string said)
    {
        var worker = new RunningWorker(["--server", server], FakeArena.Token, Stream.Null, Quick);

        Assert.Equal(WorkerExitCode.Usage, await worker.ExitCode);
        Assert.Contains(said, worker.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "The worker has no token.")]
    [InlineData("  ", "The worker has no token.")]
    [InlineData("two\nlines", "holds characters that no token has")]
    public async Task Token_MissingOrBroken_IsRefused(string? token, string said)
    {
        var worker = new RunningWorker(["--server", Server.Address.ToString()], token, Stream.Null, Quick);

        Assert.Equal(WorkerExitCode.Usage, await worker.ExitCode);
        Assert.Contains(said, worker.Errors, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task Token_OnTheCommandLine_IsNoOption()
    {
        var worker = Start("--token", "x");

        Assert.Equal(WorkerExitCode.Usage, await worker.ExitCode);
    }

    [Fact]
    public async Task Cache_CannotBeWritten_SaysSo()
    {
        await File.WriteAllTextAsync(Folder.In("file"), "");
        var worker = new RunningWorker(["--server", Server.Address.ToString(), "--cache", Folder.In("file")], FakeArena.Token, Stream.Null, Quick);

        Assert.Equal(WorkerExitCode.CannotWork, await worker.ExitCode);
        Assert.Contains("Name another folder with --cache.", worker.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Printable_ControlCharacters_DoNotReachTheTerminal()
    {
        Assert.Equal("a [31mb c", WorkerConsole.Printable("a\u001b[31mb\nc"));
    }
}
