using System.Collections.Concurrent;
using System.Collections.Immutable;
using Arena.Data;
using Arena.Data.Runs;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Voting;

/// <summary>Keeps arenas in memory for a moment: every draw and every ballot asks for one.</summary>
public sealed class ArenaCatalog(IDbContextFactory<ArenaDbContext> contexts, TimeProvider time) : IDisposable
{
    /// <summary>How long what another node changed may stay unseen; this node's own changes are seen at once.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (ArenaContent Content, long ReadAt)> known = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim reading = new(1, 1);
    private long changes;

    /// <summary>The arena of that name; null when there is none.</summary>
    public async Task<ArenaContent?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        if (TryFind(slug) is { } kept)
        {
            return kept;
        }

        // a thousand who ask at once wait for one who reads
        await reading.WaitAsync(cancellationToken);
        try
        {
            return TryFind(slug) ?? await ReadAsync(slug, cancellationToken);
        }
        finally
        {
            reading.Release();
        }
    }

    public void Dispose() => reading.Dispose();

    private ArenaContent? TryFind(string slug) =>
        known.TryGetValue(slug, out var kept) && time.GetElapsedTime(kept.ReadAt) < Fresh ? kept.Content : null;

    private async Task<ArenaContent?> ReadAsync(string slug, CancellationToken cancellationToken)
    {
        var readAt = time.GetTimestamp();
        var before = Interlocked.Read(ref changes);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await ReadAsync(context, slug, cancellationToken) is not { } content)
        {
            known.TryRemove(slug, out _);
            return null;
        }

        known[slug] = (content, readAt);
        if (Interlocked.Read(ref changes) != before)
        {
            // something was changed while this was read: good for whoever asked before, not for keeping
            known.TryRemove(slug, out _);
        }

        return content;
    }

    /// <summary>Forgets an arena that was changed.</summary>
    public void Changed(string slug)
    {
        Interlocked.Increment(ref changes);
        known.TryRemove(slug, out _);
    }

    private static async Task<ArenaContent?> ReadAsync(ArenaDbContext context, string slug, CancellationToken cancellationToken)
    {
        var arena = await context.VotingArenas.AsNoTracking().SingleOrDefaultAsync(arena => arena.Slug == slug, cancellationToken);
        if (arena is null)
        {
            return null;
        }

        var board = await context.Leaderboards.Where(board => board.Id == arena.LeaderboardId).Select(board => board.Slug).SingleAsync(cancellationToken);
        var contestants = await (
            from contestant in context.Contestants.AsNoTracking()
            join run in context.Runs on contestant.RunId equals run.Id
            where contestant.ArenaId == arena.Id
            orderby contestant.Ordinal
            select new
            {
                contestant.Ordinal,
                contestant.WithdrawnAt,
                contestant.EntryVersion!.EntryId,
                contestant.EntryVersion.Entry!.Slug,
                contestant.EntryVersion.Entry.Name,
                contestant.EntryVersion.Number,
                contestant.EntryVersion.RetiredAt,
                contestant.RunId,
                run.State,
            }).ToListAsync(cancellationToken);
        var samples = await context.VotingSamples.AsNoTracking()
            .Where(sample => sample.ArenaId == arena.Id)
            .OrderBy(sample => sample.Ordinal)
            .Select(sample => new ArenaSample(sample.Ordinal, sample.GoldBest, sample.GoldWorst))
            .ToListAsync(cancellationToken);
        var groups = contestants.Select(contestant => contestant.EntryId).Distinct().Select((entry, place) => (entry, place)).ToDictionary(pair => pair.entry, pair => pair.place);
        return new()
        {
            Id = arena.Id,
            Slug = arena.Slug,
            Title = arena.Title,
            Question = arena.Question,
            Description = arena.Description,
            SuiteVersion = arena.SuiteVersionId,
            Board = board,
            SlateSize = arena.SlateSize,
            CrossSample = arena.CrossSample,
            Policy = arena.Policy,
            PolicyVersion = arena.PolicyVersion,
            UniformShare = arena.UniformShare,
            Reasons = [.. arena.Reasons],
            AsksStrength = arena.AsksStrength,
            AsksAcceptable = arena.AsksAcceptable,
            CountsPrograms = arena.CountsPrograms,
            PublicationDelay = arena.PublicationDelay,
            State = arena.State,
            Seed = checked((ulong)arena.Seed),
            Contestants =
            [
                .. contestants.Select(contestant => new ArenaContestant(
                    contestant.Ordinal,
                    contestant.Slug,
                    contestant.Name,
                    contestant.Number,
                    groups[contestant.EntryId],
                    contestant.RunId,
                    contestant.WithdrawnAt is null && contestant.RetiredAt is null && contestant.State == RunState.Finished)),
            ],
            Samples = [.. samples],
        };
    }
}
