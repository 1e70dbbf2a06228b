using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using Arena.Data.Embedded;
using Arena.Data.Embedded.Backup;
using Arena.Tests.Support;
using Npgsql;

namespace Arena.Tests.Data.Embedded.Backup;

[Collection(PostgresGroup.Name)]
[UnsupportedOSPlatform("windows")]
public sealed class ArenaBackupTests(PostgresFixture postgres) : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly ManualTime time = new(new(2026, 11, 22, 14, 30, 5, TimeSpan.Zero));

    private string Source => folder.In("source");

    private string Target => folder.In("target");

    private string File => folder.In("arena.zip");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task ReadAsync_IntoAnEmptyDatabase_BringsEverythingBack()
    {
        await using var source = await FilledAsync();
        await using var target = await postgres.CreateDatabaseAsync();

        var written = await WriteAsync(source);
        var read = await ArenaRestore.ReadAsync(target.ConnectionString, Target, File, SampleSchema.Schema, progress: null, CancellationToken.None);

        Assert.Equal([SampleSchema.First], read.Migrations);
        Assert.Equal(2000, written.Tables.Single(table => table.Name is "items").Rows);
        var before = await SampleSchema.DescribeAsync(source.ConnectionString);
        Assert.True(before.Length > 200_000);
        Assert.Equal(before, await SampleSchema.DescribeAsync(target.ConnectionString));
        Assert.Equal(2000L, await target.ScalarAsync<long>("select count(*) from items where added = 'new'")); // the newest migration was applied after
        Assert.Equal(2001, await target.ScalarAsync<int>("insert into items(group_id) values (1) returning id"));
        Assert.Equal(6L, await target.ScalarAsync<long>("insert into \"Groups\"(name) values ('sixth') returning id"));
        Assert.Equal("stamped", await target.ScalarAsync<string>("insert into seeded values (3, '') returning note")); // triggers are back
        await Assert.ThrowsAsync<PostgresException>(() => target.ExecuteAsync("insert into items(group_id) values (99)")); // and foreign keys
        Assert.Equal(
            await source.ScalarAsync<string>("select string_agg(conname || convalidated, ' ' order by conname) from pg_constraint where contype = 'f'"),
            await target.ScalarAsync<string>("select string_agg(conname || convalidated, ' ' order by conname) from pg_constraint where contype = 'f'"));
        Assert.Equal([1, 2, 0, 255], await System.IO.File.ReadAllBytesAsync(Path.Combine(Target, "blobs", "ab", "abc")));
        Assert.Equal("<key/>", await System.IO.File.ReadAllTextAsync(Path.Combine(Target, "keys", "key-1.xml")));
        Assert.Equal("blobs/ab/abc keys/key-1.xml", string.Join(" ", read.Files.Select(file => file.Path)));
        Assert.Equal(PrivateFile.Mode, System.IO.File.GetUnixFileMode(Path.Combine(Target, "keys", "key-1.xml")));
        Assert.Equal(PrivateFile.Mode, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public async Task WriteAsync_RowsChangingMeanwhile_TakesOneMoment()
    {
        await using var source = await postgres.CreateDatabaseAsync();
        await source.ExecuteAsync("create table a(x int); create table b(x int); insert into a values (1); insert into b values (1)");
        var progress = new Interruption(async () => await source.ExecuteAsync("insert into a values (2); insert into b values (2)"));

        var manifest = await ArenaBackup.WriteAsync(source.ConnectionString, Source, File, time, progress, CancellationToken.None);

        Assert.True(progress.Happened);
        Assert.Equal([1L, 1L], manifest.Tables.Select(table => table.Rows));
    }

    [Fact]
    public async Task ReadAsync_AnyByteFlippedOrCut_IsRefusedAndNothingChanges()
    {
        await using var source = await FilledAsync();
        await using var target = await postgres.CreateDatabaseAsync();
        await WriteAsync(source);
        var good = await System.IO.File.ReadAllBytesAsync(File);
        var positions = Enumerable.Range(0, 25).Select(i => (int)((long)i * (good.Length - 1) / 24)).Concat([1, 14, good.Length - 30, good.Length - 70, good.Length - 100]);
        foreach (var position in positions)
        {
            var bad = (byte[])good.Clone();
            bad[position] ^= 0x10;
            await AssertRefusedAsync(target, bad);
        }

        foreach (var length in new[] { 0, 10, good.Length / 2, good.Length - 1 })
        {
            await AssertRefusedAsync(target, good[..length]);
        }
    }

    [Fact]
    public async Task ReadAsync_SealedButInconsistent_IsRefused()
    {
        await using var target = await postgres.CreateDatabaseAsync();
        const string Head = """{"format":1,"createdAt":"2026-11-22T00:00:00+00:00","postgresVersion":"18.4","migrations":[],"sequences":[],""";
        var wrongSum = $$"""{{Head}}"files":[],"tables":[{"name":"t","columns":[],"rows":1,"bytes":2,"sha256":"00"}]}""";
        var outside = $$"""{{Head}}"tables":[],"files":[{"path":"blobs/../../x","bytes":2,"sha256":"00"}]}""";
        var newer = Head.Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal) + "\"later\":1}";

        Assert.Contains("table t does not fit its checksum", await AssertRefusedAsync(target, await SealedAsync(wrongSum, "tables/t.copy")), StringComparison.Ordinal);
        Assert.Contains("outside of blobs and keys", await AssertRefusedAsync(target, await SealedAsync(outside, "blobs/../../x")), StringComparison.Ordinal);
        Assert.Contains("newer Arena", await AssertRefusedAsync(target, await SealedAsync(newer, "x")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_MigrationUnknown_IsRefusedAsNewer()
    {
        await using var source = await FilledAsync();
        await using var target = await postgres.CreateDatabaseAsync();
        await WriteAsync(source);

        var refusal = await Assert.ThrowsAsync<ArenaDataException>(() => ArenaRestore.ReadAsync(
            target.ConnectionString, Target, File, SampleSchema.Schema with { KnownMigrations = [SampleSchema.Second] }, progress: null, CancellationToken.None));

        Assert.Contains("made by a newer Arena", refusal.Message, StringComparison.Ordinal);
        await AssertUntouchedAsync(target);
    }

    [Fact]
    public async Task ReadAsync_TargetHoldsATableOrABlob_IsRefusedAndKept()
    {
        await using var source = await FilledAsync();
        await using var target = await postgres.CreateDatabaseAsync();
        await WriteAsync(source);
        await target.ExecuteAsync("create table mine as select 1 as x");

        var table = await Assert.ThrowsAsync<ArenaDataException>(() => ReadAsync(target));
        Assert.Contains("not empty (it holds mine)", table.Message, StringComparison.Ordinal);
        Assert.Contains("--fresh", table.Message, StringComparison.Ordinal);
        Assert.Equal(1, await target.ScalarAsync<int>("select x from mine"));

        await target.ExecuteAsync("drop table mine");
        Directory.CreateDirectory(Path.Combine(Target, "blobs"));
        await System.IO.File.WriteAllTextAsync(Path.Combine(Target, "blobs", "b"), "mine");
        var blob = await Assert.ThrowsAsync<ArenaDataException>(() => ReadAsync(target));
        Assert.Contains("holds files already", blob.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await System.IO.File.ReadAllTextAsync(Path.Combine(Target, "blobs", "b")));
    }

    [Fact]
    public async Task ReadAsync_FailsHalfWay_LeavesTheTargetEmptyAndASecondTryWorks()
    {
        await using var source = await FilledAsync();
        await using var target = await postgres.CreateDatabaseAsync();
        await WriteAsync(source);
        var lame = SampleSchema.Schema with
        {
            MigrateAsync = async (connectionString, migration, cancellationToken) =>
            {
                await SampleSchema.MigrateAsync(connectionString, migration, cancellationToken);
                await SampleSchema.ScalarAsync(connectionString, "alter table seeded add constraint never check (note is null) not valid");
            },
        };

        await Assert.ThrowsAsync<PostgresException>(() => ArenaRestore.ReadAsync(target.ConnectionString, Target, File, lame, progress: null, CancellationToken.None));
        await AssertUntouchedAsync(target);

        await ReadAsync(target);
        Assert.Equal(await SampleSchema.DescribeAsync(source.ConnectionString), await SampleSchema.DescribeAsync(target.ConnectionString));
    }

    [Fact]
    public async Task WriteAsync_FileExistsOrFolderMissing_IsRefusedAndNothingIsLeft()
    {
        await using var source = await postgres.CreateDatabaseAsync();
        await System.IO.File.WriteAllTextAsync(File, "mine");

        Assert.Contains("exists already", (await Assert.ThrowsAsync<ArenaDataException>(() => WriteAsync(source))).Message, StringComparison.Ordinal);
        Assert.Equal("mine", await System.IO.File.ReadAllTextAsync(File));
        var missing = await Assert.ThrowsAsync<ArenaDataException>(() => ArenaBackup.WriteAsync(source.ConnectionString, Source, folder.In("no/such/a.zip"), time, progress: null, CancellationToken.None));
        Assert.Contains("cannot be written to", missing.Message, StringComparison.Ordinal);

        System.IO.File.Delete(File);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ArenaBackup.WriteAsync("Host=" + folder.Path + ";Username=x", Source, File, time, progress: null, CancellationToken.None));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private async Task<TestDatabase> FilledAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        await SampleSchema.FillAsync(database.ConnectionString);
        foreach (var (path, content) in new[] { ("blobs/ab/abc", new byte[] { 1, 2, 0, 255 }), ("blobs/incoming/half", [1]), ("keys/key-1.xml", "<key/>"u8.ToArray()) })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Source, path))!);
            await System.IO.File.WriteAllBytesAsync(Path.Combine(Source, path), content);
        }

        return database;
    }

    private Task<BackupManifest> WriteAsync(TestDatabase database) => ArenaBackup.WriteAsync(database.ConnectionString, Source, File, time, progress: null, CancellationToken.None);

    private Task<BackupManifest> ReadAsync(TestDatabase database) => ArenaRestore.ReadAsync(database.ConnectionString, Target, File, SampleSchema.Schema, progress: null, CancellationToken.None);

    private async Task<string> AssertRefusedAsync(TestDatabase target, byte[] content)
    {
        await System.IO.File.WriteAllBytesAsync(File, content);
        var refusal = await Assert.ThrowsAsync<ArenaDataException>(() => ReadAsync(target));
        Assert.Contains("Nothing was changed", refusal.Message, StringComparison.Ordinal);
        await AssertUntouchedAsync(target);
        return refusal.Message;
    }

    private async Task AssertUntouchedAsync(TestDatabase target)
    {
        Assert.Equal(0L, await target.ScalarAsync<long>("select (select count(*) from pg_class where relnamespace = 'public'::regnamespace) + (select count(*) from pg_proc where pronamespace = 'public'::regnamespace)"));
        Assert.True(!Directory.Exists(Target) || !Directory.EnumerateFiles(Target, "*", SearchOption.AllDirectories).Any());
    }

    private async Task<byte[]> SealedAsync(string manifest, string entry)
    {
        var path = folder.In("sealed.zip");
        await using (var stream = new FileStream(path, FileMode.Create))
        {
            await using (var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null))
            {
                zip.Comment = BackupSeal.Blank;
                foreach (var (name, text) in new[] { (BackupManifest.Entry, manifest), (entry, "1\n") })
                {
                    await using var content = await zip.CreateEntry(name).OpenAsync();
                    await content.WriteAsync(Encoding.UTF8.GetBytes(text));
                }
            }

            await BackupSeal.WriteAsync(stream, CancellationToken.None);
        }

        return await System.IO.File.ReadAllBytesAsync(path);
    }

    /// <summary>Does something once, after the first table was written and before the second.</summary>
    private sealed class Interruption(Func<Task> action) : IProgress<string>
    {
        public bool Happened { get; private set; }

        public void Report(string value)
        {
            if (!Happened)
            {
                Happened = true;
                action().GetAwaiter().GetResult();
            }
        }
    }
}
