using Microsoft.Extensions.Logging;

namespace Arena.Application.Voting;

public sealed partial class BallotWriter
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} ballots could not be stored; their voters are told to send them again")]
    private partial void LogNotStored(Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} draws could not be logged")]
    private partial void LogDrawsNotLogged(Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} draws were not logged: too many waited")]
    private partial void LogDrawsDropped(long count);
}
