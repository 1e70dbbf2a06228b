using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Arena.Data.Embedded;
using Arena.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Arena.Tests.Data.Embedded;

/// <summary>Starts and stops servers of its own; the folders are private (0700), as a clone under mktemp -d is.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task StartAsync_FirstThenAgain_KeepsDataAndStopsCleanly()
    {
        int process;
        string sockets;
        await using (var first = await StartAsync())
        {
            (process, sockets) = (first.ProcessId, first.Sockets);
            await ExecuteAsync(first.ConnectionString, "create table kept(x int); insert into kept values (42)");
            Assert.Equal(PostgresState.Running, first.State);
            Assert.Equal("18", first.Version.Split('.')[0]);
        }

        Assert.False(Exists(process));
        Assert.False(Directory.Exists(sockets));
        Assert.False(File.Exists(folder.In("data/postgres/postmaster.pid")));
        Assert.False(File.Exists(folder.In("data/postgres.json")));

        await using var second = await StartAsync();
        Assert.Equal(42, await ScalarAsync(second.ConnectionString, "select x from kept"));
        Assert.Equal(0, second.Restarts);
    }

    [Fact]
    public async Task StartAsync_TwoDataFolders_RunBesideEachOther()
    {
        await using var one = await StartAsync("one");
        await using var two = await StartAsync("two");
        await ExecuteAsync(one.ConnectionString, "create table only_here(x int)");

        Assert.False(string.Equals(one.Sockets, two.Sockets, StringComparison.Ordinal));
        Assert.Equal(0L, await ScalarAsync(two.ConnectionString, "select count(*) from pg_class where relname = 'only_here'"));
    }

    [Fact]
    public async Task StartAsync_DataInUse_SaysSoAndLeavesTheOtherRunning()
    {
        await using var first = await StartAsync();

        var refusal = await Assert.ThrowsAsync<ArenaDataException>(() => StartAsync());

        Assert.Equal($"Another Arena is running on the data in {folder.In("data")}. Stop it or choose another folder with --data.", refusal.Message);
        Assert.Equal(1, await ScalarAsync(first.ConnectionString, "select 1"));
        Assert.True(File.Exists(folder.In("data/postgres.json")));
    }

    [Fact]
    public async Task StartAsync_Files_ArePrivateAndThePasswordIsNeeded()
    {
        await using var server = await StartAsync();
        var withPassword = new NpgsqlConnectionStringBuilder(server.ConnectionString);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.In("data/postgres.password")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.In("data/postgres.json")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(server.Sockets));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.In("data/postgres")));
        Assert.DoesNotContain(withPassword.Password!, await File.ReadAllTextAsync(folder.In("data/postgres.json")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(server.Sockets, "password")));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ScalarAsync(With(withPassword, password: null), "select 1"));
        var wrong = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(With(withPassword, password: "guess"), "select 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, wrong.SqlState);
        Assert.Equal("", await ScalarAsync(server.ConnectionString, "show listen_addresses"));
        Assert.Equal("local/scram-sha-256", await ScalarAsync(server.ConnectionString, "select string_agg(type || '/' || auth_method, ' ') from pg_hba_file_rules"));
        Assert.StartsWith("SCRAM-SHA-256$", (string?)await ScalarAsync(server.ConnectionString, "select rolpassword from pg_authid where rolname = 'arena'"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Supervision_PostgresKilled_IsStartedAgainWithItsDataOnTheSameConnectionString()
    {
        await using var server = await StartAsync();
        await ExecuteAsync(server.ConnectionString, "create table kept as select generate_series(1, 1000) as x");
        foreach (var restart in new[] { 1, 2 })
        {
            var killed = server.ProcessId;
            KillNow(killed);

            Assert.True(await Eventually.IsTrueAsync(() => server.Restarts == restart));
            Assert.NotEqual(killed, server.ProcessId);
            Assert.Equal(PostgresState.Running, server.State);
            Assert.Equal(1000L, await ScalarAsync(server.ConnectionString, "select count(*) from kept"));
        }
    }

    [Fact]
    public async Task DisposeAsync_PostgresKilledJustBefore_StopsWithoutStartingItAgain()
    {
        var server = await StartAsync();
        KillNow(server.ProcessId);
        await server.DisposeAsync();

        Assert.Equal(PostgresState.Stopped, server.State);
        Assert.Empty(LivePostgres.On(folder.In("data/postgres")));
        await using var again = await StartAsync();
        Assert.Equal(1, await ScalarAsync(again.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task StartAsync_HostKilled_PostgresEndsAndNothingIsLost()
    {
        string sockets;
        await using (var host = await TestHost.StartAsync(folder.In("data")))
        {
            sockets = new NpgsqlConnectionStringBuilder(host.ConnectionString).Host!;
            await ExecuteAsync(host.ConnectionString, "create table kept as select generate_series(1, 1000) as x");
            await host.KillAsync();

            Assert.True(await Eventually.IsTrueAsync(() => LivePostgres.On(folder.In("data/postgres")).Count == 0));
        }

        await using var server = await StartAsync();
        Assert.Equal(1000L, await ScalarAsync(server.ConnectionString, "select count(*) from kept"));
        Assert.False(Directory.Exists(sockets));
    }

    [Fact]
    public async Task StartAsync_HostAndPostgresKilledTogether_StalePidIsClearedAndNothingIsLost()
    {
        await using (var host = await TestHost.StartAsync(folder.In("data")))
        {
            await ExecuteAsync(host.ConnectionString, "create table kept as select generate_series(1, 1000) as x");
            KillNow(host.Server);
            await host.KillAsync();
        }

        Assert.True(File.Exists(folder.In("data/postgres/postmaster.pid")));
        await using var server = await StartAsync();
        Assert.Equal(1000L, await ScalarAsync(server.ConnectionString, "select count(*) from kept"));
    }

    [Fact]
    public async Task StartAsync_PidFileNamesALivingStranger_StartsAndLeavesItAlone()
    {
        await (await StartAsync()).DisposeAsync();
        var sleep = new ProcessStartInfo("sleep", ["60"]);
        if (UnprivilegedAccount.ForThisProcess() is { } account)
        {
            sleep.UserName = account.Name; // PostgreSQL believes in a server where it may send a signal
        }

        using var stranger = Process.Start(sleep)!;
        try
        {
            await File.WriteAllLinesAsync(folder.In("data/postgres/postmaster.pid"), [stranger.Id.ToString(CultureInfo.InvariantCulture), "/proc/self/cwd", "1", "5432", "/gone"]);

            await using var server = await StartAsync();

            Assert.Equal(1, await ScalarAsync(server.ConnectionString, "select 1"));
            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task StartAsync_OrphanOnTheData_IsStoppedFirst()
    {
        await (await StartAsync()).DisposeAsync();
        var data = folder.In("data/postgres");
        var account = UnprivilegedAccount.ForThisProcess();
        var launcher = new PostgresLauncher(await PostgresNatives.PrepareAsync(Options(), account, CancellationToken.None), account);
        var sockets = SocketFolder.Create(Options(), account is not null);
        if (account is not null)
        {
            await account.OwnAsync(sockets, CancellationToken.None);
        }

        var orphan = await PostgresProcess.StartAsync(launcher.Server(data, "-k", sockets, "-c", "listen_addresses="), NullLogger.Instance);
        Assert.True(await Eventually.IsTrueAsync(() => File.Exists(Path.Combine(sockets, ".s.PGSQL.5432"))));

        await using var server = await StartAsync();

        Assert.True(orphan.Exited.IsCompleted);
        Assert.Equal(1, await ScalarAsync(server.ConnectionString, "select 1"));
        Directory.Delete(sockets, recursive: true);
    }

    [Fact]
    public async Task StartAsync_PasswordFileLost_SetsANewOneAndKeepsTheData()
    {
        string before;
        await using (var server = await StartAsync())
        {
            before = new NpgsqlConnectionStringBuilder(server.ConnectionString).Password!;
            await ExecuteAsync(server.ConnectionString, "create table kept as select 42 as x");
        }

        File.Delete(folder.In("data/postgres.password"));
        await using var again = await StartAsync();

        Assert.Equal(42, await ScalarAsync(again.ConnectionString, "select x from kept"));
        Assert.False(string.Equals(before, new NpgsqlConnectionStringBuilder(again.ConnectionString).Password, StringComparison.Ordinal));
    }

    private EmbeddedPostgresOptions Options(string name = "data") => TestPostgres.Options(folder.In(name));

    private Task<EmbeddedPostgres> StartAsync(string name = "data")
        => EmbeddedPostgres.StartAsync(Options(name), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);

    private static string With(NpgsqlConnectionStringBuilder builder, string? password)
        => new NpgsqlConnectionStringBuilder(builder.ConnectionString) { Password = password, Pooling = false }.ConnectionString;

    private static void KillNow(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    private static bool Exists(int id) => Directory.Exists("/proc/" + id.ToString(CultureInfo.InvariantCulture));

    private static async Task ExecuteAsync(string connectionString, string sql) => await ScalarAsync(connectionString, sql);

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
