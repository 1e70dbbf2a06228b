using Arena.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Arena.Application.Leaderboards;

/// <summary>
/// Makes snapshots: when woken, and every few seconds by itself, so that evidence which came in just before a crash,
/// or through another node, is never forgotten.
/// </summary>
internal sealed partial class LeaderboardRefresher(RefreshSignal signal, SnapshotMaker maker, IDbContextFactory<ArenaDbContext> contexts, TimeProvider time, ILogger<LeaderboardRefresher> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <summary>Between two rounds, so that a burst of results becomes one snapshot.</summary>
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(300);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RefreshAllAsync(stoppingToken);
            }
            catch (Exception e) when (DatabaseTrouble.Is(e))
            {
                // the next round reads everything anew
                LogFailed(e);
            }

            await Task.Delay(Debounce, time, stoppingToken);
            await signal.WaitAsync(LookEvery, stoppingToken);
        }
    }

    private async Task RefreshAllAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var board in await context.Leaderboards.AsNoTracking().ToListAsync(cancellationToken))
        {
            try
            {
                if (await maker.RefreshAsync(board, cancellationToken) is { } version)
                {
                    LogMade(board.Slug, version);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException && !DatabaseTrouble.Is(e))
            {
                // a board that cannot be made must not stop the others; it is tried again, and complained of, at every round
                LogBoardFailed(e, board.Slug);
            }
        }
    }
}
