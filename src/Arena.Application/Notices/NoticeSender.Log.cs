using Microsoft.Extensions.Logging;

namespace Arena.Application.Notices;

internal sealed partial class NoticeSender
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not send notices; they are kept and tried again")]
    private partial void LogNotSent(Exception exception);
}
