using Arena.Application.Leaderboards;
using Arena.Application.Suites;
using Arena.Application.Trust;
using Arena.Data.Blobs;
using Arena.Data.Embedded;
using Arena.Data.Embedded.Backup;
using Arena.Tests.Support;
using Arena.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Arena.Tests.Web.Hosting;

/// <summary>Backup and restore of what Arena really keeps, by the real migrations.</summary>
[Collection(PostgresGroup.Name)]
public sealed class BackupRoundTripTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Restore_OfABackup_ShowsTheSameBoardFromTheSameEvidence()
    {
        using var files = new TestFolder();
        string board, rows;
        string[] blobs;
        await using (var arena = await TestArena.StartAsync(postgres))
        {
            await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(), "test", default);
            using var worker = await TestWorker.StartAsync(arena);
            while (await worker.AcquireAsync() is { } run)
            {
                await worker.DoAsync(run.Jobs[0], ordinal => run.Entry.Contains("b0", StringComparison.Ordinal) ? ordinal % 2 : 0);
            }

            Assert.True(await Eventually.IsTrueAsync(async () => (await BoardAsync(arena))?.Content?.Methods[0].Standings.Count == 2));
            Assert.Equal(0, await CommandsFor(arena.ConnectionString, arena.DataFolder).BackupAsync(files.In("arena.zip"), default));
            board = Show(await BoardAsync(arena));
            rows = await CountAsync(arena);
            await using var context = await arena.OpenAsync();
            blobs = await context.Blobs.Select(blob => blob.Sha256).ToArrayAsync();
        }

        var database = await postgres.CreateDatabaseAsync();
        var folder = new TestFolder();
        Assert.Equal(0, await CommandsFor(database.ConnectionString, folder.Path).RestoreAsync(files.In("arena.zip"), fresh: false, default));
        await using var restored = await TestArena.StartOnAsync(database, folder);
        Assert.Equal(board, Show(await BoardAsync(restored)));
        Assert.Equal(rows, await CountAsync(restored));
        Assert.Null(await restored.Get<AuditLog>().FindBreakAsync(default));
        foreach (var blob in blobs)
        {
            await using var content = restored.Get<IBlobStore>().Open(blob);
            Assert.Equal(blob, Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(content)));
        }

        // and life goes on: identities continue after the restored rows
        var changed = await restored.Get<SuiteImporter>().ImportAsync(TinySuite.Make(title: "Changed"), "test", default);
        Assert.Equal((2, 2), (changed.Version, changed.RunsQueued));
    }

    private static DataCommands CommandsFor(string connectionString, string dataFolder) => new(
        new DataCommandOptions(TestPostgres.Options(dataFolder), connectionString),
        new RestoreSchema(DatabaseHost.KnownMigrations(), DatabaseHost.MigrateAsync),
        TextWriter.Null,
        TextWriter.Null,
        TimeProvider.System,
        NullLoggerFactory.Instance);

    private static Task<LeaderboardView?> BoardAsync(TestArena arena) => arena.Get<LeaderboardQueries>().FindAsync("tiny", null, default);

    private static string Show(LeaderboardView? view) => System.Text.Json.JsonSerializer.Serialize(view);

    private static async Task<string> CountAsync(TestArena arena) =>
        (string)(await arena.ScalarAsync("""
            select concat_ws(' ', (select count(*) from samples), (select count(*) from runs), (select count(*) from jobs), (select count(*) from output_chunks),
                (select sum(value) from measurement_chunks, unnest(values) value), (select count(*) from audit_events), (select count(*) from leaderboard_snapshots))
            """))!;
}
