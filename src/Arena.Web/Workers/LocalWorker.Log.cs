namespace Arena.Web.Workers;

internal sealed partial class LocalWorker
{
    [LoggerMessage(Level = LogLevel.Information, Message = "No local worker: {Explanation}")]
    private partial void LogNone(string explanation);

    [LoggerMessage(Level = LogLevel.Information, Message = "Local worker started, process {Process}")]
    private partial void LogStarted(int process);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Local worker ended with exit code {ExitCode}; starting another")]
    private partial void LogEnded(int exitCode);

    [LoggerMessage(Level = LogLevel.Error, Message = "Local worker could not be run; trying again")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "[worker] {Line}")]
    private partial void LogLine(string line);
}
