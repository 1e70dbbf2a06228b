using Arena.Tests.Support;

namespace Arena.Tests.Repository;

public sealed class ArenaScriptTests : IDisposable
{
    private const string Build = "dotnet build build/run.slnf -c Release -v quiet --nologo";
    private const string Web = "dotnet ROOT/src/Arena.Web/bin/Release/net10.0/Arena.Web.dll";
    private const string Host = "--contentRoot ROOT/src/Arena.Web --environment Production --Arena:Data";

    private readonly ScriptTree tree = new();

    public void Dispose() => tree.Dispose();

    [Theory]
    [InlineData("run --port abc", "--port needs a number from 1 to 65535, not 'abc'")]
    [InlineData("run --port 0", "--port needs a number from 1 to 65535, not '0'")]
    [InlineData("run --port 65536", "--port needs a number from 1 to 65535, not '65536'")]
    [InlineData("run --port -1", "--port needs a number from 1 to 65535, not '-1'")]
    [InlineData("run --port", "--port needs a value")]
    [InlineData("run --data", "--data needs a value")]
    [InlineData("run --suites nowhere", "there is none at 'nowhere'")]
    [InlineData("run --colour", "'run' does not know '--colour'")]
    [InlineData("run now", "'run' does not know 'now'")]
    [InlineData("backup", "'backup' needs a file")]
    [InlineData("restore --fresh", "'restore' needs a file")]
    [InlineData("backup a --fresh", "'backup' does not know '--fresh'")]
    [InlineData("restore a b", "does not know what to do with 'b'")]
    [InlineData("doctor a", "does not know what to do with 'a'")]
    [InlineData("test --all", "'test' does not know '--all'")]
    [InlineData("test a b", "'test' takes one filter")]
    [InlineData("test a|b", "'a|b' is not a part of a test's name")]
    [InlineData("soak now", "'soak' takes no arguments")]
    public async Task Arguments_Wrong_AreRefusedWithUsage(string arguments, string message)
    {
        var run = await tree.RunAsync(arguments.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("Usage: ./arena COMMAND", run.Error, StringComparison.Ordinal);
        Assert.Empty(tree.Calls());
    }

    [Theory]
    [InlineData]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    public async Task Help_Asked_IsGiven(params string[] arguments)
    {
        var run = await tree.RunAsync(arguments);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("--no-worker", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FreshTree_InstallsBuildsAndStarts()
    {
        var run = await tree.RunAsync("run");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(
            ["npm ci in ROOT", Build, $"{Web} --urls http://localhost:5080 {Host} ROOT/.arena --Arena:Suites ROOT/eval-suites"],
            tree.Calls());
        Assert.Contains("Built in", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Repeated_DoesOnlyWhatIsNeeded()
    {
        await tree.RunAsync("run");
        tree.Calls();

        await tree.RunAsync("run");
        Assert.Single(tree.Calls());

        await Later();
        await File.WriteAllTextAsync(tree.In("src/Arena.Web/Program.cs"), "// edited");
        await tree.RunAsync("run");
        Assert.Equal(Build, tree.Calls()[0]);

        await Later();
        File.Delete(tree.In("src/Arena.Web/Program.cs"));
        await tree.RunAsync("run");
        Assert.Equal(Build, tree.Calls()[0]);

        File.Delete(tree.In("src/Arena.Worker/bin/Release/net10.0/Arena.Worker.dll"));
        await tree.RunAsync("run");
        Assert.Equal(Build, tree.Calls()[0]);

        await Later();
        await File.WriteAllTextAsync(tree.In("package-lock.json"), "{ }");
        await tree.RunAsync("run");
        Assert.Equal("npm ci in ROOT", tree.Calls()[0]);

        await tree.RunAsync("run");
        Assert.Single(tree.Calls());
    }

    [Fact]
    public async Task Run_OptionsFromAnotherFolderThroughALink_ReachTheHost()
    {
        var (elsewhere, link) = tree.Elsewhere();
        Directory.CreateDirectory(Path.Combine(elsewhere, "suites"));

        var run = await tree.RunFromAsync(elsewhere, link, ["run", "--port", "6001", "--data", "here", "--suites", "suites", "--fresh", "--no-worker"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal($"{Web} --urls http://localhost:6001 {Host} {elsewhere}/here --Arena:Suites {elsewhere}/suites --Arena:Fresh true --Arena:LocalWorker:Enabled false", tree.Calls()[^1]);

        await tree.RunFromAsync(elsewhere, link, ["run", "--urls", "http://0.0.0.0:80", "--port", "6001"], ("Arena__Data", "/srv/arena"));
        Assert.Equal($"{Web} --urls http://0.0.0.0:80 {Host} /srv/arena --Arena:Suites ROOT/eval-suites", tree.Calls()[^1]);
    }

    [Fact]
    public async Task Run_BuildFails_ShowsErrorsAndEndsWithItsCode()
    {
        var run = await tree.RunFromAsync(tree.Root, tree.Script, ["run"], ("BREAK_BUILD", "1"));

        Assert.Equal(7, run.ExitCode);
        Assert.Contains("error CS1002", run.Error, StringComparison.Ordinal);
        Assert.Equal(["npm ci in ROOT", Build], tree.Calls());

        // and a failed build does not pass for a good one afterwards
        await tree.RunAsync("run");
        Assert.Equal(Build, tree.Calls()[0]);
    }

    [Fact]
    public async Task Run_NothingInstalled_SaysWhatToInstall()
    {
        tree.RemoveTool("dotnet");
        tree.RemoveTool("node");
        tree.RemoveTool("npm");
        using var bare = new TestFolder();
        foreach (var needed in new[] { "bash", "dirname", "readlink" })
        {
            File.CreateSymbolicLink(bare.In(needed), File.Exists("/bin/" + needed) ? "/bin/" + needed : "/usr/bin/" + needed);
        }

        var run = await tree.RunFromAsync(tree.Root, tree.Script, ["run"], ("PATH", bare.Path));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(".NET SDK 10", run.Error, StringComparison.Ordinal);
        Assert.Contains("Node.js 20 or later", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backup file.arena", "backup ROOT/file.arena {0} ROOT/.arena")]
    [InlineData("restore /srv/file.arena --fresh --data other", "restore /srv/file.arena {0} ROOT/other --Arena:Fresh true")]
    [InlineData("doctor --data other", "doctor {0} ROOT/other")]
    public async Task DataVerb_Arguments_ReachTheHost(string arguments, string expected)
    {
        var run = await tree.RunAsync(arguments.Split(' '));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal($"{Web} {string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, Host)}", tree.Calls()[^1]);
    }

    [Theory]
    [InlineData("suite import a-suite", "Arena.Cli/bin/Release/net10.0/Arena.Cli.dll suite import a-suite")]
    [InlineData("worker --server http://localhost:1", "Arena.Worker/bin/Release/net10.0/Arena.Worker.dll --server http://localhost:1")]
    public async Task OtherWord_Arguments_ReachTheProgram(string arguments, string expected)
    {
        var run = await tree.RunAsync(arguments.Split(' '));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("dotnet ROOT/src/" + expected, tree.Calls()[^1]);
    }

    [Theory]
    [InlineData("arena")]
    [InlineData(".ci/run")]
    public async Task Script_Always_IsValidAndMayBeExecuted(string script)
    {
        var path = Path.Combine(RepositoryFolder.Path, script);

        var run = await CommandRun.StartAsync("bash", ["-n", path], RepositoryFolder.Path);

        Assert.True(run.ExitCode == 0, run.Error);
        if (!OperatingSystem.IsWindows())
        {
            Assert.True(File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute));
        }
    }

    /// <summary>File times must differ for the script to see an edit; some file systems keep them coarsely.</summary>
    private static Task Later() => Task.Delay(TimeSpan.FromMilliseconds(50));
}
