using Arena.Application.Leaderboards;
using Arena.Application.Trust;
using Arena.Data;
using Arena.Data.Ids;
using Arena.Data.Voting;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Arena.Application.Voting;

/// <summary>Decides on ballots: those that wait, and any other. A decision is a step in the ballot's history, and can be taken back by another one. Whoever calls has checked that the actor maintains.</summary>
public sealed class BallotReview(IDbContextFactory<ArenaDbContext> contexts, NpgsqlDataSource database, ArenaCatalog arenas, AuditLog audit, RefreshSignal refresh, LiveArenas ratings)
{
    /// <summary>Ballots that wait for a decision, oldest first, with what is known of their voters.</summary>
    public Task<IReadOnlyList<ReviewedBallot>> PendingAsync(int most, CancellationToken cancellationToken) =>
        ListAsync(ballots => ballots.Where(ballot => ballot.Eligibility == Eligibility.Pending).OrderBy(ballot => ballot.Sequence).Take(most), cancellationToken);

    /// <summary>Ballots that somebody has decided on, the newest decision first.</summary>
    public Task<IReadOnlyList<ReviewedBallot>> DecidedAsync(int most, CancellationToken cancellationToken) =>
        ListAsync(ballots => ballots.Where(ballot => ballot.EligibilityReason == EligibilityReason.Reviewed).OrderByDescending(ballot => ballot.History.Max(change => change.Sequence)).Take(most), cancellationToken);

    /// <summary>How many ballots wait.</summary>
    public async Task<int> CountPendingAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Ballots.CountAsync(ballot => ballot.Eligibility == Eligibility.Pending, cancellationToken);
    }

    /// <summary>Decides on ballots. Those whose eligibility is that already stay as they are.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="battles">Which ballots.</param>
    /// <param name="counts">Whether they count from now on.</param>
    /// <param name="note">Why, for the voter and for the record.</param>
    /// <param name="cancellationToken">Gives up; nothing is decided then.</param>
    /// <returns>How many changed.</returns>
    public async Task<int> DecideAsync(string actor, IReadOnlyCollection<BattleId> battles, bool counts, string note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(battles);
        ArgumentNullException.ThrowIfNull(note);
        var after = counts ? Eligibility.Counted : Eligibility.Excluded;
        HashSet<string> changed = [];
        var decided = 0;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            // the same order of commits as ballots: a live board that has seen one change has seen all before it
            await using (var order = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection, transaction) { Parameters = { new() { Value = BallotStore.OrderLock } } })
            {
                await order.ExecuteNonQueryAsync(cancellationToken);
            }

            await using (var command = new NpgsqlCommand("""
                with before as (
                    select battle_id, arena_id, eligibility, eligibility_reason from ballots
                    where battle_id = any($1) and eligibility <> $2 and eligibility_reason not in ($6, $7) for update),
                moved as (
                    update ballots set eligibility = $2, eligibility_reason = $3 from before where ballots.battle_id = before.battle_id),
                noted as (
                    insert into eligibility_changes (battle_id, arena_id, before, reason_before, after, reason_after, note, actor, at)
                    select battle_id, arena_id, eligibility, eligibility_reason, $2, $3, $4, $5, now() from before order by battle_id)
                select arena.slug from before join voting_arenas arena on arena.id = before.arena_id
                """, connection, transaction)
            {
                Parameters =
                {
                    new() { Value = battles.Select(battle => battle.Value).ToArray() },
                    new() { Value = (int)after },
                    new() { Value = EligibilityReason.Reviewed },
                    new() { Value = note },
                    new() { Value = actor },
                    new() { Value = EligibilityReason.Skipped },
                    new() { Value = EligibilityReason.Gold },
                },
            })
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    changed.Add(reader.GetString(0));
                    decided++;
                }
            }

            if (decided > 0)
            {
                await audit.AppendAsync(connection, transaction, actor, counts ? "ballots.counted" : "ballots.excluded", "ballots", new { battles = battles.Select(battle => battle.Value), note, decided }, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        foreach (var slug in changed)
        {
            if (await arenas.FindAsync(slug, cancellationToken) is { } arena)
            {
                await ratings.NewestAsync(arena, cancellationToken);
            }
        }

        refresh.Wake();
        return decided;
    }

    private async Task<IReadOnlyList<ReviewedBallot>> ListAsync(Func<IQueryable<Ballot>, IQueryable<Ballot>> choose, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await choose(context.Ballots.AsNoTracking()).Select(ballot => new
        {
            ballot.BattleId,
            Arena = context.VotingArenas.Where(arena => arena.Id == ballot.ArenaId).Select(arena => arena.Slug).Single(),
            ballot.Eligibility,
            ballot.EligibilityReason,
            ballot.CastAt,
            ballot.SecondsSpent,
            ballot.Battle!.Slots,
            ballot.Ranks,
            ballot.VoterId,
            OfVoter = context.Ballots.Count(other => other.VoterId == ballot.VoterId),
            PendingOfVoter = context.Ballots.Count(other => other.VoterId == ballot.VoterId && other.Eligibility == Eligibility.Pending),
            Last = ballot.History.OrderByDescending(change => change.Sequence).Select(change => new { change.Note, change.At }).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        List<ReviewedBallot> ballots = new(rows.Count);
        foreach (var row in rows)
        {
            if (await arenas.FindAsync(row.Arena, cancellationToken) is { } arena)
            {
                ballots.Add(new(
                    row.BattleId,
                    arena.Slug,
                    arena.Title,
                    row.Eligibility,
                    row.EligibilityReason,
                    row.CastAt,
                    row.SecondsSpent,
                    [.. row.Slots.Select((slot, place) => new OwnPlace(arena.Contestants[slot].Slug, arena.Contestants[slot].Name, row.Ranks.Length == 0 ? 0 : row.Ranks[place])).OrderBy(place => place.Rank)],
                    row.VoterId,
                    row.OfVoter,
                    row.PendingOfVoter,
                    row.Last?.Note,
                    row.Last?.At));
            }
        }

        return ballots;
    }
}
