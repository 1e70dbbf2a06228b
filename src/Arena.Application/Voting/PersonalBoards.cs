using Arena.Data.Voting;
using Arena.Ranking;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Arena.Application.Voting;

/// <summary>
/// A voter's own leaderboards: the board's likelihood of only this voter's ballots, with everybody's ratings as the means of a normal
/// prior, so that who has voted little sees nearly everybody's ratings and who has voted much the own ones.
/// </summary>
public sealed class PersonalBoards(NpgsqlDataSource database, ArenaCatalog arenas, LiveArenas ratings, IOptions<VotingOptions> options)
{
    /// <summary>One for each arena in which the voter has ballots that count. Arenas whose board is published with a delay are left out: it would show through.</summary>
    public async Task<IReadOnlyList<PersonalBoard>> ListAsync(VoterIdentity voter, CancellationToken cancellationToken)
    {
        List<PersonalBoard> boards = [];
        foreach (var own in (await ReadAsync(voter, cancellationToken)).GroupBy(ballot => ballot.Arena, StringComparer.Ordinal).OrderBy(own => own.Key, StringComparer.Ordinal))
        {
            if (await arenas.FindAsync(own.Key, cancellationToken) is { } arena && arena.PublicationDelay == TimeSpan.Zero)
            {
                boards.Add(await MakeAsync(arena, [.. own], cancellationToken));
            }
        }

        return boards;
    }

    /// <summary>The voter's own ratings.</summary>
    /// <param name="ballots">The voter's alone.</param>
    /// <param name="everybody">The ratings by all ballots.</param>
    /// <param name="deviation">How far a voter's own are assumed to lie from them.</param>
    internal static IReadOnlyList<double> Fit(Ballots ballots, IReadOnlyList<double> everybody, double deviation) =>
        ballots.Count == 0
            ? everybody
            : [.. PlackettLuce.Fit(ballots, new() { Ridge = LiveArenas.Ridge(deviation), PriorRatings = everybody, StartRatings = everybody }).Competitors.Select(one => one.Rating)];

    private async Task<PersonalBoard> MakeAsync(ArenaContent arena, IReadOnlyList<Own> own, CancellationToken cancellationToken)
    {
        var live = await ratings.NewestAsync(arena, cancellationToken);
        var everybody = live.State.Ratings;
        var n = arena.Contestants.Length;
        var builder = new BallotsBuilder(n);
        var (preferred, shown) = (new long[n * n], new int[n]);
        foreach (var ballot in own)
        {
            VoteBallots.Add(builder, ballot.Form, ballot.Slots, ballot.Ranks, allBad: false, voter: 0, prompt: -1);
            Preferences.Add(preferred, n, ballot.Slots, ballot.Ranks, 1);
            foreach (var slot in ballot.Slots)
            {
                shown[slot]++;
            }
        }

        var fitted = Fit(builder.ToBallots(), everybody, options.Value.PersonalDeviation);
        return new(
            arena.Slug,
            arena.Title,
            own.Count,
            [
                .. arena.Contestants
                    .Where(contestant => contestant.Active || shown[contestant.Ordinal] > 0)
                    .Select(contestant => new PersonalStanding(contestant.Slug, contestant.Name, contestant.Version, fitted[contestant.Ordinal], everybody[contestant.Ordinal], shown[contestant.Ordinal]))
                    .OrderByDescending(row => row.Own),
            ],
            Agreement.Of(preferred, await live.PreferredAsync(cancellationToken)));
    }

    private async Task<List<Own>> ReadAsync(VoterIdentity voter, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            select arena.slug, d.slots, b.form, b.ranks
            from ballots b join battles d on d.id = b.battle_id join voting_arenas arena on arena.id = b.arena_id
            where b.voter_id = (select id from voters where key = $1) and b.eligibility = $2 and b.form <> $3
            order by b.sequence
            """);
        command.Parameters.Add(new() { Value = voter.Key });
        command.Parameters.Add(new() { Value = (int)Eligibility.Counted });
        command.Parameters.Add(new() { Value = (int)BallotForm.Skip });
        List<Own> own = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            own.Add(new(reader.GetString(0), reader.GetFieldValue<int[]>(1), (BallotForm)reader.GetInt32(2), reader.GetFieldValue<short[]>(3)));
        }

        return own;
    }

    private sealed record Own(string Arena, int[] Slots, BallotForm Form, short[] Ranks);
}
