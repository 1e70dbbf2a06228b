using System.Net;
using System.Net.Sockets;
using Arena.Data.Embedded;
using Arena.Tests.Support;

namespace Arena.Tests.Web.Hosting;

/// <summary>What can go wrong at start, each with a sentence that says what to do, exit code 1 and no stack trace.</summary>
public sealed class HostFaultTests : IDisposable
{
    private readonly TestFolder folder = new();

    [Theory]
    [InlineData("http://localhost:99999", "99999")]
    [InlineData("http://localhost:many", "many")]
    [InlineData("localhost", "http://localhost:5080")]
    public async Task Start_WrongAddress_SaysWhichAndWhatToGive(string urls, string expected)
    {
        var (code, _, error) = await HostProcess.RunAsync("--urls", urls, "--Arena:Data", folder.In("data"));
        AssertSentence(code, error, expected);
        Assert.False(Directory.Exists(folder.In("data"))); // nothing was begun
    }

    [Fact]
    public async Task Start_PortInUse_SaysSoAndLetsGoOfTheData()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        var (code, _, error) = await HostProcess.RunAsync("--urls", address, "--Arena:Data", folder.In("data"), "--Arena:LocalWorker:Enabled=false");
        AssertSentence(code, error, "--port");
        using var guard = DataGuard.TryTake(new DataFolder(folder.In("data")));
        Assert.NotNull(guard);
        Assert.False(File.Exists(folder.In("data/postgres/postmaster.pid")));
    }

    [Fact]
    public async Task Start_DataFolderCannotBeMade_NamesItAndTheWayOut()
    {
        await File.WriteAllTextAsync(folder.In("file"), "");
        var (code, _, error) = await HostProcess.RunAsync("--urls", "http://127.0.0.1:0", "--Arena:Data", folder.In("file/data"));
        AssertSentence(code, error, "--data");
        Assert.Contains(folder.In("file/data"), error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PostgresIsNotWhereTheSettingSays_NamesTheSetting()
    {
        var (code, _, error) = await HostProcess.RunAsync("--urls", "http://127.0.0.1:0", "--Arena:Data", folder.In("data"), "--Arena:PostgresPackage", folder.In("nothing"));
        AssertSentence(code, error, "Arena:PostgresPackage");
    }

    [Fact]
    public async Task Start_DataOfAnotherMajor_SaysBackupAndRestore()
    {
        Directory.CreateDirectory(folder.In("data/postgres"));
        await File.WriteAllTextAsync(folder.In("data/postgres/PG_VERSION"), "15\n");
        var (code, _, error) = await HostProcess.RunAsync("--urls", "http://127.0.0.1:0", "--Arena:Data", folder.In("data"));
        AssertSentence(code, error, "./arena backup");
        Assert.Contains("./arena restore", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OwnServerAway_NamesTheSetting()
    {
        var (code, _, error) = await HostProcess.RunAsync("--urls", "http://127.0.0.1:0", "--Arena:Data", folder.In("data"), "--ConnectionStrings:Arena", "Host=127.0.0.1;Port=1;Username=arena;Database=arena;Timeout=3");
        AssertSentence(code, error, "ConnectionStrings__Arena");
    }

    [Fact]
    public async Task Restore_DamagedBackup_SaysSoAndTouchesNothing()
    {
        await File.WriteAllBytesAsync(folder.In("damaged.zip"), new byte[1000]);
        var (code, _, error) = await HostProcess.RunAsync("restore", folder.In("damaged.zip"), "--Arena:Data", folder.In("data"));
        AssertSentence(code, error, folder.In("damaged.zip"));
        Assert.False(Directory.Exists(folder.In("data/postgres")));
    }

    [Fact]
    public async Task Backup_NoFileNamed_IsMisuse()
    {
        var (code, _, error) = await HostProcess.RunAsync("backup");
        Assert.Equal(2, code);
        Assert.Contains("backup FILE", error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static void AssertSentence(int code, string error, string expected)
    {
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Arena.", error, StringComparison.Ordinal);
    }
}
