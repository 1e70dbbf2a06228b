using System.Collections.Concurrent;
using Arena.Data.Ids;
using Npgsql;

namespace Arena.Application.Voting;

/// <summary>What voters saw lately, so that the same entry and the same sample do not come again too soon.</summary>
public sealed class VoterMemory(NpgsqlDataSource database)
{
    /// <summary>Battles that are remembered of one voter in one arena.</summary>
    public const int Kept = 24;

    private const int Voters = 20_000;

    private readonly ConcurrentDictionary<(VotingArenaId Arena, Guid Voter), IReadOnlyList<SeenBattle>> known = new();

    /// <summary>The last battles, the latest last.</summary>
    public async Task<IReadOnlyList<SeenBattle>> RecentAsync(VotingArenaId arena, Guid voter, CancellationToken cancellationToken)
    {
        if (known.TryGetValue((arena, voter), out var seen))
        {
            return seen;
        }

        await using var command = database.CreateCommand("""
            select d.slots, d.samples from ballots b join battles d on d.id = b.battle_id
            where b.voter_id = (select id from voters where key = $2) and b.arena_id = $1
            order by b.sequence desc limit $3
            """);
        command.Parameters.Add(new() { Value = arena.Value });
        command.Parameters.Add(new() { Value = voter });
        command.Parameters.Add(new() { Value = Kept });
        List<SeenBattle> read = [];
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                read.Add(new(reader.GetFieldValue<int[]>(0), reader.GetFieldValue<int[]>(1)));
            }
        }

        read.Reverse();
        if (known.Count >= Voters)
        {
            // the database remembers too: begin anew rather than keep an order of use
            known.Clear();
        }

        return known.GetOrAdd((arena, voter), read);
    }

    /// <summary>Notes what a voter is shown.</summary>
    public void Saw(VotingArenaId arena, Guid voter, SeenBattle battle) =>
        known.AddOrUpdate((arena, voter), _ => [battle], (_, before) => [.. before.Skip(Math.Max(0, before.Count + 1 - Kept)), battle]);

    /// <summary>Forgets a voter.</summary>
    public void Forget(Guid voter)
    {
        foreach (var key in known.Keys.Where(key => key.Voter == voter))
        {
            known.TryRemove(key, out _);
        }
    }
}

/// <summary>A battle that a voter saw.</summary>
/// <param name="Slots">Contestants.</param>
/// <param name="Samples">The sample that each answers.</param>
public sealed record SeenBattle(int[] Slots, int[] Samples);
