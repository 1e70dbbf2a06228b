using System.Data.Common;
using Arena.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Arena.Web.Health;

/// <summary>The database answers, and every migration of this build is applied. Migrations are never undone, so that is asked until it is true.</summary>
internal sealed class DatabaseHealthCheck(IDbContextFactory<ArenaDbContext> contexts) : IHealthCheck
{
    private volatile bool migrated;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var database = await contexts.CreateDbContextAsync(cancellationToken);
            if (!migrated)
            {
                if ((await database.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                {
                    return HealthCheckResult.Unhealthy("The database lacks migrations of this build.");
                }

                migrated = true;
            }

            await database.Database.ExecuteSqlAsync($"SELECT 1", cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (DbException exception)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", exception);
        }
    }
}
