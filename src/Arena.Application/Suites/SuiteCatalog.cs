using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Arena.Data;
using Arena.Data.Blobs;
using Arena.Data.Ids;
using Arena.Data.Suites;
using Arena.Evaluation.Families;
using Arena.Evaluation.Suites;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Suites;

/// <summary>Keeps published suite versions in memory once they are asked for; they never change.</summary>
public sealed class SuiteCatalog(IDbContextFactory<ArenaDbContext> contexts, IBlobStore blobs)
{
    private const int Kept = 64;

    private readonly ConcurrentDictionary<SuiteVersionId, SuiteContract> known = new();

    /// <summary>A suite version that is in the database.</summary>
    public async Task<SuiteContract> FindAsync(SuiteVersionId id, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(id, out var contract))
        {
            return contract;
        }

        contract = await ReadAsync(id, cancellationToken);
        if (known.Count >= Kept)
        {
            // far more than are in use at a time: begin anew rather than keep an order of use
            known.Clear();
        }

        return known.GetOrAdd(id, contract);
    }

    private async Task<SuiteContract> ReadAsync(SuiteVersionId id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var version = await context.SuiteVersions.AsNoTracking().SingleAsync(version => version.Id == id, cancellationToken);
        if (!SuiteManifest.TryParse(Encoding.UTF8.GetBytes(version.Manifest), out var manifest, out var errors))
        {
            throw new InvalidOperationException($"Suite version {id.Value} was published by another Arena and cannot be read by this one: {string.Join(' ', errors)}");
        }

        var family = TaskFamilies.For(manifest.Task);
        var samples = await context.Samples.AsNoTracking()
            .Where(sample => sample.SuiteVersionId == id)
            .OrderBy(sample => sample.Ordinal)
            .Select(sample => new { sample.Name, sample.Label, sample.Group, sample.Weight })
            .ToListAsync(cancellationToken);
        var groups = samples.Select(sample => sample.Group).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var places = groups.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
        if (!family.TryReadReference(manifest.Task, [.. samples.Select(sample => sample.Name)], [.. samples.Select(sample => sample.Label)], ReadFiles(version, manifest), out var reference, out var unreadable))
        {
            throw new InvalidOperationException($"The right answers of suite version {id.Value} cannot be read: {string.Join(' ', unreadable)}");
        }

        return new(
            id,
            manifest,
            family,
            reference,
            [.. samples.Select(sample => sample.Weight)],
            [.. groups],
            [.. samples.Select(sample => places[sample.Group])],
            version.InputBlobs[manifest.Input.Name]);
    }

    /// <summary>The files that hold right answers; none in families that have only labels.</summary>
    private IReadOnlyDictionary<string, ReadOnlyMemory<byte>> ReadFiles(SuiteVersion version, SuiteManifest manifest)
    {
        if (manifest.Task.ReferenceFiles.IsEmpty)
        {
            return ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty;
        }

        using var archive = blobs.Open(version.ArchiveSha256);
        return SuiteArchive.Unpack(archive, manifest.Task.ReferenceFiles);
    }
}
