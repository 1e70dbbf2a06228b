using Npgsql;

namespace Arena.Application.Voting;

/// <summary>Takes away what leads from a person to the ballots: they stay, under a random number that is nobody's.</summary>
public sealed class VoterForgetting(NpgsqlDataSource database, VoterMemory memory)
{
    /// <summary>Forgets a voter. Comments are deleted too: people write of themselves.</summary>
    /// <returns>How many ballots stay.</returns>
    public async Task<long> ForgetAsync(VoterIdentity voter, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var ballots = await ForgetAsync(connection, [voter.Key], cancellationToken);
        memory.Forget(voter.Key);
        return ballots;
    }

    /// <summary>Forgets whoever votes under these keys, within the connection's transaction.</summary>
    /// <returns>How many ballots stay.</returns>
    internal static async Task<long> ForgetAsync(NpgsqlConnection connection, Guid[] keys, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            with gone as (update voters set key = null, forgotten_at = now() where key = any($1) returning id),
            silenced as (update ballots set comment = null, network_digest = null from gone where ballots.voter_id = gone.id returning 1)
            select count(*) from silenced
            """, connection)
        {
            Parameters = { new() { Value = keys } },
        };
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
