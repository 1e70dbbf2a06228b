using Microsoft.Extensions.Logging;

namespace Arena.Application.Workers;

internal sealed partial class LeaseKeeper
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} leases ran out; their jobs wait for another worker")]
    private partial void LogExpired(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not look for leases that ran out; trying again")]
    private partial void LogFailed(Exception exception);
}
