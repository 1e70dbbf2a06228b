using Arena.Data;
using Arena.Data.Embedded;
using Arena.Migrations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Arena.Web.Hosting;

/// <summary>The database of this host: the embedded one, or the one that <c>ConnectionStrings:Arena</c> names.</summary>
internal sealed class DatabaseHost : IAsyncDisposable
{
    private DatabaseHost(EmbeddedPostgres? embedded, string connectionString, string dataFolder)
    {
        Embedded = embedded;
        Data = new(dataFolder);
        DataSource = NpgsqlDataSource.Create(Bounded(connectionString));
        if (embedded is not null)
        {
            // connections to the server that ended are dead: nobody should be handed one
            embedded.Restarted += (_, _) => DataSource.Clear();
        }
    }

    /// <summary>Null when a server of the operator's is used.</summary>
    public EmbeddedPostgres? Embedded { get; }

    /// <summary>Blobs, keys and tokens are here, whichever database is used.</summary>
    public DataFolder Data { get; }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>Starts or reaches the database and brings its tables up to date.</summary>
    public static async Task<DatabaseHost> StartAsync(WebApplicationBuilder builder, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var options = EmbeddedPostgresOptions.From(builder.Configuration, builder.Environment.ContentRootPath);
        var own = builder.Configuration.GetConnectionString("Arena");
        DatabaseHost host;
        if (string.IsNullOrWhiteSpace(own))
        {
            var embedded = await EmbeddedPostgres.StartAsync(options, TimeProvider.System, loggers, cancellationToken);
            host = new(embedded, embedded.ConnectionString, options.DataFolder);
        }
        else
        {
            new DataFolder(options.DataFolder).Ensure();
            host = new(null, own, options.DataFolder);
        }

        try
        {
            await MigrateAsync(host.DataSource, targetMigration: null, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Brings the tables to a migration, by default the newest. EF holds a lock meanwhile, so that two nodes do not do it at once.</summary>
    public static async Task MigrateAsync(string connectionString, string? targetMigration, CancellationToken cancellationToken)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await MigrateAsync(dataSource, targetMigration, cancellationToken);
    }

    /// <summary>Every migration that this Arena has.</summary>
    public static IReadOnlyCollection<string> KnownMigrations()
    {
        using var dataSource = NpgsqlDataSource.Create("Host=nowhere");
        using var context = Context(dataSource, out var services);
        using (services)
        {
            return [.. context.Database.GetMigrations()];
        }
    }

    /// <summary>
    /// A server takes a hundred connections unless told otherwise, and Npgsql would ask for as many: then a burst meets "too many
    /// clients" instead of waiting for its turn. A connection string that says a size keeps it.
    /// </summary>
    private static string Bounded(string connectionString)
    {
        const int perNode = 40;
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!builder.Keys.Contains("Maximum Pool Size", StringComparer.OrdinalIgnoreCase))
        {
            builder.MaxPoolSize = perNode;
        }

        return builder.ConnectionString;
    }

    private static async Task MigrateAsync(NpgsqlDataSource dataSource, string? targetMigration, CancellationToken cancellationToken)
    {
        await using var context = Context(dataSource, out var services);
        await using (services)
        {
            await context.Database.MigrateAsync(targetMigration, cancellationToken);
        }
    }

    private static ArenaDbContext Context(NpgsqlDataSource dataSource, out ServiceProvider services)
    {
        services = new ServiceCollection().Configure<IdentityOptions>(ArenaDatabase.ConfigureStores).BuildServiceProvider();
        var options = new DbContextOptionsBuilder<ArenaDbContext>();
        options.UseApplicationServiceProvider(services).UseArena(dataSource);
        return new ArenaDbContext(options.Options);
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        if (Embedded is not null)
        {
            await Embedded.DisposeAsync();
        }
    }
}
