using Arena.Data;
using Arena.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Arena.Tests.Support;

/// <summary>A whole host in this process, on a free loopback port, with a fresh database and data folder, and no worker of its own.</summary>
internal sealed class TestArena : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly TestFolder folder;
    private readonly RunningHost host;

    private TestArena(TestDatabase database, TestFolder folder, RunningHost host)
    {
        (this.database, this.folder, this.host) = (database, folder, host);
        Client = new HttpClient { BaseAddress = Address };
    }

    public Uri Address => new(host.Addresses[0]);

    /// <summary>Sends to the host.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => host.App.Services;

    public string DataFolder => folder.Path;

    public string ConnectionString => database.ConnectionString;

    public Npgsql.NpgsqlDataSource Database => host.Database.DataSource;

    /// <param name="postgres">The shared server.</param>
    /// <param name="suites">Folder of suites to import at start; default: an empty one.</param>
    /// <param name="settings">More settings, as <c>--name=value</c>.</param>
    public static async Task<TestArena> StartAsync(PostgresFixture postgres, string? suites = null, params string[] settings)
    {
        await postgres.EnsureTemplateAsync("migrated", connection => DatabaseHost.MigrateAsync(connection, targetMigration: null, CancellationToken.None));
        return await StartOnAsync(await postgres.CreateDatabaseAsync("migrated"), new TestFolder(), suites, settings);
    }

    /// <summary>Starts on a database and a data folder that are there already; they are disposed with it.</summary>
    public static async Task<TestArena> StartOnAsync(TestDatabase database, TestFolder folder, string? suites = null, params string[] settings)
    {
        var empty = folder.In("no-suites");
        Directory.CreateDirectory(empty);
        var host = await ArenaHost.StartAsync(
        [
            "--urls=http://127.0.0.1:0",
            "--environment=Production",
            "--applicationName=Arena.Web", // the static assets of the web host, not of the test host
            $"--contentRoot={Path.Combine(RepositoryFolder.Path, "src", "Arena.Web")}",
            $"--ConnectionStrings:Arena={database.ConnectionString}",
            $"--Arena:Data={folder.Path}",
            $"--Arena:Suites={suites ?? empty}",
            "--Arena:LocalWorker:Enabled=false",
            "--Logging:LogLevel:Default=Warning",
            .. settings,
        ]);
        return new(database, folder, host);
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public Task<ArenaDbContext> OpenAsync() => Get<IDbContextFactory<ArenaDbContext>>().CreateDbContextAsync();

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }
}
