using Arena.Data.Embedded;
using Arena.Tests.Data.Embedded.Backup;
using Arena.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Arena.Tests.Data.Embedded;

/// <summary><c>backup</c> and <c>restore</c> as the script calls them.</summary>
public sealed class DataCommandsTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly ManualTime time = new(new(2026, 11, 22, 14, 30, 5, TimeSpan.Zero));
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task BackupAsync_WhileArenaRunsAndAfterItStopped_RestoresTheSame()
    {
        string before;
        await using (var server = await EmbeddedPostgres.StartAsync(Options(), time, NullLoggerFactory.Instance, CancellationToken.None))
        {
            await SampleSchema.FillAsync(server.ConnectionString);
            before = await SampleSchema.DescribeAsync(server.ConnectionString);
            Assert.Equal(0, await Commands().BackupAsync(folder.In("running.zip"), CancellationToken.None));
            Assert.Equal(PostgresState.Running, server.State);

            // and a restore onto it is refused while it runs
            Assert.Equal(1, await Commands().RestoreAsync(folder.In("running.zip"), fresh: true, CancellationToken.None));
            Assert.Contains("Another Arena is running", error.ToString(), StringComparison.Ordinal);
            Assert.Equal(before, await SampleSchema.DescribeAsync(server.ConnectionString));
        }

        Assert.Equal(0, await Commands().BackupAsync(folder.In("stopped.zip"), CancellationToken.None));
        Assert.Empty(LivePostgres.On(folder.In("data/postgres")));
        foreach (var file in new[] { "running.zip", "stopped.zip" })
        {
            Assert.Equal(0, await Commands(file + ".data").RestoreAsync(folder.In(file), fresh: false, CancellationToken.None));
            await using var restored = await EmbeddedPostgres.StartAsync(Options(file + ".data"), time, NullLoggerFactory.Instance, CancellationToken.None);
            Assert.Equal(before, await SampleSchema.DescribeAsync(restored.ConnectionString));
        }
    }

    [Fact]
    public async Task RestoreAsync_DamagedBackupWithFresh_MovesNothingAside()
    {
        await File.WriteAllTextAsync(folder.In("bad.zip"), "no backup");
        Directory.CreateDirectory(folder.In("data"));
        await File.WriteAllTextAsync(folder.In("data/mine"), "");

        Assert.Equal(1, await Commands().RestoreAsync(folder.In("bad.zip"), fresh: true, CancellationToken.None));

        Assert.Contains("is no whole Arena backup", error.ToString(), StringComparison.Ordinal);
        Assert.Equal([folder.In("data")], Directory.GetDirectories(folder.Path));
        Assert.Equal([folder.In("data/mine")], Directory.GetFileSystemEntries(folder.In("data")));
    }

    [Fact]
    public async Task BackupAsync_NoData_SaysSo()
    {
        Assert.Equal(1, await Commands().BackupAsync(folder.In("a.zip"), CancellationToken.None));
        Assert.Contains("There is no data in " + folder.In("data"), error.ToString(), StringComparison.Ordinal);
    }

    [OlderPostgresFact]
    public async Task BackupAndRestore_DataOfAnOlderPostgres_ArriveInThisOne()
    {
        var older = await OlderNatives.FetchAsync(OlderPostgresFactAttribute.Major, Options().Cache, progress: null, CancellationToken.None);
        string before;
        await using (var old = await EmbeddedPostgres.StartAsync(Options() with { PostgresPackage = older }, time, NullLoggerFactory.Instance, CancellationToken.None))
        {
            Assert.StartsWith("17.", old.Version, StringComparison.Ordinal);
            await SampleSchema.FillAsync(old.ConnectionString);
            before = await SampleSchema.DescribeAsync(old.ConnectionString);
        }

        await Assert.ThrowsAsync<ArenaDataException>(() => EmbeddedPostgres.StartAsync(Options(), time, NullLoggerFactory.Instance, CancellationToken.None));
        Assert.Equal(0, await Commands().BackupAsync(folder.In("old.zip"), CancellationToken.None));
        Assert.Contains("The data was written by PostgreSQL 17; this Arena brings 18", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await Commands().RestoreAsync(folder.In("old.zip"), fresh: true, CancellationToken.None));

        Assert.Equal("17", (await File.ReadAllTextAsync(folder.In("data.old-20261122-143005/postgres/PG_VERSION"))).Trim());
        await using var server = await EmbeddedPostgres.StartAsync(Options(), time, NullLoggerFactory.Instance, CancellationToken.None);
        Assert.StartsWith("18.", server.Version, StringComparison.Ordinal);
        Assert.Equal(before, await SampleSchema.DescribeAsync(server.ConnectionString));
    }

    private EmbeddedPostgresOptions Options(string name = "data") => TestPostgres.Options(folder.In(name));

    private DataCommands Commands(string name = "data")
        => new(new(Options(name), ConnectionString: null), SampleSchema.Schema, output, error, time, NullLoggerFactory.Instance);
}
