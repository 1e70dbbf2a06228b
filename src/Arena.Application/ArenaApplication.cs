using Arena.Application.Entries;
using Arena.Application.Leaderboards;
using Arena.Application.Notices;
using Arena.Application.Predictions;
using Arena.Application.Runs;
using Arena.Application.Suites;
using Arena.Application.Trust;
using Arena.Application.Voting;
using Arena.Application.Workers;
using Arena.Data.Blobs;
using Arena.Data.Runs;
using Arena.Data.Voting;
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
        services.AddSingleton<PredictionRecorder>();
        services.AddSingleton<PredictionIngest>();
        services.AddSingleton<WorkSignal>();
        services.AddSingleton<WorkerTokens>();
        services.AddSingleton<WorkerAdministration>();
        services.AddSingleton<WorkerQueries>();
        services.AddSingleton<ArtefactLinks>();
        services.AddSingleton<RunLeases>();
        services.AddHostedService<LeaseKeeper>();

        services.AddVoting();
        return services;
    }

    private static void AddVoting(this IServiceCollection services)
    {
        services.AddOptions<VotingOptions>().BindConfiguration("Arena:Voting").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<BallotStore>();
        services.AddSingleton<BallotWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<BallotWriter>());
        services.AddSingleton<ArenaCatalog>();
        services.AddSingleton<LiveArenas>();
        services.AddSingleton<VotingLimits>();
        services.AddSingleton<VoterMemory>();
        services.AddSingleton<BattleSeal>();
        services.AddSingleton<BattleDrawer>();
        services.AddSingleton<GoldRecord>();
        services.AddSingleton<EligibilityRules>();
        services.AddSingleton<NetworkDigests>();
        services.AddSingleton<BallotCasting>();
        services.AddSingleton<VoteSnapshots>();
        services.AddSingleton<BattleOutputs>();
        services.AddSingleton<ArenaQueries>();
        services.AddSingleton<VoterBallots>();
        services.AddSingleton<VoterForgetting>();
        services.AddSingleton<BallotReview>();
        services.AddSingleton<ArenaMaker>();
        services.AddSingleton<ArenaAdministration>();
        services.AddSingleton<PersonalBoards>();
        services.AddSingleton<EvidenceExport>();
        services.AddSingleton<RecordedArenas>();
        services.AddSingleton<VoteReplaying>();
    }
}
