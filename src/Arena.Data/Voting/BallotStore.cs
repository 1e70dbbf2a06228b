using System.Globalization;
using System.Runtime.CompilerServices;
using Arena.Data.Ids;
using Npgsql;

namespace Arena.Data.Voting;

/// <summary>
/// Ballots in batches: one round trip and one commit a batch. Ballots are numbered under a lock that lasts to the end of the
/// transaction, so that numbers become visible in their order and a reader who has seen one has seen all below it.
/// </summary>
public sealed class BallotStore(NpgsqlDataSource database)
{
    /// <summary>The lock that orders commits: of ballots and of changes of their eligibility.</summary>
    public const long OrderLock = 0x4152_454e_4142_414c; // "ARENABAL"

    private const char Between = '\u001f';

    /// <summary>Stores a batch, durably, before it returns. A battle that has a ballot already keeps it.</summary>
    /// <param name="batch">Each battle at most once.</param>
    /// <param name="cancellationToken">Gives up; the batch is then stored whole or not at all.</param>
    /// <returns>What the database holds for each, in the order of <paramref name="batch"/>.</returns>
    public async Task<StoredBallot[]> AppendAsync(IReadOnlyList<CastBallot> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var results = new StoredBallot[batch.Count];
        var places = new Dictionary<Guid, int>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            places.Add(batch[i].Battle.Id.Value, i);
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using (var commands = new NpgsqlBatch(connection))
        {
            commands.BatchCommands.Add(new("select pg_advisory_xact_lock($1)") { Parameters = { new() { Value = OrderLock } } });
            commands.BatchCommands.Add(Voters(batch));
            commands.BatchCommands.Add(Battles(batch));
            commands.BatchCommands.Add(Ballots(batch));
            await using var reader = await commands.ExecuteReaderAsync(cancellationToken);
            // only two of the four give rows: the lock, and the ballots that are new
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var place = places[reader.GetGuid(0)];
                var ballot = batch[place].Ballot;
                results[place] = new(reader.GetInt64(1), New: true, ballot.Form, ballot.Ranks, ballot.AllBad, ballot.Eligibility, ballot.EligibilityReason);
                places.Remove(reader.GetGuid(0));
            }
        }

        if (places.Count > 0)
        {
            await FindAsync(connection, places, results, cancellationToken);
        }

