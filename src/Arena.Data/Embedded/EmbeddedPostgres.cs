using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Arena.Data.Embedded;

/// <summary>
/// The PostgreSQL that Arena brings along: started on a data folder, started again when it ends by itself, stopped on disposal.
/// It listens on one Unix socket in a private folder and wants a password.
/// </summary>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    internal const string Database = "arena";
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30)];

    private readonly CancellationTokenSource stopping = new();
    private readonly DataGuard guard;
    private readonly PostgresServer server;
    private readonly DataFolder folder;
    private readonly string sockets;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private Task supervision = Task.CompletedTask;
    private int restarts;
    private int disposed;

    private EmbeddedPostgres(DataGuard guard, PostgresServer server, DataFolder folder, string sockets, string connectionString, string version, TimeProvider time, ILogger logger)
    {
        (this.guard, this.server, this.folder, this.sockets, this.time, this.logger) = (guard, server, folder, sockets, time, logger);
        (ConnectionString, Version) = (connectionString, version);
    }

    /// <summary>For Npgsql. It stays the same as long as this object lives, across restarts of the server.</summary>
    public string ConnectionString { get; }

    /// <summary>Version of the server, for example 18.4.</summary>
    public string Version { get; }

    public DataFolder Folder => folder;

    /// <summary>For a health check.</summary>
    public PostgresState State { get; private set; } = PostgresState.Running;

    /// <summary>How often the server ended by itself and was started again.</summary>
    public int Restarts => Volatile.Read(ref restarts);

    /// <summary>Process id of the server program.</summary>
    public int ProcessId => server.ProcessId;

    /// <summary>The server ended by itself and is there again: pools of connections to it should be emptied. Raised on a background thread.</summary>
    public event EventHandler? Restarted;

    internal string Sockets => sockets;

    /// <summary>Takes the data folder, makes the database files when there are none, and starts the server.</summary>
    /// <exception cref="ArenaDataException">Something a person has to mend; the message says what.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var guard = DataGuard.Take(new DataFolder(options.DataFolder));
        return await StartAsync(options, guard, time, loggers, cancellationToken);
    }

    /// <summary>As the other, under a guard already taken; it is let go of with this server, or at once when the start fails.</summary>
    internal static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, DataGuard guard, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var logger = loggers.CreateLogger<EmbeddedPostgres>();
        var folder = new DataFolder(options.DataFolder);
        string? sockets = null;
        try
        {
            var account = UnprivilegedAccount.ForThisProcess();
            var natives = await PostgresNatives.PrepareAsync(options, account, cancellationToken);
            var launcher = new PostgresLauncher(natives, account);
            var cluster = new PostgresCluster(folder, launcher);
            cluster.RefuseOtherVersion();
            if (SocketFolder.RemoveLeaked((await ConnectionFile.ReadAsync(folder, cancellationToken))?.SocketFolder))
            {
                LogLeakedSocket(logger);
            }

            if (folder.Major is not null)
            {
                await OrphanedPostgres.StopAsync(launcher, folder.Postgres, logger, cancellationToken);
            }

            sockets = SocketFolder.Create(options, othersMustReach: account is not null);
            if (account is not null)
            {
                await account.OwnAsync(sockets, cancellationToken);
            }

            // named before anything goes into it: whoever comes after a kill finds the folder and clears it away
            var connection = new ConnectionFile(sockets, PostgresCluster.User, Database, Environment.ProcessId, natives.Version);
            await connection.WriteAsync(folder, cancellationToken);
            var password = await cluster.EnsureAsync(sockets, cancellationToken);
            var connectionString = connection.ConnectionString(password);
            var server = new PostgresServer(options, folder, launcher, sockets, connectionString, logger);
            await server.StartAsync(cancellationToken);
            var running = new EmbeddedPostgres(guard, server, folder, sockets, connectionString, natives.Version, time, logger);
            running.supervision = running.SuperviseAsync();
            LogReady(logger, natives.Version, clock.Elapsed.TotalSeconds, folder.Path);
            return running;
        }
        catch
        {
            CleanUp(folder, sockets);
            guard.Dispose();
            throw;
        }
    }

    /// <summary>Stops the server (fast shutdown: open transactions are rolled back) and lets go of the data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        await stopping.CancelAsync();
        await supervision;
        await ClearPoolAsync();
        await server.StopAsync();
        State = PostgresState.Stopped;
        CleanUp(folder, sockets);
        guard.Dispose();
        stopping.Dispose();
        LogStopped(logger, folder.Path);
    }

    private async Task SuperviseAsync()
    {
        var failures = 0;
        while (true)
        {
            var since = time.GetTimestamp();
            int code;
            try
            {
                code = await server.Exited.WaitAsync(stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            State = PostgresState.Restarting;
            failures = time.GetElapsedTime(since) > Settled ? 0 : failures;
            LogEnded(logger, code);
            while (true)
            {
                try
                {
                    await Task.Delay(Pauses[Math.Min(failures, Pauses.Length - 1)], time, stopping.Token);
                    failures++;
                    await server.StartAsync(stopping.Token);
                    break;
                }
                catch (OperationCanceledException) when (stopping.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception e)
                {
                    LogRestartFailed(logger, failures, e); // tried again after a longer pause; the state says so to the health check
                }
            }

            await ClearPoolAsync();
            Interlocked.Increment(ref restarts);
            State = PostgresState.Running;
            LogRestarted(logger, Restarts);
            Restarted?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>Connections of the ended server, so that nobody is handed a dead one.</summary>
    private async Task ClearPoolAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    private static void CleanUp(DataFolder folder, string? sockets)
    {
        if (sockets is not null)
        {
            Directory.Delete(sockets, recursive: true);
            File.Delete(folder.Connection);
        }
    }
}
