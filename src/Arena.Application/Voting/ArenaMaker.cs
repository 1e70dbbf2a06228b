using System.Security.Cryptography;
using Arena.Data;
using Arena.Data.Ids;
using Arena.Data.Leaderboards;
using Arena.Data.Runs;
using Arena.Data.Suites;
using Arena.Data.Voting;
using Arena.Evaluation.Suites;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Voting;

/// <summary>Makes arenas, each with its board, within the caller's unit of work.</summary>
public sealed class ArenaMaker(TimeProvider time)
{
    /// <summary>The arena that comes with a suite: open, on all its samples, with every entry that runs on it. One that is there already stays as it is.</summary>
    /// <param name="context">Of the caller, who saves and commits.</param>
    /// <param name="suite">A published version, whose runs are planned.</param>
    /// <param name="slug">The suite's.</param>
    /// <param name="definition">What suite.yaml says.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task AddAsync(ArenaDbContext context, SuiteVersion suite, string slug, SuiteArena definition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(definition);
        if (await context.VotingArenas.AnyAsync(arena => arena.Slug == slug, cancellationToken))
        {
            return;
        }

        var made = await MakeAsync(context, slug, definition.Title, suite, cancellationToken);
        made.Question = definition.Question;
        made.Description = suite.Description;
        made.SlateSize = definition.SlateSize;
        made.Reasons = [.. definition.Reasons];
        made.AsksStrength = definition.AsksStrength;
        made.AsksAcceptable = definition.AsksAcceptable;
        made.State = ArenaState.Open;
        made.OpenedAt = made.CreatedAt;
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>A draft on all public samples of a suite version, with the newest version of every entry that runs on it; and its empty board.</summary>
    public async Task<VotingArena> MakeAsync(ArenaDbContext context, string slug, string title, SuiteVersion suite, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(suite);
        var now = time.GetUtcNow();
        var board = new Leaderboard
        {
            Id = new(Guid.CreateVersion7(now)),
            Slug = await FreeSlugAsync(context, slug, cancellationToken),
            Title = title,
            SuiteId = suite.SuiteId,
            Source = BoardSource.Votes,
            Metric = Leaderboard.VotesMetric,
            Seed = 1,
            CreatedAt = now,
        };
        context.Leaderboards.Add(board);
        var arena = new VotingArena
        {
            Id = new(Guid.CreateVersion7(now)),
            Slug = slug,
            Title = title,
            Question = "Which is better?",
            Description = "",
            SuiteVersionId = suite.Id,
            LeaderboardId = board.Id,
            SlateSize = 2,
            Policy = MatchPolicies.Default,
            PolicyVersion = 1,
            UniformShare = 0.1,
            Reasons = [],
            State = ArenaState.Draft,
            Seed = RandomNumberGenerator.GetInt32(int.MaxValue),
            CreatedAt = now,
        };
        context.VotingArenas.Add(arena);
        foreach (var ordinal in await context.Samples.Where(sample => sample.SuiteVersionId == suite.Id && !sample.Hidden).OrderBy(sample => sample.Ordinal).Select(sample => sample.Ordinal).ToListAsync(cancellationToken))
        {
            context.VotingSamples.Add(new() { ArenaId = arena.Id, Ordinal = ordinal });
        }

        var place = 0;
        foreach (var run in await CandidatesAsync(context, suite.Id, cancellationToken))
        {
            context.Contestants.Add(new() { ArenaId = arena.Id, Ordinal = place++, EntryVersionId = run.EntryVersionId, RunId = run.Id, JoinedAt = now });
        }

        return arena;
    }

    /// <summary>The runs whose outputs could compete: of the newest version of each entry that is not retired, and not failed.</summary>
    internal static Task<List<Run>> CandidatesAsync(ArenaDbContext context, SuiteVersionId suite, CancellationToken cancellationToken) =>
        context.Runs.AsNoTracking()
            .Where(run => run.SuiteVersionId == suite && run.EntryVersion!.RetiredAt == null && run.State != RunState.Failed && run.State != RunState.Cancelled)
            .Where(run => !context.EntryVersions.Any(newer => newer.EntryId == run.EntryVersion!.EntryId && newer.RetiredAt == null && newer.Number > run.EntryVersion.Number))
            .OrderBy(run => run.EntryVersion!.Entry!.Slug)
            .ToListAsync(cancellationToken);

    /// <summary>A suite's own board may have the arena's name: the arena's is then called after its votes.</summary>
    private static async Task<string> FreeSlugAsync(ArenaDbContext context, string slug, CancellationToken cancellationToken)
    {
        var free = slug;
        for (var number = 1; await context.Leaderboards.AnyAsync(board => board.Slug == free, cancellationToken) || context.Leaderboards.Local.Any(board => string.Equals(board.Slug, free, StringComparison.Ordinal)); number++)
        {
            free = number == 1 ? slug + "-votes" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{slug}-votes-{number}");
        }

        return free;
    }
}
