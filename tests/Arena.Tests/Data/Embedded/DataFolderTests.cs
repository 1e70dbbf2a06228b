using Arena.Data.Embedded;
using Arena.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Arena.Tests.Data.Embedded;

/// <summary>What is refused before a server starts, and how data is moved aside.</summary>
public sealed class DataFolderTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly ManualTime time = new(new(2026, 11, 22, 14, 30, 5, TimeSpan.Zero));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void MoveAside_Data_IsRenamedWithTheTimeAndKept()
    {
        var data = folder.In("data");
        foreach (var expected in new[] { ".old-20261122-143005", ".old-20261122-143005-2" })
        {
            Directory.CreateDirectory(Path.Combine(data, "blobs"));
            File.WriteAllText(Path.Combine(data, "blobs", "x"), expected);

            var aside = DataFolder.MoveAside(data + "/", time);

            Assert.Equal(data + expected, aside);
            Assert.False(Directory.Exists(data));
            Assert.Equal(expected, File.ReadAllText(Path.Combine(aside!, "blobs", "x")));
        }
    }

    [Fact]
    public void MoveAside_NoData_ReturnsNull() => Assert.Null(DataFolder.MoveAside(folder.In("none"), time));

    [Fact]
    public void MoveAside_InUse_IsRefusedAndNothingMoves()
    {
        using var guard = DataGuard.Take(new DataFolder(folder.In("data")));

        var refusal = Assert.Throws<ArenaDataException>(() => DataFolder.MoveAside(folder.In("data"), time));

        Assert.Contains("Another Arena is running", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([folder.In("data")], Directory.GetDirectories(folder.Path));
    }

    [Fact]
    public async Task StartAsync_OtherMajorVersion_IsRefusedWithTheWayOut()
    {
        Directory.CreateDirectory(folder.In("data/postgres"));
        await File.WriteAllTextAsync(folder.In("data/postgres/PG_VERSION"), "16\n");

        var refusal = await RefusedAsync(TestPostgres.Options(folder.In("data")));

        Assert.Contains("written by PostgreSQL 16, and this Arena brings PostgreSQL 18", refusal, StringComparison.Ordinal);
        Assert.Contains("./arena backup FILE", refusal, StringComparison.Ordinal);
        Assert.Contains("./arena restore FILE --fresh", refusal, StringComparison.Ordinal);
        Assert.Contains("./arena run --fresh", refusal, StringComparison.Ordinal);
        using var free = DataGuard.Take(new DataFolder(folder.In("data"))); // the lock was let go of
    }

    [Fact]
    public async Task StartAsync_SocketPathTooLong_IsRefusedNamingTheFolder()
    {
        var deep = folder.In(new string('d', 90));
        Directory.CreateDirectory(deep);

        var refusal = await RefusedAsync(TestPostgres.Options(folder.In("data")) with { SocketRoot = deep });

        Assert.Contains(deep, refusal, StringComparison.Ordinal);
        Assert.Contains("107 is the most", refusal, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(deep));
    }

    [Fact]
    public async Task StartAsync_NativesMissing_SaysWhatToInstall()
    {
        var refusal = await RefusedAsync(TestPostgres.Options(folder.In("data")) with { SearchFrom = [folder.Path] });

        Assert.Contains("Run 'npm ci' in Arena's folder, or set ConnectionStrings__Arena", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_DataFolderCannotBeMade_NamesItAndSaysWhatToDo()
    {
        await File.WriteAllTextAsync(folder.In("file"), "");

        var refusal = await RefusedAsync(TestPostgres.Options(folder.In("file/data")));

        Assert.Contains("cannot write to its data folder " + folder.In("file/data"), refusal, StringComparison.Ordinal);
        Assert.Contains("choose another folder with --data", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_StrangeFilesWhereDataBelongs_AreRefusedAndKept()
    {
        Directory.CreateDirectory(folder.In("data/postgres"));
        await File.WriteAllTextAsync(folder.In("data/postgres/mine.txt"), "mine");

        var refusal = await RefusedAsync(TestPostgres.Options(folder.In("data")));

        Assert.Contains("PG_VERSION is missing", refusal, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(folder.In("data/postgres/mine.txt")));
    }

    [Fact]
    public async Task StartAsync_FirstStartWasKilledHalfWay_StartsAnew()
    {
        Directory.CreateDirectory(folder.In("data/postgres.half-made/base"));
        await File.WriteAllTextAsync(folder.In("data/postgres.half-made/PG_VERSION"), "18\n");
        var leaked = SocketFolder.Create(TestPostgres.Options(folder.In("data")), othersMustReach: false);
        await File.WriteAllTextAsync(Path.Combine(leaked, SocketFolder.PasswordFile), "secret");
        await new ConnectionFile(leaked, "arena", "arena", 1, "18.4").WriteAsync(new DataFolder(folder.In("data")), CancellationToken.None);

        await using (var server = await EmbeddedPostgres.StartAsync(TestPostgres.Options(folder.In("data")), time, NullLoggerFactory.Instance, CancellationToken.None))
        {
            Assert.Equal(PostgresState.Running, server.State);
        }

        Assert.False(Directory.Exists(folder.In("data/postgres.half-made")));
        Assert.False(Directory.Exists(leaked));
    }

    [Fact]
    public async Task ExamineAsync_FreshFolderAndRunningServer_FindsNoProblem()
    {
        var options = new DataCommandOptions(TestPostgres.Options(folder.In("data")), ConnectionString: null);
        var before = await PostgresDoctor.ExamineAsync(options, CancellationToken.None);
        Assert.DoesNotContain(before, finding => finding.Level == DoctorLevel.Problem);
        Assert.False(Directory.Exists(folder.In("data")));

        using var guard = DataGuard.Take(new DataFolder(folder.In("data")));
        var during = await PostgresDoctor.ExamineAsync(options, CancellationToken.None);
        Assert.Contains(during, finding => finding is { Subject: "Lock", Message: "an Arena is running on this data" });
        Assert.Contains(during, finding => finding is { Subject: "PostgreSQL", Level: DoctorLevel.Good } && finding.Message.StartsWith("version 18", StringComparison.Ordinal));
    }

    private async Task<string> RefusedAsync(EmbeddedPostgresOptions options)
        => (await Assert.ThrowsAsync<ArenaDataException>(() => EmbeddedPostgres.StartAsync(options, time, NullLoggerFactory.Instance, CancellationToken.None))).Message;
}
