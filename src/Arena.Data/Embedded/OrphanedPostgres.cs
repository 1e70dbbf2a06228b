using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Arena.Data.Embedded;

/// <summary>Whoever holds the guard may end a PostgreSQL on the data: its host is gone.</summary>
internal static partial class OrphanedPostgres
{
    private const int NotRunning = 3; // pg_ctl status
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="ArenaDataException">One is there and does not stop.</exception>
    public static async Task StopAsync(PostgresLauncher launcher, string data, ILogger logger, CancellationToken cancellationToken)
    {
        var pidFile = Path.Combine(data, "postmaster.pid");
        if (LivePostgres.CanTell)
        {
            var live = LivePostgres.On(data);
            if (live.Count > 0 && File.Exists(pidFile) && await ReadPidAsync(pidFile, cancellationToken) is { } postmaster && live.Contains(postmaster))
            {
                await StopServerAsync(launcher, data, postmaster, cancellationToken);
                LogStopped(logger, data);
            }

            // backends whose postmaster was killed end by themselves, at the latest when we end them
            await LivePostgres.EndAsync(data, Patience, cancellationToken);
            if (File.Exists(pidFile))
            {
                // nobody works on the data, so the number in the file is stale, even if another process has it by now
                File.Delete(pidFile);
                LogStale(logger, pidFile);
            }
        }
        else if (File.Exists(pidFile))
        {
            var status = await ProcessRunner.TryRunAsync(launcher.Command("pg_ctl", data, "status"), input: null, cancellationToken);
            if (status.ExitCode != NotRunning)
            {
                await StopServerAsync(launcher, data, await ReadPidAsync(pidFile, cancellationToken) ?? 0, cancellationToken);
                LogStopped(logger, data);
            }
        }
    }

    private static async Task StopServerAsync(PostgresLauncher launcher, string data, int postmaster, CancellationToken cancellationToken)
    {
        var stop = await ProcessRunner.TryRunAsync(launcher.Command("pg_ctl", data, "stop", "-m", "fast", "-w", "-t", "30"), input: null, cancellationToken);
        if (stop.ExitCode != 0 && (!LivePostgres.CanTell || LivePostgres.On(data).Contains(postmaster)))
        {
            var id = postmaster.ToString(CultureInfo.InvariantCulture);
            throw new ArenaDataException($"A PostgreSQL (process {id}) that lost its Arena is still running on {data} and did not stop: {stop.Describe()}. Stop it with 'kill -INT {id}' and start Arena again.");
        }
    }

    private static async Task<int?> ReadPidAsync(string pidFile, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(pidFile, cancellationToken);
        return lines.Length > 0 && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopped a PostgreSQL on {Data} that its Arena had left behind")]
    private static partial void LogStopped(ILogger logger, string data);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {File}, left by a PostgreSQL that was killed")]
    private static partial void LogStale(ILogger logger, string file);
}
