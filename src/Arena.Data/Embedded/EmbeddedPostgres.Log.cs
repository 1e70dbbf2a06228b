using Microsoft.Extensions.Logging;

namespace Arena.Data.Embedded;

public sealed partial class EmbeddedPostgres
{
    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL {Version} ready in {Seconds:F2} s on {Folder}")]
    private static partial void LogReady(ILogger logger, string version, double seconds, string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL stopped on {Folder}")]
    private static partial void LogStopped(ILogger logger, string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed the socket folder of an Arena that was killed")]
    private static partial void LogLeakedSocket(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL ended by itself (exit code {Code}) and is started again")]
    private static partial void LogEnded(ILogger logger, int code);

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL did not start again (attempt {Attempt})")]
    private static partial void LogRestartFailed(ILogger logger, int attempt, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL runs again (restart {Restarts} of this Arena)")]
    private static partial void LogRestarted(ILogger logger, int restarts);
}
