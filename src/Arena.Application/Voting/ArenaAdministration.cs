using System.Text.RegularExpressions;
using Arena.Application.Leaderboards;
using Arena.Application.Notices;
using Arena.Application.Trust;
using Arena.Data;
using Arena.Data.Ids;
using Arena.Data.Voting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Arena.Application.Voting;

/// <summary>What maintainers do with arenas. All of it is audited. Whoever calls has checked that the actor maintains.</summary>
public sealed partial class ArenaAdministration(
    IDbContextFactory<ArenaDbContext> contexts,
    ArenaMaker maker,
    ArenaCatalog catalog,
    AuditLog audit,
    NoticeBoard notices,
    RefreshSignal refresh,
    TimeProvider time)
{
    /// <summary>Makes a draft on the newest version of a suite, with everything that runs on it.</summary>
    public async Task<ArenaChange> CreateAsync(string actor, string slug, string suite, ArenaSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        List<string> problems = [.. settings.Problems()];
        if (!Slug().IsMatch(slug))
        {
            problems.Add("The name in addresses needs 2 to 64 lower-case letters, digits and single hyphens, such as upscaling-2.");
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.VotingArenas.AnyAsync(arena => arena.Slug == slug, cancellationToken))
        {
            problems.Add($"There is an arena called {slug} already: choose another name.");
        }

        if (problems.Count > 0)
        {
            return new ArenaChange.Refused(problems);
        }

        var version = await context.SuiteVersions
            .Where(version => version.Suite!.Slug == suite && version.RetiredAt == null)
            .OrderByDescending(version => version.Number)
            .FirstOrDefaultAsync(cancellationToken);
        if (version is null)
        {
            return new ArenaChange.NotFound();
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var arena = await maker.MakeAsync(context, slug, settings.Title, version, cancellationToken);
        Apply(arena, settings);
        await context.SaveChangesAsync(cancellationToken);
        await CommitAsync(context, transaction, actor, "arena.created", slug, new { suite, version = version.Number, settings }, cancellationToken);
        return new ArenaChange.Done(slug);
    }

    /// <summary>Changes settings.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="slug">Which arena.</param>
    /// <param name="settings">All of them.</param>
    /// <param name="version">The <see cref="ArenaDetails.Version"/> that the maintainer looked at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ArenaChange> UpdateAsync(string actor, string slug, ArenaSettings settings, uint version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Problems() is { Count: > 0 } problems
            ? Task.FromResult<ArenaChange>(new ArenaChange.Refused(problems))
            : ChangeAsync(actor, slug, "arena.changed", settings, version, async (context, arena) =>
            {
                Apply(arena, settings);
                var board = await context.Leaderboards.SingleAsync(board => board.Id == arena.LeaderboardId, cancellationToken);
                board.Title = settings.Title;
                return null;
            }, cancellationToken);
    }

    /// <summary>Opens, closes or re-opens.</summary>
    public Task<ArenaChange> SetStateAsync(string actor, string slug, ArenaState state, CancellationToken cancellationToken) =>
        ChangeAsync(actor, slug, "arena." + state.ToString().ToLowerInvariant(), new { }, null, (_, arena) =>
        {
            switch (state)
            {
                case ArenaState.Draft when arena.OpenedAt is not null:
                    return Task.FromResult<string?>("An arena that was open once cannot become a draft again: its ballots stay. Close it instead.");
                case ArenaState.Open:
                    arena.OpenedAt ??= time.GetUtcNow();
                    arena.ClosedAt = null;
                    break;
                case ArenaState.Closed:
                    arena.ClosedAt = time.GetUtcNow();
                    break;
            }

            arena.State = state;
            return Task.FromResult<string?>(null);
        }, cancellationToken);

    /// <summary>Adds the newest versions of entries that run on the arena's suite version and do not compete yet.</summary>
    public Task<ArenaChange> AddContestantsAsync(string actor, string slug, IReadOnlyCollection<EntryVersionId> versions, CancellationToken cancellationToken) =>
        ChangeAsync(actor, slug, "arena.contestants-added", new { versions = versions.Select(version => version.Value) }, null, async (context, arena) =>
        {
            var competing = await context.Contestants.Where(contestant => contestant.ArenaId == arena.Id).Select(contestant => contestant.EntryVersionId).ToListAsync(cancellationToken);
            var next = competing.Count;
            foreach (var run in (await ArenaMaker.CandidatesAsync(context, arena.SuiteVersionId, cancellationToken)).Where(run => versions.Contains(run.EntryVersionId) && !competing.Contains(run.EntryVersionId)))
            {
                context.Contestants.Add(new() { ArenaId = arena.Id, Ordinal = next++, EntryVersionId = run.EntryVersionId, RunId = run.Id, JoinedAt = time.GetUtcNow() });
            }

            return next == competing.Count ? "None of these entries can be added: they compete already, or have no run on this arena's suite version." : null;
        }, cancellationToken);

    /// <summary>Withdraws a contestant, or lets it compete again. Its ballots stay.</summary>
    public Task<ArenaChange> SetWithdrawnAsync(string actor, string slug, int contestant, bool withdrawn, CancellationToken cancellationToken) =>
        ChangeAsync(actor, slug, withdrawn ? "arena.contestant-withdrawn" : "arena.contestant-returned", new { contestant }, null, async (context, arena) =>
        {
            var found = await context.Contestants.SingleOrDefaultAsync(row => row.ArenaId == arena.Id && row.Ordinal == contestant, cancellationToken);
            if (found is null)
            {
                return $"There is no contestant {contestant}.";
            }

            found.WithdrawnAt = withdrawn ? time.GetUtcNow() : null;
            return null;
        }, cancellationToken);

    /// <summary>Chooses which samples people vote on.</summary>
    public Task<ArenaChange> SetSamplesAsync(string actor, string slug, IReadOnlyCollection<int> ordinals, CancellationToken cancellationToken) =>
        ChangeAsync(actor, slug, "arena.samples-chosen", new { ordinals }, null, async (context, arena) =>
        {
            var known = await context.Samples.Where(sample => sample.SuiteVersionId == arena.SuiteVersionId && !sample.Hidden).Select(sample => sample.Ordinal).ToListAsync(cancellationToken);
            if (ordinals.Except(known).Any())
            {
                return "Only public samples of the arena's suite version can be voted on.";
            }

            var chosen = await context.VotingSamples.Where(sample => sample.ArenaId == arena.Id).ToListAsync(cancellationToken);
            context.VotingSamples.RemoveRange(chosen.Where(sample => !ordinals.Contains(sample.Ordinal)));
            context.VotingSamples.AddRange(ordinals.Except(chosen.Select(sample => sample.Ordinal)).Select(ordinal => new VotingSample { ArenaId = arena.Id, Ordinal = ordinal }));
            return null;
        }, cancellationToken);

    /// <summary>Makes a sample a gold item, or an ordinary one again.</summary>
    /// <param name="best">The contestant that belongs first; null for an ordinary sample.</param>
    /// <param name="worst">The contestant that belongs below it.</param>
    public Task<ArenaChange> SetGoldAsync(string actor, string slug, int ordinal, int? best, int? worst, CancellationToken cancellationToken) =>
        ChangeAsync(actor, slug, "arena.gold", new { ordinal, best, worst }, null, async (context, arena) =>
        {
            var sample = await context.VotingSamples.SingleOrDefaultAsync(row => row.ArenaId == arena.Id && row.Ordinal == ordinal, cancellationToken);
            var groups = await context.Contestants.Where(row => row.ArenaId == arena.Id).Select(row => new { row.Ordinal, row.EntryVersion!.EntryId }).ToDictionaryAsync(row => row.Ordinal, row => row.EntryId, cancellationToken);
            if (sample is null || (best is null) != (worst is null) || (best is { } a && worst is { } b && (!groups.TryGetValue(a, out var first) || !groups.TryGetValue(b, out var second) || first == second)))
            {
                return "A gold item is a sample of the arena with two contestants of different entries: the one that belongs first, and the one that belongs below it.";
            }

            (sample.GoldBest, sample.GoldWorst) = (best, worst);
            return null;
        }, cancellationToken);

    private async Task<ArenaChange> ChangeAsync(string actor, string slug, string action, object details, uint? version, Func<ArenaDbContext, VotingArena, Task<string?>> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.VotingArenas.SingleOrDefaultAsync(arena => arena.Slug == slug, cancellationToken) is not { } arena)
        {
            return new ArenaChange.NotFound();
        }

        if (version is { } seen)
        {
            context.Entry(arena).Property<uint>("Xmin").OriginalValue = seen;
        }

        if (await change(context, arena) is { } problem)
        {
            return new ArenaChange.Refused([problem]);
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ArenaChange.Outdated();
        }

        await CommitAsync(context, transaction, actor, action, slug, details, cancellationToken);
        return new ArenaChange.Done(slug);
    }

    private async Task CommitAsync(ArenaDbContext context, IDbContextTransaction transaction, string actor, string action, string slug, object details, CancellationToken cancellationToken)
    {
        await audit.AppendAsync((NpgsqlConnection)context.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction(), actor, action, "arena:" + slug, details, cancellationToken);
        var board = await (
            from arena in context.VotingArenas
            join row in context.Leaderboards on arena.LeaderboardId equals row.Id
            where arena.Slug == slug
            select row.Slug).SingleAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        catalog.Changed(slug);
        notices.Changed(board, 0);
        refresh.Wake();
    }

    private static void Apply(VotingArena arena, ArenaSettings settings)
    {
        if (!string.Equals(arena.Policy, settings.Policy, StringComparison.Ordinal) || !arena.UniformShare.Equals(settings.UniformShare) || arena.SlateSize != settings.SlateSize)
        {
            arena.PolicyVersion++;
        }

        arena.Title = settings.Title.Trim();
        arena.Question = settings.Question.Trim();
        arena.Description = settings.Description.Trim();
        arena.SlateSize = settings.SlateSize;
        arena.CrossSample = settings.CrossSample;
        arena.Policy = settings.Policy;
        arena.UniformShare = settings.UniformShare;
        arena.Reasons = [.. settings.Reasons.Select(reason => reason.Trim())];
        arena.AsksStrength = settings.AsksStrength;
        arena.AsksAcceptable = settings.AsksAcceptable;
        arena.CountsPrograms = settings.CountsPrograms;
        arena.PublicationDelay = settings.PublicationDelay;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Slug();
}
