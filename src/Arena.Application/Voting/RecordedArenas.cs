using System.Text;
using System.Text.RegularExpressions;
using Arena.Contracts.Voting;
using Arena.Data;
using Arena.Data.Blobs;
using Arena.Data.Entries;
using Arena.Data.Ids;
using Arena.Data.Runs;
using Arena.Data.Suites;
using Arena.Data.Voting;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Voting;

/// <summary>Arenas of votes that were recorded elsewhere: closed, without outputs, their entries known by name alone.</summary>
public sealed partial class RecordedArenas(IDbContextFactory<ArenaDbContext> contexts, ArenaMaker maker, IBlobStore blobs, TimeProvider time)
{
    /// <summary>The family of the suite that stands behind such an arena. It has no samples, and no page.</summary>
    public const string Family = "recorded-votes";

    private const long Lock = 0x4152_454e_4152_4543; // "ARENAREC"

    /// <summary>Makes the arena when there is none of that name, and adds entries that it does not know yet.</summary>
    /// <returns>What is wrong, a sentence; null when all of them compete.</returns>
    public async Task<string?> EnsureAsync(string slug, IReadOnlyList<RecordedEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (slug.Length > 64 || !ArenaSlug().IsMatch(slug))
        {
            return "The arena's name in addresses needs 1 to 64 lower-case letters, digits and single hyphens, such as replay-2.";
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // two replays at once would both make it
        await context.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Lock})", cancellationToken);
        var arena = await context.VotingArenas.Include(arena => arena.SuiteVersion).SingleOrDefaultAsync(arena => arena.Slug == slug, cancellationToken);
        if (arena is null)
        {
            if (await context.Suites.AnyAsync(suite => suite.Slug == slug, cancellationToken))
            {
                return $"There is a suite called {slug}: choose another name for the arena of recorded votes.";
            }

            arena = await MakeAsync(context, slug, cancellationToken);
        }
        else if (!string.Equals(arena.SuiteVersion!.Family, Family, StringComparison.Ordinal))
        {
            return null; // an arena with outputs: its entries are what they are
        }

        var known = await context.Contestants.Where(contestant => contestant.ArenaId == arena.Id).Select(contestant => contestant.EntryVersion!.Entry!.Name).ToListAsync(cancellationToken);
        var next = known.Count;
        foreach (var name in entries.Select(entry => entry.Name).Distinct(StringComparer.Ordinal).Except(known, StringComparer.Ordinal))
        {
            await AddAsync(context, arena, name, next++, cancellationToken);
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private async Task<VotingArena> MakeAsync(ArenaDbContext context, string slug, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var suite = new Suite { Id = new(Guid.CreateVersion7(now)), Slug = slug, CreatedAt = now };
        context.Suites.Add(suite);
        var version = new SuiteVersion
        {
            Id = new(Guid.CreateVersion7(now)),
            SuiteId = suite.Id,
            Number = 1,
            Checksum = "",
            Title = "Recorded votes",
            Description = "Votes that were cast elsewhere. What the voters saw is not kept here.",
            Family = Family,
            Manifest = "",
            ArchiveSha256 = await PutAsync(context, "", cancellationToken),
            InputBlobs = new Dictionary<string, string>(StringComparer.Ordinal),
            PublishedAt = now,
        };
        context.SuiteVersions.Add(version);
        var arena = await maker.MakeAsync(context, slug, $"Recorded votes: {slug}", version, cancellationToken);
        arena.Description = version.Description;
        arena.State = ArenaState.Closed;
        arena.OpenedAt = arena.ClosedAt = now;
        return arena;
    }

    private async Task AddAsync(ArenaDbContext context, VotingArena arena, string name, int ordinal, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var entry = new Entry { Id = new(Guid.CreateVersion7(now)), Slug = await FreeSlugAsync(context, $"{arena.Slug}-{Readable(name)}", cancellationToken), Name = name, Kind = EntryKind.Predictions, CreatedAt = now };
        context.Entries.Add(entry);
        var version = new EntryVersion
        {
            Id = new(Guid.CreateVersion7(now)),
            EntryId = entry.Id,
            Number = 1,
            ArtifactSha256 = await PutAsync(context, name, cancellationToken),
            Preprocessing = "",
            OutputName = "",
            OutputKind = "",
            Card = new() { Description = "Known by name alone, from a file of recorded votes." },
            CreatedAt = now,
        };
        context.EntryVersions.Add(version);
        var run = new Run { Id = new(Guid.CreateVersion7(now)), EntryVersionId = version.Id, SuiteVersionId = arena.SuiteVersionId, HardwareClass = "", State = RunState.Finished, CreatedAt = now, EndedAt = now };
        context.Runs.Add(run);
        context.Contestants.Add(new() { ArenaId = arena.Id, Ordinal = ordinal, EntryVersionId = version.Id, RunId = run.Id, JoinedAt = now });
    }

    private async Task<string> PutAsync(ArenaDbContext context, string text, CancellationToken cancellationToken)
    {
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false);
        var (sha256, size) = await blobs.PutAsync(stream, cancellationToken);
        if (context.Blobs.Local.All(blob => !string.Equals(blob.Sha256, sha256, StringComparison.Ordinal)) && !await context.Blobs.AnyAsync(blob => blob.Sha256 == sha256, cancellationToken))
        {
            context.Blobs.Add(new() { Sha256 = sha256, Size = size, CreatedAt = time.GetUtcNow() });
        }

        return sha256;
    }

    private static async Task<string> FreeSlugAsync(ArenaDbContext context, string slug, CancellationToken cancellationToken)
    {
        var free = slug;
        for (var number = 2; context.Entries.Local.Any(entry => string.Equals(entry.Slug, free, StringComparison.Ordinal)) || await context.Entries.AnyAsync(entry => entry.Slug == free, cancellationToken); number++)
        {
            free = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{slug}-{number}");
        }

        return free;
    }

    private static string Readable(string name)
    {
        var slug = NotInSlugs().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return slug.Length == 0 ? "entry" : slug[..Math.Min(slug.Length, 80)].TrimEnd('-');
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex ArenaSlug();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex NotInSlugs();
}
