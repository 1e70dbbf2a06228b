using Arena.Data;
using Arena.Data.Ids;
using Arena.Data.Voting;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Voting;

/// <summary>What a voter may see of ballots: the own ones, with who was who and what became of them.</summary>
public sealed class VoterBallots(IDbContextFactory<ArenaDbContext> contexts, ArenaCatalog arenas)
{
    /// <summary>A voter's newest ballots, newest first.</summary>
    public async Task<IReadOnlyList<OwnBallot>> ListAsync(VoterIdentity voter, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await Own(context, [voter.Key]).OrderByDescending(ballot => ballot.Sequence).Take(most).ToListAsync(cancellationToken);
        return await DescribeAsync(context, rows, cancellationToken);
    }

    /// <summary>One ballot of a voter's; null when there is none of that number, or it is somebody else's.</summary>
    public Task<OwnBallot?> FindAsync(VoterIdentity voter, BattleId id, CancellationToken cancellationToken) => FindAsync([voter.Key], id, cancellationToken);

    /// <summary>One ballot of somebody who votes under several keys, such as an account and its tokens; null when it is none of theirs.</summary>
    public async Task<OwnBallot?> FindAsync(IReadOnlyCollection<Guid> voters, BattleId id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await Own(context, voters).Where(ballot => ballot.BattleId == id).Include(ballot => ballot.History).ToListAsync(cancellationToken);
        return (await DescribeAsync(context, rows, cancellationToken)).SingleOrDefault();
    }

    /// <summary>How many ballots a voter has cast.</summary>
    public async Task<int> CountAsync(VoterIdentity voter, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Own(context, [voter.Key]).CountAsync(cancellationToken);
    }

    private static IQueryable<Ballot> Own(ArenaDbContext context, IReadOnlyCollection<Guid> voters) =>
        context.Ballots.AsNoTracking().Include(ballot => ballot.Battle).Where(ballot => context.Voters.Any(row => voters.Contains(row.Key!.Value) && row.Id == ballot.VoterId));

    private async Task<IReadOnlyList<OwnBallot>> DescribeAsync(ArenaDbContext context, IReadOnlyList<Ballot> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(ballot => ballot.ArenaId).Distinct().ToList();
        var slugs = await context.VotingArenas.Where(arena => ids.Contains(arena.Id)).ToDictionaryAsync(arena => arena.Id, arena => arena.Slug, cancellationToken);
        List<OwnBallot> described = new(rows.Count);
        foreach (var ballot in rows)
        {
            if (await arenas.FindAsync(slugs[ballot.ArenaId], cancellationToken) is { } arena)
            {
                described.Add(new(
                    ballot.BattleId,
                    arena.Slug,
                    arena.Title,
                    ballot.Form,
                    [
                        .. ballot.Battle!.Slots
                            .Select((slot, place) => new OwnPlace(arena.Contestants[slot].Slug, arena.Contestants[slot].Name, ballot.Ranks.Length == 0 ? 0 : ballot.Ranks[place]))
                            .OrderBy(place => place.Rank),
                    ],
                    ballot.AllBad,
                    ballot.Strength,
                    ballot.Reasons,
                    ballot.Comment,
                    ballot.CastAt,
                    ballot.Eligibility,
                    ballot.EligibilityReason,
                    [.. ballot.History.OrderBy(change => change.Sequence).Select(change => new OwnChange(change.At, change.After, change.ReasonAfter, change.Note))]));
            }
        }

        return described;
    }
}

/// <summary>A ballot as its voter sees it.</summary>
/// <param name="Id">Of the battle.</param>
/// <param name="Arena">The arena's slug.</param>
/// <param name="ArenaTitle">The arena's title.</param>
/// <param name="Form">What the places mean.</param>
/// <param name="Places">Who was who, best first.</param>
/// <param name="History">Later decisions, oldest first.</param>
public sealed record OwnBallot(
    BattleId Id,
    string Arena,
    string ArenaTitle,
    BallotForm Form,
    IReadOnlyList<OwnPlace> Places,
    bool AllBad,
    short? Strength,
    IReadOnlyList<string> Reasons,
    string? Comment,
    DateTimeOffset CastAt,
    Eligibility Eligibility,
    string Reason,
    IReadOnlyList<OwnChange> History);

/// <summary>Where a voter put an entry; 0 after a skip.</summary>
public sealed record OwnPlace(string Entry, string Name, int Rank);

/// <summary>A decision on a ballot.</summary>
public sealed record OwnChange(DateTimeOffset At, Eligibility Eligibility, string Reason, string Note);
