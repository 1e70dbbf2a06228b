using System.Text.Json;
using Arena.Application.Notices;
using Arena.Application.Suites;
using Arena.Application.Voting;
using Arena.Data;
using Arena.Data.Leaderboards;
using Arena.Data.Runs;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Arena.Application.Leaderboards;

/// <summary>Makes a new snapshot of a leaderboard when its evidence has changed.</summary>
public sealed class SnapshotMaker(IDbContextFactory<ArenaDbContext> contexts, SuiteCatalog suites, VoteSnapshots votes, NoticeBoard notices, TimeProvider time)
{
    /// <summary>So many of the newest snapshots are kept; of older ones the last of each day.</summary>
    internal const int KeptSnapshots = 100;

    /// <summary>Makes the next snapshot if there is anything new.</summary>
    /// <returns>Its version, or null when the evidence is the last snapshot's or another node is at it.</returns>
    public async Task<long?> RefreshAsync(Leaderboard board, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(board);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        // one node at a time makes a board's snapshots
        await using (var claim = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = "board:" + board.Id.Value } } })
        {
            if (await claim.ExecuteScalarAsync(cancellationToken) is not true)
            {
                return null;
            }
        }

        var last = await context.LeaderboardSnapshots.AsNoTracking()
            .Where(snapshot => snapshot.LeaderboardId == board.Id)
            .OrderByDescending(snapshot => snapshot.Version)
            .Select(snapshot => new LastSnapshot(snapshot.Version, snapshot.Fingerprint, snapshot.CreatedAt))
            .FirstOrDefaultAsync(cancellationToken);
        var next = board.Source == BoardSource.Votes
            ? await votes.MakeAsync(context, board, last, cancellationToken)
            : await MeasureAsync(context, connection, board, last, cancellationToken);
        if (next is not { } made)
        {
            return null;
        }

        var version = (last?.Version ?? 0) + 1;
        context.LeaderboardSnapshots.Add(new()
        {
            LeaderboardId = board.Id,
            Version = version,
            SuiteVersionId = made.SuiteVersion,
            Fingerprint = made.Fingerprint,
            CreatedAt = time.GetUtcNow(),
            Content = JsonSerializer.Serialize(made.Content, JsonSerializerOptions.Web),
        });
        await context.SaveChangesAsync(cancellationToken);
        await RetainAsync(connection, board, version, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        notices.Changed(board.Slug, version);
        return version;
    }

    private async Task<NextSnapshot?> MeasureAsync(ArenaDbContext context, NpgsqlConnection connection, Leaderboard board, LastSnapshot? last, CancellationToken cancellationToken)
    {
        if (await BoardEvidence.ReadAsync(context, board, cancellationToken) is not { } evidence || evidence.Runs.All(run => run.Measured == 0))
        {
            return null;
        }

        var fingerprint = evidence.Fingerprint();
        if (string.Equals(last?.Fingerprint, fingerprint, StringComparison.Ordinal))
        {
            return null;
        }

        var measured = evidence.Runs.Where(run => run.Measured > 0).ToList();
        var vectors = await ChunkStore.ReadMeasurementsAsync(connection, [.. measured.Select(run => run.Id)], board.Metric, evidence.Samples, cancellationToken);
        var suite = await suites.FindAsync(evidence.SuiteVersion, cancellationToken);
        return new(evidence.SuiteVersion, fingerprint, SuiteStandings.Make(measured, vectors, suite, suite.Metric(board.Metric), checked((ulong)board.Seed)));
    }

    private static async Task RetainAsync(NpgsqlConnection connection, Leaderboard board, long newest, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            delete from leaderboard_snapshots old
            where old.leaderboard_id = $1 and old.version <= $2 and exists (
                select 1 from leaderboard_snapshots later
                where later.leaderboard_id = $1 and later.version > old.version and later.version <= $2
                    and (later.created_at at time zone 'UTC')::date = (old.created_at at time zone 'UTC')::date)
            """, connection)
        {
            Parameters = { new() { Value = board.Id.Value }, new() { Value = newest - KeptSnapshots } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
