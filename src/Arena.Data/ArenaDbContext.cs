using Arena.Data.Accounts;
using Arena.Data.Audit;
using Arena.Data.Blobs;
using Arena.Data.Entries;
using Arena.Data.Ids;
using Arena.Data.Leaderboards;
using Arena.Data.Mapping;
using Arena.Data.Runs;
using Arena.Data.Suites;
using Arena.Data.Voting;
using Arena.Data.Workers;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Arena.Data;

/// <summary>Everything that Arena keeps in PostgreSQL. One context an operation, from <c>IDbContextFactory</c>.</summary>
public sealed class ArenaDbContext(DbContextOptions<ArenaDbContext> options) : IdentityDbContext<ArenaUser, ArenaRole, Guid>(options)
{
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();

    public DbSet<Suite> Suites => Set<Suite>();

    public DbSet<SuiteVersion> SuiteVersions => Set<SuiteVersion>();

    public DbSet<Sample> Samples => Set<Sample>();

    public DbSet<Entry> Entries => Set<Entry>();

    public DbSet<EntryVersion> EntryVersions => Set<EntryVersion>();

    public DbSet<Run> Runs => Set<Run>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<OutputChunk> OutputChunks => Set<OutputChunk>();

    public DbSet<MeasurementChunk> MeasurementChunks => Set<MeasurementChunk>();

    public DbSet<Worker> Workers => Set<Worker>();

    public DbSet<Leaderboard> Leaderboards => Set<Leaderboard>();

    public DbSet<LeaderboardSnapshot> LeaderboardSnapshots => Set<LeaderboardSnapshot>();

    public DbSet<VotingArena> VotingArenas => Set<VotingArena>();

    public DbSet<Contestant> Contestants => Set<Contestant>();

    public DbSet<VotingSample> VotingSamples => Set<VotingSample>();

    public DbSet<Voter> Voters => Set<Voter>();

    public DbSet<Battle> Battles => Set<Battle>();

    public DbSet<Ballot> Ballots => Set<Ballot>();

    public DbSet<EligibilityChange> EligibilityChanges => Set<EligibilityChange>();

    public DbSet<NetworkKey> NetworkKeys => Set<NetworkKey>();

    public DbSet<PersonalToken> PersonalTokens => Set<PersonalToken>();

    public DbSet<Blob> Blobs => Set<Blob>();

    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        TypedIdConverters.Register(configurationBuilder);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ArenaDbContext).Assembly);
        SnakeCaseNames.Apply(builder);
    }
}
