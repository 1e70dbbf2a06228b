using Arena.Application.Notices;
using Arena.Data;
using Arena.Data.Ids;
using Arena.Data.Leaderboards;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Leaderboards;

/// <summary>Tells the boards behind a run that something about it changed, after the change is committed.</summary>
public sealed class BoardChanges(IDbContextFactory<ArenaDbContext> contexts, RefreshSignal refresh, NoticeBoard notices)
{
    public async Task RunChangedAsync(RunId run, CancellationToken cancellationToken)
    {
        refresh.Wake();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var boards = await (
            from changed in context.Runs
            join version in context.SuiteVersions on changed.SuiteVersionId equals version.Id
            join board in context.Leaderboards on version.SuiteId equals board.SuiteId
            where changed.Id == run && board.Source == BoardSource.Measurements
            select board.Slug).ToListAsync(cancellationToken);
        foreach (var board in boards)
        {
            notices.Changed(board, 0);
        }
    }
}
