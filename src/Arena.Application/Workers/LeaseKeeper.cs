using Arena.Application.Leaderboards;
using Arena.Data;
using Arena.Data.Runs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Arena.Application.Workers;

/// <summary>Takes back leases whose time is up, every two seconds; on every node, which does no harm.</summary>
internal sealed partial class LeaseKeeper(JobQueue queue, WorkSignal work, BoardChanges changes, TimeProvider time, ILogger<LeaseKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var runs = await queue.ExpireAsync(stoppingToken);
                if (runs.Count > 0)
                {
                    LogExpired(runs.Count);
                    work.Wake();
                    foreach (var run in runs.Distinct())
                    {
                        await changes.RunChangedAsync(run, stoppingToken);
                    }
                }
            }
            catch (Exception e) when (DatabaseTrouble.Is(e))
            {
                // the database is away; nothing is lost by looking later
                LogFailed(e);
            }

            await Task.Delay(Every, time, stoppingToken);
        }
    }
}
