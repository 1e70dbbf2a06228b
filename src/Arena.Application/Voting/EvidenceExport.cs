using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Arena.Application.Trust;
using Arena.Data;
using Arena.Data.Accounts;
using Arena.Data.Voting;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Arena.Application.Voting;

/// <summary>
/// An arena's ballots for whoever wants to check or replay them, a JSON line each. Voters and ballots have numbers that are made anew for each
/// export, so that two exports, or an export and a receipt, cannot be joined; times are cut to the hour; comments and network digests stay here.
/// </summary>
public sealed class EvidenceExport(NpgsqlDataSource database, IDbContextFactory<ArenaDbContext> contexts, ArenaCatalog arenas, AuditLog audit)
{
    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Starts an export; it is audited before the first line.</summary>
    /// <param name="actor">The account that asks.</param>
    /// <param name="slug">Which arena.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The arena, or null when there is none of that name, or the actor does not maintain.</returns>
    public async Task<ArenaContent?> StartAsync(Guid actor, string slug, CancellationToken cancellationToken)
    {
        if (!await MaintainsAsync(actor, cancellationToken) || await arenas.FindAsync(slug, cancellationToken) is not { } arena)
        {
            return null;
        }

        await audit.AppendAsync(actor.ToString(), "arena.ballots-exported", "arena:" + slug, new { }, cancellationToken);
        return arena;
    }

    /// <summary>Writes the lines, in the order in which the ballots came in.</summary>
    /// <returns>How many.</returns>
    public async Task<long> WriteAsync(ArenaContent arena, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arena);
        ArgumentNullException.ThrowIfNull(stream);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("""
            select b.voter_id, b.cast_at, b.form, d.slots, d.samples, b.ranks, b.all_bad, b.strength, b.acceptable, b.reasons,
                d.branch, d.policy, d.probability, b.source, b.eligibility, b.eligibility_reason
            from ballots b join battles d on d.id = b.battle_id
            where b.arena_id = $1
            order by b.sequence
            """, connection) { Parameters = { new() { Value = arena.Id.Value } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        Dictionary<Guid, string> voters = [];
        await using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        long count = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            var voter = reader.GetGuid(0);
            if (!voters.TryGetValue(voter, out var name))
            {
                // by chance, not by the order of arrival, which others may know
                voters[voter] = name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
            }

            var line = Line(arena, reader, string.Create(CultureInfo.InvariantCulture, $"{run}-{count}"), name);
            await writer.WriteLineAsync(JsonSerializer.Serialize(line, Lines).AsMemory(), cancellationToken);
            count++;
        }

        await writer.FlushAsync(cancellationToken);
        return count;
    }

    private async Task<bool> MaintainsAsync(Guid actor, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.UserRoles
            .Join(context.Roles, member => member.RoleId, role => role.Id, (member, role) => new { member.UserId, role.Name })
            .AnyAsync(role => role.UserId == actor && (role.Name == RoleNames.Maintainer || role.Name == RoleNames.Administrator), cancellationToken);
    }

    private static EvidenceLine Line(ArenaContent arena, NpgsqlDataReader reader, string ballot, string voter)
    {
        var at = reader.GetFieldValue<DateTimeOffset>(1);
        var form = (BallotForm)reader.GetInt32(2);
        var slots = reader.GetFieldValue<int[]>(3);
        var ranks = reader.GetFieldValue<short[]>(5);
        return new(
            ballot,
            voter,
            new(at.Year, at.Month, at.Day, at.Hour, 0, 0, TimeSpan.Zero),
            form switch { BallotForm.BestWorst => "best-worst", BallotForm.Skip => "skip", _ => "ranking" },
            [.. slots.Select(slot => new EvidenceEntry(arena.Contestants[slot].Slug, arena.Contestants[slot].Name, arena.Contestants[slot].Version))],
            [.. Enumerable.Range(0, ranks.Length).GroupBy(place => ranks[place]).OrderBy(tier => tier.Key).Select(tier => tier.ToArray())],
            reader.GetBoolean(6),
            reader.IsDBNull(7) ? null : reader.GetInt16(7),
            reader.IsDBNull(8) ? null : [.. Enumerable.Range(0, slots.Length).Where(slot => (reader.GetInt16(8) & (1 << slot)) != 0)],
            reader.GetFieldValue<string[]>(9),
            reader.GetFieldValue<int[]>(4) is var samples && samples.Contains(-1) ? null : samples,
            ((BattleBranch)reader.GetInt32(10)).ToString().ToLowerInvariant(),
            reader.GetString(11),
            reader.GetDouble(12),
            ((BallotSource)reader.GetInt32(13)).ToString().ToLowerInvariant(),
            ((Eligibility)reader.GetInt32(14)).ToString().ToLowerInvariant(),
            reader.GetString(15));
    }

    private sealed record EvidenceLine(
        string Ballot,
        string Voter,
        DateTimeOffset At,
        string Form,
        IReadOnlyList<EvidenceEntry> Entries,
        IReadOnlyList<int[]> Tiers,
        bool AllBad,
        short? Strength,
        IReadOnlyList<int>? Acceptable,
        IReadOnlyList<string> Reasons,
        IReadOnlyList<int>? Samples,
        string Branch,
        string Policy,
        double Probability,
        string Source,
        string State,
        string Reason);

    private sealed record EvidenceEntry(string Entry, string Name, int Version);
}
