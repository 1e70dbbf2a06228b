namespace Arena.Data.Embedded.Backup;

/// <summary>Brings a database to a migration.</summary>
/// <param name="targetMigration">The migration to stop at; null for the newest.</param>
public delegate Task MigrateDatabase(string connectionString, string? targetMigration, CancellationToken cancellationToken);

/// <summary>How a restore makes the tables: the migrations live in another project.</summary>
/// <param name="KnownMigrations">Every migration this Arena has.</param>
public sealed record RestoreSchema(IReadOnlyCollection<string> KnownMigrations, MigrateDatabase MigrateAsync);
