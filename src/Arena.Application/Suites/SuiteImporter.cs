using System.Text;
using Arena.Application.Blobs;
using Arena.Application.Leaderboards;
using Arena.Application.Notices;
using Arena.Application.Runs;
using Arena.Application.Trust;
using Arena.Application.Voting;
using Arena.Application.Workers;
using Arena.Data;
using Arena.Data.Blobs;
using Arena.Data.Entries;
using Arena.Data.Ids;
using Arena.Data.Leaderboards;
using Arena.Data.Suites;
using Arena.Evaluation.Suites;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Arena.Application.Suites;

/// <summary>Brings a suite in: a new version when its content is new, with its baselines as entries, its board and the runs that follow.</summary>
public sealed class SuiteImporter(
    IDbContextFactory<ArenaDbContext> contexts,
    IBlobStore blobs,
    RunPlanner planner,
    ArenaMaker arenas,
    AuditLog audit,
    NoticeBoard notices,
    RefreshSignal refresh,
    WorkSignal work,
    TimeProvider time)
{
    /// <summary>Imports. All or nothing: a crash in the middle leaves no trace but blobs that nothing refers to.</summary>
    /// <param name="suite">What was read and found sound.</param>
    /// <param name="actor">Who did it, for the audit log.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SuiteImported> ImportAsync(SuiteDefinition suite, string actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(suite);
        var manifest = suite.Manifest;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        var raw = (NpgsqlTransaction)transaction.GetDbTransaction();
        // two imports of one suite at once would both take the next number
        await using (var take = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 0))", connection, raw) { Parameters = { new() { Value = "suite:" + manifest.Slug } } })
        {
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        var stored = await context.Suites.Include(s => s.Versions).SingleOrDefaultAsync(s => s.Slug == manifest.Slug, cancellationToken);
        var known = stored?.Versions.SingleOrDefault(version => string.Equals(version.Checksum, suite.Checksum, StringComparison.Ordinal));
        if (known is not null)
        {
            return new(manifest.Slug, known.Number, Created: false, known.SampleCount, RunsQueued: 0);
        }

        if (stored is null)
        {
            stored = new Suite { Id = new(NewId()), Slug = manifest.Slug, CreatedAt = time.GetUtcNow() };
            context.Suites.Add(stored);
        }

        var version = await AddVersionAsync(context, stored, suite, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await CopySamplesAsync(connection, version.Id, suite, cancellationToken);
        await AddBaselinesAsync(context, stored, suite, cancellationToken);
        var board = await AddBoardAsync(context, stored, manifest, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);

        var runs = await planner.PlanAsync(context, raw, version, suite, cancellationToken);
        if (manifest.Arena is { } arena)
        {
            await arenas.AddAsync(context, version, manifest.Slug, arena, cancellationToken);
        }

        await audit.AppendAsync(connection, raw, actor, "suite.imported", "suite:" + manifest.Slug, new { version = version.Number, checksum = suite.Checksum, samples = version.SampleCount, runs }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        work.Wake();
        refresh.Wake();
        notices.Changed(board.Slug, 0);
        return new(manifest.Slug, version.Number, Created: true, version.SampleCount, runs);
    }

    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    private async Task<SuiteVersion> AddVersionAsync(ArenaDbContext context, Suite stored, SuiteDefinition suite, CancellationToken cancellationToken)
    {
        var manifest = suite.Manifest;
        using var zip = new MemoryStream();
        SuiteArchive.Pack(suite, zip);
        var archive = await PutAsync(context, zip.ToArray(), cancellationToken);
        var input = await PutAsync(context, suite.Read(manifest.Input.File), cancellationToken);
        var version = new SuiteVersion
        {
            Id = new(NewId()),
            SuiteId = stored.Id,
            Number = stored.Versions.Select(v => v.Number).DefaultIfEmpty().Max() + 1,
            Checksum = suite.Checksum,
            Title = manifest.Title,
            Description = manifest.Description,
            Family = manifest.Task.Family,
            Manifest = Encoding.UTF8.GetString(suite.Read(SuiteManifest.FileName).Span),
            ArchiveSha256 = archive,
            InputBlobs = new Dictionary<string, string>(StringComparer.Ordinal) { [manifest.Input.Name] = input },
            SampleCount = suite.Samples.Length,
            PublishedAt = time.GetUtcNow(),
        };
        context.SuiteVersions.Add(version);
        return version;
    }

    private static async Task CopySamplesAsync(NpgsqlConnection connection, SuiteVersionId version, SuiteDefinition suite, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy samples (suite_version_id, ordinal, name, label, \"group\", tags, hidden, weight) from stdin (format binary)", cancellationToken);
        foreach (var sample in suite.Samples)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(version.Value, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(sample.Ordinal, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(sample.Id, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(sample.Label, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(sample.Group, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(sample.Tags.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(sample.Split == SampleSplit.Hidden, NpgsqlDbType.Boolean, cancellationToken);
            await copy.WriteAsync(sample.Weight, NpgsqlDbType.Double, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>Each baseline is an entry; a changed one gets a new version, and one that is no longer listed is retired.</summary>
    private async Task AddBaselinesAsync(ArenaDbContext context, Suite stored, SuiteDefinition suite, CancellationToken cancellationToken)
    {
        var entries = await context.Entries.Include(entry => entry.Versions).Where(entry => entry.BaselineOf == stored.Id).ToListAsync(cancellationToken);
        foreach (var baseline in suite.Baselines)
        {
            // the suite's name goes before the baseline's own: two suites may both have a "linear-svm"
            var slug = $"{stored.Slug}-{baseline.Slug}";
            var entry = entries.Find(entry => string.Equals(entry.Slug, slug, StringComparison.Ordinal));
            if (entry is null)
            {
                entry = new Entry { Id = new(NewId()), Slug = slug, Name = baseline.Name, BaselineOf = stored.Id, CreatedAt = time.GetUtcNow() };
                context.Entries.Add(entry);
            }

            entries.Remove(entry);
            entry.Name = baseline.Name;
            entry.Kind = baseline.Recorded ? EntryKind.Predictions : EntryKind.OnnxModel;
            var artifact = await PutAsync(context, suite.Read(baseline.File), cancellationToken);
            var version = new EntryVersion
            {
                Id = new(NewId()),
                EntryId = entry.Id,
                Number = entry.Versions.Select(v => v.Number).DefaultIfEmpty().Max() + 1,
                ArtifactSha256 = artifact,
                Preprocessing = baseline.Preprocessing,
                OutputName = baseline.Output.Name,
                OutputKind = baseline.Output.Kind.ToString().ToLowerInvariant(),
                Card = new() { Description = baseline.Description, Licence = baseline.Licence, Parameters = baseline.Parameters, Training = baseline.Training },
                CreatedAt = time.GetUtcNow(),
            };
            var newest = entry.Versions.MaxBy(v => v.Number);
            if (newest is null || newest.RetiredAt is not null || !SameModel(newest, version))
            {
                context.EntryVersions.Add(version);
            }
        }

        foreach (var version in entries.SelectMany(gone => gone.Versions).Where(version => version.RetiredAt is null))
        {
            version.RetiredAt = time.GetUtcNow();
        }
    }

    private static bool SameModel(EntryVersion a, EntryVersion b) =>
        string.Equals(a.ArtifactSha256, b.ArtifactSha256, StringComparison.Ordinal)
        && string.Equals(a.Preprocessing, b.Preprocessing, StringComparison.Ordinal)
        && string.Equals(a.OutputName, b.OutputName, StringComparison.Ordinal)
        && string.Equals(a.OutputKind, b.OutputKind, StringComparison.Ordinal)
        && a.Card == b.Card;

    private async Task<Leaderboard> AddBoardAsync(ArenaDbContext context, Suite stored, SuiteManifest manifest, CancellationToken cancellationToken)
    {
        var board = await context.Leaderboards.SingleOrDefaultAsync(board => board.SuiteId == stored.Id && board.Source == BoardSource.Measurements, cancellationToken);
        if (board is null)
        {
            board = new Leaderboard { Id = new(NewId()), Slug = stored.Slug, Title = manifest.Title, SuiteId = stored.Id, Metric = manifest.Metrics[0].Name, Seed = 1, CreatedAt = time.GetUtcNow() };
            context.Leaderboards.Add(board);
        }

        board.Title = manifest.Title;
        return board;
    }

    private Task<string> PutAsync(ArenaDbContext context, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        blobs.PutAsync(context, bytes, time.GetUtcNow(), cancellationToken);
}
