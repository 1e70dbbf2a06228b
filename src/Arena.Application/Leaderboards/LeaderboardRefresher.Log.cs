using Microsoft.Extensions.Logging;

namespace Arena.Application.Leaderboards;

internal sealed partial class LeaderboardRefresher
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not refresh the leaderboards; trying again")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "No snapshot of leaderboard {Board} could be made")]
    private partial void LogBoardFailed(Exception exception, string board);

    [LoggerMessage(Level = LogLevel.Information, Message = "Leaderboard {Board} has version {Version}")]
    private partial void LogMade(string board, long version);
}
