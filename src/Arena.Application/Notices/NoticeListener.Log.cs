using Microsoft.Extensions.Logging;

namespace Arena.Application.Notices;

internal sealed partial class NoticeListener
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the connection that listens for notices; connecting again")]
    private partial void LogLost(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Receiver} failed on a notice of board {Board}")]
    private partial void LogReceiverFailed(Exception exception, string receiver, string board);
}
