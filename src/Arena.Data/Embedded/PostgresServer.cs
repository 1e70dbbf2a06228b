using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Arena.Data.Embedded;

/// <summary>Starts and stops the server program on prepared files; knows nothing of supervision.</summary>
internal sealed partial class PostgresServer(EmbeddedPostgresOptions options, DataFolder folder, PostgresLauncher launcher, string sockets, string connectionString, ILogger logger)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(25);
    private PostgresProcess? process;

    public int ProcessId => process?.Id ?? 0;

    /// <summary>Ends when the server program ends.</summary>
    public Task<int> Exited => process?.Exited ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>Starts the server and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await OrphanedPostgres.StopAsync(launcher, folder.Postgres, logger, cancellationToken);
        SocketFolder.Clear(sockets);
        process = await PostgresProcess.StartAsync(launcher.Server(folder.Postgres, [
            "-k", sockets, "-p", "5432", "-c", "listen_addresses=", "-c", "unix_socket_permissions=0700", "-c", "logging_collector=off", "-c", "log_destination=stderr",
            .. options.Settings.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" })]), logger);
        try
        {
            await WaitUntilAnsweringAsync(process, cancellationToken);
        }
        catch
        {
            await StopAsync();
            throw;
        }
    }

    /// <summary>Fast, then immediate, then killed; whatever it takes, so that the guard may be let go of.</summary>
    public async Task StopAsync()
    {
        if (process is null || process.Exited.IsCompleted)
        {
            return;
        }

        foreach (var (mode, seconds) in new[] { ("fast", "30"), ("immediate", "10") })
        {
            var stop = await ProcessRunner.TryRunAsync(launcher.Command("pg_ctl", folder.Postgres, "stop", "-m", mode, "-w", "-t", seconds), input: null, CancellationToken.None);
            if (stop.ExitCode == 0 || process.Exited.IsCompleted)
            {
                await process.Exited;
                return;
            }

            LogStopFailed(logger, mode, stop.Describe());
        }

        process.Kill();
        await process.Exited;
    }

    private async Task WaitUntilAnsweringAsync(PostgresProcess run, CancellationToken cancellationToken)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false }.ConnectionString;
        for (var clock = Stopwatch.StartNew(); ;)
        {
            try
            {
                await using var connection = new NpgsqlConnection(maintenance);
                await connection.OpenAsync(cancellationToken);
                await EnsureDatabaseAsync(connection, cancellationToken);
                return;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
            {
                throw new ArenaDataException($"PostgreSQL does not take the password in {folder.Password}. Delete that file: Arena then sets a new one at its next start.", e);
            }
            catch (NpgsqlException e)
            {
                if (run.Exited.IsCompleted)
                {
                    throw new ArenaDataException($"PostgreSQL ended while starting on {folder.Path}. It said:{Environment.NewLine}{run.Tail}", e);
                }

                if (clock.Elapsed > options.StartTimeout)
                {
                    throw new ArenaDataException($"PostgreSQL did not answer within {options.StartTimeout.TotalSeconds:F0} seconds on {folder.Path}. It said:{Environment.NewLine}{run.Tail}", e);
                }

                await Task.Delay(Poll, cancellationToken);
            }
        }
    }

    private static async Task EnsureDatabaseAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = EmbeddedPostgres.Database } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            await using var create = new NpgsqlCommand("create database " + EmbeddedPostgres.Database, connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL did not stop in mode {Mode}: {Reason}")]
    private static partial void LogStopFailed(ILogger logger, string mode, string reason);
}
