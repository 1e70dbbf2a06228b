using Arena.Application.Leaderboards;
using Arena.Data;
using Arena.Data.Voting;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Voting;

/// <summary>Reads arenas for pages and for the API.</summary>
public sealed class ArenaQueries(IDbContextFactory<ArenaDbContext> contexts, ArenaCatalog arenas, LiveArenas ratings, LeaderboardQueries boards)
{
    /// <summary>Arenas that are open, then those that are closed; drafts only where asked for.</summary>
    public async Task<IReadOnlyList<ArenaSummary>> ListAsync(bool drafts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var slugs = await context.VotingArenas.AsNoTracking().OrderBy(arena => arena.Title).Select(arena => arena.Slug).ToListAsync(cancellationToken);
        List<ArenaSummary> summaries = [];
        foreach (var slug in slugs)
        {
            if (await FindAsync(slug, cancellationToken) is { } summary && (drafts || summary.State != ArenaState.Draft))
            {
                summaries.Add(summary);
            }
        }

        return [.. summaries.OrderBy(summary => summary.State == ArenaState.Closed)];
    }

    /// <summary>One arena; null when there is none of that name.</summary>
    public async Task<ArenaSummary?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        if (await arenas.FindAsync(slug, cancellationToken) is not { } arena)
        {
            return null;
        }

        var live = (await ratings.AfterAsync(arena, 0, cancellationToken)).State;
        var board = await boards.FindAsync(arena.Board, null, cancellationToken);
        return new(
            arena.Slug,
            arena.Title,
            arena.Question,
            arena.State,
            arena.SlateSize,
            arena.Contestants.Count(contestant => contestant.Active),
            arena.Samples.Count(sample => !sample.IsGold),
            live.Counted,
            live.Voters,
            arena.Board,
            board?.Content is { Votes: { } votes } content ? Gauge(content, votes) : null,
            BattleDrawer.Refuse(arena));
    }

    /// <summary>One arena with everything that a maintainer can change; null when there is none of that name.</summary>
    public async Task<ArenaDetails?> DetailsAsync(string slug, CancellationToken cancellationToken)
    {
        arenas.Changed(slug); // what is about to be changed is read anew
        if (await arenas.FindAsync(slug, cancellationToken) is not { } content)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var arena = await context.VotingArenas.AsNoTracking()
            .Where(row => row.Slug == slug)
            .Select(row => new { Suite = row.SuiteVersion!.Suite!.Slug, row.SuiteVersion.Number, Version = EF.Property<uint>(row, "Xmin"), row.Id })
            .SingleAsync(cancellationToken);
        var withdrawn = await context.Contestants.Where(row => row.ArenaId == arena.Id && row.WithdrawnAt != null).Select(row => row.Ordinal).ToListAsync(cancellationToken);
        var competing = await context.Contestants.Where(row => row.ArenaId == arena.Id).Select(row => row.EntryVersionId).ToListAsync(cancellationToken);
        var candidates = (await ArenaMaker.CandidatesAsync(context, content.SuiteVersion, cancellationToken)).Select(run => run.EntryVersionId).Except(competing).ToList();
        var waiting = await context.EntryVersions.AsNoTracking()
            .Where(version => candidates.Contains(version.Id))
            .OrderBy(version => version.Entry!.Name)
            .Select(version => new CandidateDetails(version.Id, version.Entry!.Slug, version.Entry.Name, version.Number))
            .ToListAsync(cancellationToken);
        var samples = await context.Samples.AsNoTracking()
            .Where(sample => sample.SuiteVersionId == content.SuiteVersion && !sample.Hidden)
            .OrderBy(sample => sample.Ordinal)
            .Select(sample => new { sample.Ordinal, sample.Name, sample.Group })
            .ToListAsync(cancellationToken);
        var chosen = content.Samples.ToDictionary(sample => sample.Ordinal);
        return new(
            slug,
            arena.Suite,
            arena.Number,
            content.State,
            content.Board,
            arena.Version,
            new()
            {
                Title = content.Title,
                Question = content.Question,
                Description = content.Description,
                SlateSize = content.SlateSize,
                CrossSample = content.CrossSample,
                Policy = content.Policy,
                UniformShare = content.UniformShare,
                Reasons = content.Reasons,
                AsksStrength = content.AsksStrength,
                AsksAcceptable = content.AsksAcceptable,
                CountsPrograms = content.CountsPrograms,
                PublicationDelay = content.PublicationDelay,
            },
            [.. content.Contestants.Select(row => new ContestantDetails(row.Ordinal, row.Slug, row.Name, row.Version, withdrawn.Contains(row.Ordinal), row.Active))],
            waiting,
            [.. samples.Select(sample => new VotingSampleDetails(sample.Ordinal, sample.Name, sample.Group, chosen.ContainsKey(sample.Ordinal), chosen.GetValueOrDefault(sample.Ordinal)?.GoldBest, chosen.GetValueOrDefault(sample.Ordinal)?.GoldWorst))],
            BattleDrawer.Refuse(content));
    }

    private static GoalGauge Gauge(LeaderboardContent content, VoteTotals votes)
    {
        var names = content.Methods[0].Standings.ToDictionary(row => row.Entry, row => row.EntryName, StringComparer.Ordinal);
        var next = votes.NextPairs.Count > 0 ? votes.NextPairs[0] : null;
        return new(
            votes.Pairs,
            votes.Pairs - content.Methods[0].PairsNotSeparated,
            votes.Ballots,
            next is null ? null : (names[next.First], names[next.Second]),
            next?.BallotsNeeded ?? 0,
            votes.Ballots > 0 ? 0.5 / votes.Ballots : 1);
    }
}
