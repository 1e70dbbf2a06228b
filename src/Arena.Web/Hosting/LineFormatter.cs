using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Arena.Web.Hosting;

/// <summary>One line an event, for a person at a console: the time, how bad it is when it is bad, what happened. The cause follows on lines of its own.</summary>
internal sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "arena";

    public LineFormatter() : this(TimeProvider.System)
    {
    }

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write(time.GetLocalNow().ToString("HH:mm:ss ", CultureInfo.InvariantCulture));
        textWriter.Write(logEntry.LogLevel switch
        {
            LogLevel.Critical => "CRITICAL: ",
            LogLevel.Error => "ERROR: ",
            LogLevel.Warning => "warning: ",
            _ => "",
        });
        textWriter.Write(message);
        if (logEntry.LogLevel >= LogLevel.Warning)
        {
            textWriter.Write(" [");
            textWriter.Write(logEntry.Category);
            textWriter.Write(']');
        }

        textWriter.WriteLine();
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(exception.ToString());
        }
    }
}
