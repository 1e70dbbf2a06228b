using System.Text;
using Arena.Application.Entries;
using Arena.Application.Leaderboards;
using Arena.Application.Voting;
using Arena.Data;
using Arena.Evaluation.Suites;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Suites;

/// <summary>Reads suites for pages. Nothing per sample leaves here: labels stay on the server.</summary>
public sealed class SuiteQueries(IDbContextFactory<ArenaDbContext> contexts, SuiteCatalog catalog, LeaderboardQueries leaderboards)
{
    /// <summary>The newest version of every suite, by title.</summary>
    public async Task<IReadOnlyList<SuiteSummary>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SuiteVersions.AsNoTracking()
            .Where(version => version.RetiredAt == null && version.Family != RecordedArenas.Family && !context.SuiteVersions.Any(newer => newer.SuiteId == version.SuiteId && newer.RetiredAt == null && newer.Number > version.Number))
            .OrderBy(version => version.Title)
            .Select(version => new SuiteSummary(version.Suite!.Slug, version.Title, version.Family, version.Number, version.SampleCount, version.PublishedAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Those whose outputs people can judge: <c>votes: true</c> in suite.yaml.</summary>
    public async Task<IReadOnlyList<SuiteSummary>> ListVotableAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var manifests = await context.SuiteVersions.AsNoTracking()
            .Where(version => version.RetiredAt == null && version.Family != RecordedArenas.Family && !context.SuiteVersions.Any(newer => newer.SuiteId == version.SuiteId && newer.RetiredAt == null && newer.Number > version.Number))
            .Select(version => version.Manifest)
            .ToListAsync(cancellationToken);
        var votable = manifests
            .Select(text => SuiteManifest.TryParse(Encoding.UTF8.GetBytes(text), out var manifest, out _) && manifest.Votes ? manifest.Slug : null)
            .ToHashSet(StringComparer.Ordinal);
        return [.. (await ListAsync(cancellationToken)).Where(suite => votable.Contains(suite.Slug))];
    }

    /// <summary>One suite; null when there is none of that name.</summary>
    public async Task<SuiteView?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var suite = await context.Suites.AsNoTracking().Include(suite => suite.Versions).SingleOrDefaultAsync(suite => suite.Slug == slug, cancellationToken);
        if (suite?.Versions.Where(version => version.RetiredAt is null).MaxBy(version => version.Number) is not { } version || string.Equals(version.Family, RecordedArenas.Family, StringComparison.Ordinal))
        {
            return null;
        }

        var contract = await catalog.FindAsync(version.Id, cancellationToken);
        var boards = await context.Leaderboards.Where(board => board.SuiteId == suite.Id).OrderBy(board => board.Title).Select(board => board.Slug).ToListAsync(cancellationToken);
        List<LeaderboardSummary> summaries = [];
        foreach (var board in boards)
        {
            if (await leaderboards.FindAsync(board, version: null, cancellationToken) is { } view)
            {
                summaries.Add(LeaderboardQueries.Summary(view));
            }
        }

        var entries = await EntryQueries.ListAsync(
            context.EntryVersions.Where(entry => context.Runs.Any(run => run.EntryVersionId == entry.Id && run.SuiteVersion!.SuiteId == suite.Id)),
            cancellationToken);
        return new(
            suite.Slug,
            version.Title,
            version.Description,
            version.Family,
            version.Number,
            version.Checksum,
            version.PublishedAt,
            version.SampleCount,
            contract.Manifest.Licence,
            contract.Manifest.Source,
            Count(contract.Manifest.Task.Classes, contract.Reference.ClassOfSample),
            Count(contract.Groups, contract.GroupOfSample),
            [.. suite.Versions.OrderByDescending(v => v.Number).Select(v => new SuiteVersionSummary(v.Number, v.Checksum, v.PublishedAt, v.SampleCount))],
            summaries,
            entries);
    }

    private static IReadOnlyList<SuitePart> Count(IReadOnlyList<string> names, IEnumerable<int> placeOfSample)
    {
        var counts = new int[names.Count];
        if (names.Count > 0)
        {
            foreach (var place in placeOfSample)
            {
                counts[place]++;
            }
        }

        return [.. names.Select((name, place) => new SuitePart(name, counts[place]))];
    }
}
