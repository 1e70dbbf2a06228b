using System.Diagnostics;
using System.Globalization;
using Arena.Data;
using Arena.Data.Embedded;
using Arena.Data.Ids;
using Arena.Data.Runs;
using Arena.Migrations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Arena.Benchmarks;

/// <summary>
/// How many measurements a second become durable, and how many are read back: Arena's packed chunks, beside one row a sample
/// copied in by Debian's psql into the same server (fsync on, as shipped).
/// </summary>
internal static class StoreBenchmark
{
    private const int Samples = 10_000_000;
    private const int ChunkSamples = 4096;
    private const int ChunksInTransaction = 64;
    private const int PeerSamples = 1_000_000;
    private const int Rounds = 3;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new BenchmarkFolder();
        var options = new EmbeddedPostgresOptions { DataFolder = folder.In("data"), SearchFrom = [BenchmarkFolder.Repository] };
        await using var postgres = await EmbeddedPostgres.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString);
        await MigrateAsync(database, cancellationToken);
        Console.WriteLine($"PostgreSQL {postgres.Version}, {Environment.ProcessorCount} cores, median of {Rounds} rounds");
        Console.WriteLine();
        Console.WriteLine("| what | samples/s | against one row a sample |");
        Console.WriteLine("|---|---|---|");
        double[] written = new double[Rounds], read = new double[Rounds], rows = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var run = await AddRunAsync(database, round, cancellationToken);
            written[round] = await WriteAsync(database, run, cancellationToken);
            read[round] = await ReadAsync(database, run, cancellationToken);
            rows[round] = await CopyRowsAsync(postgres, folder, database, cancellationToken);
        }

        double peer = Median(rows);
        Print("chunks written (binary COPY, " + ChunkSamples.ToString(CultureInfo.InvariantCulture) + " samples a chunk)", Median(written), peer);
        Print("chunks read back into one vector", Median(read), peer);
        Print("peer: psql \\copy, one row a sample with a key", peer, peer);
    }

    private static void Print(string what, double rate, double peer) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {rate:N0} | {rate / peer:F1}× |"));

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static async Task MigrateAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().Configure<IdentityOptions>(ArenaDatabase.ConfigureStores).BuildServiceProvider();
        var options = new DbContextOptionsBuilder<ArenaDbContext>();
        options.UseApplicationServiceProvider(services).UseArena(database);
        await using var context = new ArenaDbContext(options.Options);
        await context.Database.MigrateAsync(cancellationToken);
        await ExecuteAsync(database, "create table peer_rows (run uuid, metric text, ordinal int, value real, primary key (run, metric, ordinal))", cancellationToken);
    }

    private static async Task<RunId> AddRunAsync(NpgsqlDataSource database, int round, CancellationToken cancellationToken)
    {
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToArray();
        await ExecuteAsync(database, $$"""
            insert into suites (id, slug, created_at) values ('{{ids[0]}}', 'suite-{{round}}', now());
            insert into suite_versions (id, suite_id, number, checksum, title, description, family, manifest, archive_sha256, input_blobs, sample_count, published_at)
            values ('{{ids[1]}}', '{{ids[0]}}', 1, '', '', '', '', '', '', '{}', {{Samples}}, now());
            insert into entries (id, slug, name, kind, created_at) values ('{{ids[2]}}', 'entry-{{round}}', '', 'OnnxModel', now());
            insert into entry_versions (id, entry_id, number, artifact_sha256, preprocessing, output_name, output_kind, created_at, card)
            values ('{{ids[3]}}', '{{ids[2]}}', 1, '', '', '', '', now(), '{"Description":""}');
            insert into runs (id, entry_version_id, suite_version_id, hardware_class, state, created_at) values ('{{ids[4]}}', '{{ids[3]}}', '{{ids[1]}}', 'cpu', 'Running', now());
            """, cancellationToken);
        return new RunId(ids[4]);
    }

    private static async Task<double> WriteAsync(NpgsqlDataSource database, RunId run, CancellationToken cancellationToken)
    {
        var values = new float[ChunkSamples];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = i % 7 == 0 ? 0 : 1;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var clock = Stopwatch.StartNew();
        for (var first = 0; first < Samples; first += ChunkSamples * ChunksInTransaction)
        {
            var start = first;
            await ChunkStore.StoreMeasurementsAsync(
                connection,
                Enumerable.Range(0, Math.Min(ChunksInTransaction, (Samples - start) / ChunkSamples)).Select(i => new MeasurementChunk { RunId = run, Metric = "accuracy", FirstOrdinal = start + (i * ChunkSamples), Count = ChunkSamples, Values = values }),
                cancellationToken);
        }

        return Samples / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> ReadAsync(NpgsqlDataSource database, RunId run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var clock = Stopwatch.StartNew();
        var vectors = await ChunkStore.ReadMeasurementsAsync(connection, [run], "accuracy", Samples, cancellationToken);
        return vectors[run].Count(value => !float.IsNaN(value)) / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> CopyRowsAsync(EmbeddedPostgres postgres, BenchmarkFolder folder, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var file = folder.In("rows.csv");
        var run = Guid.NewGuid();
        await using (var rows = new StreamWriter(file))
        {
            for (var i = 0; i < PeerSamples; i++)
            {
                await rows.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{run},accuracy,{i},{(i % 7 == 0 ? 0 : 1)}"));
            }
        }

        var settings = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        var info = new ProcessStartInfo("psql", ["-q", "-h", settings.Host!, "-U", settings.Username!, "-d", settings.Database!, "-c", $"\\copy peer_rows from '{file}' csv"]) { UseShellExecute = false };
        info.Environment["PGPASSWORD"] = settings.Password;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(info)!;
        await process.WaitForExitAsync(cancellationToken);
        var rate = PeerSamples / clock.Elapsed.TotalSeconds;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("psql failed; see above. The peer is Debian's package postgresql-client.");
        }

        await ExecuteAsync(database, "truncate peer_rows", cancellationToken);
        return rate;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
