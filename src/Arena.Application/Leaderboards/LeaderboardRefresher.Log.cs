using Microsoft.Extensions.Logging;

namespace Arena.Application.Leaderboards;

internal sealed partial class LeaderboardRefresher
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not refresh the leaderboards; trying again")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Leaderboard {Board} has version {Version}")]
    private partial void LogMade(string board, long version);
}
