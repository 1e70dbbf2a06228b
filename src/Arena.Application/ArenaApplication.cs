using Arena.Application.Entries;
using Arena.Application.Leaderboards;
using Arena.Application.Notices;
using Arena.Application.Runs;
using Arena.Application.Suites;
using Arena.Application.Trust;
using Arena.Application.Workers;
using Arena.Data.Blobs;
using Arena.Data.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Arena.Application;

/// <summary>Registers the use cases. The host brings the database, the data protection keys and the receivers of notices.</summary>
public static class ArenaApplication
{
    /// <param name="services">Of the host.</param>
    /// <param name="blobFolder">Where blobs are kept.</param>
    public static IServiceCollection AddArenaApplication(this IServiceCollection services, string blobFolder)
    {
        services.AddSingleton<IBlobStore>(_ => new DiskBlobStore(blobFolder));
        services.AddSingleton<AuditLog>();
        services.AddSingleton<NoticeBoard>();
        services.AddHostedService<NoticeSender>();
        services.AddHostedService<NoticeListener>();

        services.AddSingleton<SuiteCatalog>();
        services.AddSingleton<SuiteImporter>();
        services.AddSingleton<SuiteQueries>();
        services.AddSingleton<EntryBreakdown>();
        services.AddSingleton<EntryQueries>();

        services.AddSingleton<RefreshSignal>();
        services.AddSingleton<BoardChanges>();
        services.AddSingleton<SnapshotMaker>();
        services.AddSingleton<LeaderboardQueries>();
        services.AddHostedService<LeaderboardRefresher>();

        services.AddOptions<WorkerOptions>().BindConfiguration("Arena:Workers").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<JobCompletion>();
        services.AddSingleton<RunPlanner>();
        services.AddSingleton<WorkSignal>();
        services.AddSingleton<WorkerTokens>();
        services.AddSingleton<WorkerAdministration>();
        services.AddSingleton<WorkerQueries>();
        services.AddSingleton<ArtefactLinks>();
        services.AddSingleton<RunLeases>();
        services.AddHostedService<LeaseKeeper>();
        return services;
    }
}
