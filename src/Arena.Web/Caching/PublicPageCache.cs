using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.OutputCaching;

namespace Arena.Web.Caching;

/// <summary>
/// The kept public pages, by what they show: <c>boards</c>, <c>board:{slug}</c>, <c>entries</c>, <c>suites</c>.
/// Each tag has a stamp that changes at every eviction, so that a viewer can ask whether a page is still current.
/// </summary>
public sealed class PublicPageCache(IOutputCacheStore store)
{
    /// <summary>Every list of leaderboards, and whatever shows a rank.</summary>
    public const string Boards = "boards";

    public const string Entries = "entries";

    public const string Suites = "suites";

    /// <summary>Every kept page carries it.</summary>
    internal const string Everything = "everything";

    private readonly ConcurrentDictionary<string, long> evictions = new(StringComparer.Ordinal);

    // a stamp of another process or of an earlier start never equals one of this
    private readonly string start = Guid.NewGuid().ToString("N")[..8];

    private long gaps;

    /// <summary>The tag of one leaderboard.</summary>
    public static string Board(string slug)
    {
        ArgumentNullException.ThrowIfNull(slug);
        return "board:" + slug.ToLowerInvariant();
    }

    /// <summary>Forgets every kept page with this tag. Evict first, then tell the viewers.</summary>
    public async Task EvictAsync(string tag, CancellationToken cancellationToken = default)
    {
        // first the stamp: a page that is being rendered now must not be kept
        evictions.AddOrUpdate(tag, 1, static (_, count) => count + 1);
        await store.EvictByTagAsync(tag, cancellationToken);
    }

    /// <summary>Forgets every kept page: after a time in which notices may have been missed.</summary>
    public async Task EvictEveryBoardAsync(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref gaps);
        await store.EvictByTagAsync(Everything, cancellationToken);
    }

    /// <summary>Read it before the data: when it is still the same later, the data is not older than it.</summary>
    public string StampOf(string tag) => string.Create(CultureInfo.InvariantCulture, $"{start}-{Interlocked.Read(ref gaps)}-{evictions.GetValueOrDefault(tag)}");
}