        return results;
    }

    /// <summary>Notes battles that were drawn, whether or not anybody votes on them. What is there already stays.</summary>
    public async Task NoteDrawsAsync(IReadOnlyList<CastBallot> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var commands = new NpgsqlBatch(connection);
        commands.BatchCommands.Add(Voters(batch));
        commands.BatchCommands.Add(Battles(batch));
        await commands.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Ballots of an arena that came in after a number, in order.</summary>
    public async IAsyncEnumerable<BallotRow> ReadAfterAsync(VotingArenaId arena, long sequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("""
            select b.sequence, b.battle_id, b.voter_id, d.slots, d.samples, d.branch, d.probability, b.form, b.ranks, b.all_bad, b.source, b.eligibility, b.cast_at
            from ballots b join battles d on d.id = b.battle_id
            where b.arena_id = $1 and b.sequence > $2
            order by b.sequence
            """, connection)
        {
            Parameters = { new() { Value = arena.Value }, new() { Value = sequence } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new(
                reader.GetInt64(0),
                reader.GetGuid(1),
                reader.GetGuid(2),
                reader.GetFieldValue<int[]>(3),
                reader.GetFieldValue<int[]>(4),
                (BattleBranch)reader.GetInt32(5),
                reader.GetDouble(6),
                (BallotForm)reader.GetInt32(7),
                reader.GetFieldValue<short[]>(8),
                reader.GetBoolean(9),
                (BallotSource)reader.GetInt32(10),
                (Eligibility)reader.GetInt32(11),
                reader.GetFieldValue<DateTimeOffset>(12));
        }
    }

    private static NpgsqlBatchCommand Voters(IReadOnlyList<CastBallot> batch)
    {
        var first = new Dictionary<Guid, CastBallot>(batch.Count);
        foreach (var cast in batch)
        {
            first.TryAdd(cast.VoterKey, cast);
        }

        // sorted, so that two writers that bring the same voters wait for each other rather than for ever
        var keys = first.Keys.Order().ToArray();
        return new("""
            insert into voters (id, key, kind, first_seen_at)
            select gen_random_uuid(), key, kind, at from unnest($1::uuid[], $2::int[], $3::timestamptz[]) as t(key, kind, at)
            on conflict (key) do nothing
            """)
        {
            Parameters =
            {
                new() { Value = keys },
                new() { Value = Array.ConvertAll(keys, key => (int)first[key].VoterKind) },
                new() { Value = Array.ConvertAll(keys, key => first[key].Battle.DrawnAt.UtcDateTime) },
            },
        };
    }

    private static NpgsqlBatchCommand Battles(IReadOnlyList<CastBallot> batch) => new("""
        insert into battles (id, arena_id, voter_id, slots, samples, branch, policy, uniform_share, probability, probability_error, drawn_at)
        select t.id, t.arena, v.id, t.slots::int[], t.samples::int[], t.branch, t.policy, t.share, t.probability, t.error, t.at
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::int[], $7::text[], $8::float8[], $9::float8[], $10::float8[], $11::timestamptz[])
            as t(id, arena, voter_key, slots, samples, branch, policy, share, probability, error, at)
        join voters v on v.key = t.voter_key
        on conflict (id) do nothing
        """)
    {
        Parameters =
        {
            new() { Value = Column(batch, cast => cast.Battle.Id.Value) },
            new() { Value = Column(batch, cast => cast.Battle.ArenaId.Value) },
            new() { Value = Column(batch, cast => cast.VoterKey) },
            new() { Value = Column(batch, cast => Literal(cast.Battle.Slots)) },
            new() { Value = Column(batch, cast => Literal(cast.Battle.Samples)) },
            new() { Value = Column(batch, cast => (int)cast.Battle.Branch) },
            new() { Value = Column(batch, cast => cast.Battle.Policy) },
            new() { Value = Column(batch, cast => cast.Battle.UniformShare) },
            new() { Value = Column(batch, cast => cast.Battle.Probability) },
            new() { Value = Column(batch, cast => cast.Battle.ProbabilityError) },
            new() { Value = Column(batch, cast => cast.Battle.DrawnAt.UtcDateTime) },
        },
    };

    private static NpgsqlBatchCommand Ballots(IReadOnlyList<CastBallot> batch) => new($"""
        insert into ballots (battle_id, arena_id, voter_id, form, ranks, all_bad, strength, acceptable, reasons, comment, seconds_spent, source, network_digest, cast_at, eligibility, eligibility_reason)
        select t.battle, t.arena, v.id, t.form, t.ranks::smallint[], t.all_bad, t.strength, t.acceptable, string_to_array(t.reasons, '{Between}'), t.comment, t.seconds, t.source, t.network, t.at, t.eligibility, t.reason
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::bool[], $7::smallint[], $8::smallint[], $9::text[], $10::text[], $11::real[], $12::int[], $13::bytea[], $14::timestamptz[], $15::int[], $16::text[])
            with ordinality as t(battle, arena, voter_key, form, ranks, all_bad, strength, acceptable, reasons, comment, seconds, source, network, at, eligibility, reason, place)
        join voters v on v.key = t.voter_key
        order by t.place
        on conflict (battle_id) do nothing
        returning battle_id, sequence
        """)
    {
        Parameters =
        {
            new() { Value = Column(batch, cast => cast.Battle.Id.Value) },
            new() { Value = Column(batch, cast => cast.Battle.ArenaId.Value) },
            new() { Value = Column(batch, cast => cast.VoterKey) },
            new() { Value = Column(batch, cast => (int)cast.Ballot.Form) },
            new() { Value = Column(batch, cast => Literal(Array.ConvertAll(cast.Ballot.Ranks, rank => (int)rank))) },
            new() { Value = Column(batch, cast => cast.Ballot.AllBad) },
            new() { Value = Column(batch, cast => cast.Ballot.Strength) },
            new() { Value = Column(batch, cast => cast.Ballot.Acceptable) },
            new() { Value = Column(batch, cast => string.Join(Between, cast.Ballot.Reasons)) },
            new() { Value = Column(batch, cast => cast.Ballot.Comment) },
            new() { Value = Column(batch, cast => cast.Ballot.SecondsSpent) },
            new() { Value = Column(batch, cast => (int)cast.Ballot.Source) },
            new() { Value = Column(batch, cast => cast.Ballot.NetworkDigest) },
            new() { Value = Column(batch, cast => cast.Ballot.CastAt.UtcDateTime) },
            new() { Value = Column(batch, cast => (int)cast.Ballot.Eligibility) },
            new() { Value = Column(batch, cast => cast.Ballot.EligibilityReason) },
        },
    };

    private static async Task FindAsync(NpgsqlConnection connection, Dictionary<Guid, int> places, StoredBallot[] results, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select battle_id, sequence, form, ranks, all_bad, eligibility, eligibility_reason from ballots where battle_id = any($1)", connection)
        {
            Parameters = { new() { Value = places.Keys.ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            results[places[reader.GetGuid(0)]] = new(
                reader.GetInt64(1),
                New: false,
                (BallotForm)reader.GetInt32(2),
                reader.GetFieldValue<short[]>(3),
                reader.GetBoolean(4),
                (Eligibility)reader.GetInt32(5),
                reader.GetString(6));
            places.Remove(reader.GetGuid(0));
        }

        if (places.Count > 0)
        {
            throw new InvalidOperationException($"{places.Count} ballots were neither stored nor there already: the voters they name do not exist.");
        }
    }

    private static T[] Column<T>(IReadOnlyList<CastBallot> batch, Func<CastBallot, T> value)
    {
        var column = new T[batch.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value(batch[i]);
        }

        return column;
    }

    private static string Literal(int[] values) => "{" + string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture))) + "}";
}
