using System.Globalization;
using Arena.Data.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Arena.Tests.Support;

/// <summary>
/// One embedded PostgreSQL for the whole test run, and a fresh database for whoever asks. Use it with
/// <c>[Collection(PostgresGroup.Name)]</c> and a constructor parameter.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly SemaphoreSlim templates = new(1, 1);
    private readonly Dictionary<string, Task> prepared = new(StringComparer.Ordinal);
    private readonly TestFolder folder = new();
    private EmbeddedPostgres? server;
    private int made;

    public EmbeddedPostgres Server => server ?? throw new InvalidOperationException("The server has not started yet.");

    public async Task InitializeAsync() => server = await EmbeddedPostgres.StartAsync(
        TestPostgres.Options(folder.Path) with { Settings = TestPostgres.Fast }, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
        templates.Dispose();
    }

    /// <param name="template">Name of a database to copy: see <see cref="EnsureTemplateAsync"/>. Default: an empty database.</param>
    public async Task<TestDatabase> CreateDatabaseAsync(string template = "template0")
    {
        var name = "t" + Interlocked.Increment(ref made).ToString(CultureInfo.InvariantCulture);
        await ExecuteAsync($"create database {name} template {template} strategy wal_log");
        return new(name, On(name), async database => await ExecuteAsync($"drop database {database} with (force)"));
    }

    /// <summary>Makes a database once a run (migrates it, say), for copying. <paramref name="prepare"/> gets its connection string.</summary>
    public async Task EnsureTemplateAsync(string name, Func<string, Task> prepare)
    {
        await templates.WaitAsync();
        try
        {
            if (!prepared.TryGetValue(name, out var task))
            {
                prepared[name] = task = PrepareAsync(name, prepare);
            }

            await task;
        }
        finally
        {
            templates.Release();
        }
    }

    private async Task PrepareAsync(string name, Func<string, Task> prepare)
    {
        await ExecuteAsync($"create database {name}");
        await prepare(On(name));
        await using var connection = new NpgsqlConnection(On(name));
        NpgsqlConnection.ClearPool(connection); // a database with a connection to it cannot be copied
        await ExecuteAsync($"alter database {name} with allow_connections false");
        await ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
    }

    private string On(string database) => new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Database = database }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(On("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
