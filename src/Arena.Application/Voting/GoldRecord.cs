using System.Collections.Concurrent;
using Arena.Data.Ids;
using Arena.Data.Voting;
using Npgsql;

namespace Arena.Application.Voting;

/// <summary>How voters did on gold items: battles in which one output is plainly better than another.</summary>
public sealed class GoldRecord(NpgsqlDataSource database)
{
    /// <summary>Fewer than this say nothing.</summary>
    private const int Least = 3;

    private const int Voters = 20_000;

    private readonly ConcurrentDictionary<(VotingArenaId Arena, Guid Voter), (int Right, int Wrong)> known = new();

    /// <summary>Whether a voter placed gold items the wrong way round at least half the time.</summary>
    public async Task<bool> IsDoubtedAsync(ArenaContent arena, Guid voter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arena);
        if (!arena.Samples.Any(sample => sample.IsGold))
        {
            return false;
        }

        var (right, wrong) = known.TryGetValue((arena.Id, voter), out var kept) ? kept : await ReadAsync(arena, voter, cancellationToken);
        return right + wrong >= Least && 2 * wrong >= right + wrong;
    }

    /// <summary>A gold ballot came in: the record is read anew at the next ballot.</summary>
    public void Answered(ArenaContent arena, Guid voter)
    {
        ArgumentNullException.ThrowIfNull(arena);
        known.TryRemove((arena.Id, voter), out _);
    }

    /// <summary>Whether a ballot on a gold item placed its two contestants rightly; null when it says nothing of them.</summary>
    public static bool? IsRight(ArenaSample gold, ReadOnlySpan<int> slots, ReadOnlySpan<short> ranks)
    {
        ArgumentNullException.ThrowIfNull(gold);
        int best = slots.IndexOf(gold.GoldBest ?? -1), worst = slots.IndexOf(gold.GoldWorst ?? -1);
        return best < 0 || worst < 0 || ranks.IsEmpty ? null : ranks[best] < ranks[worst];
    }

    private async Task<(int Right, int Wrong)> ReadAsync(ArenaContent arena, Guid voter, CancellationToken cancellationToken)
    {
        var samples = arena.Samples.Where(sample => sample.IsGold).ToDictionary(sample => sample.Ordinal);
        await using var command = database.CreateCommand("""
            select d.slots, d.samples, b.ranks from ballots b join battles d on d.id = b.battle_id
            where b.voter_id = (select id from voters where key = $2) and b.arena_id = $1 and d.branch = $3
            """);
        command.Parameters.Add(new() { Value = arena.Id.Value });
        command.Parameters.Add(new() { Value = voter });
        command.Parameters.Add(new() { Value = (int)BattleBranch.Gold });
        int right = 0, wrong = 0;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                if (samples.TryGetValue(reader.GetFieldValue<int[]>(1)[0], out var gold) && IsRight(gold, reader.GetFieldValue<int[]>(0), reader.GetFieldValue<short[]>(2)) is { } rightly)
                {
                    right += rightly ? 1 : 0;
                    wrong += rightly ? 0 : 1;
                }
            }
        }

        if (known.Count >= Voters)
        {
            known.Clear();
        }

        return known[(arena.Id, voter)] = (right, wrong);
    }
}
