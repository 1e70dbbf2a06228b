using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Arena.Application.Leaderboards;
using Arena.Data;
using Arena.Data.Ids;
using Arena.Data.Leaderboards;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Arena.Application.Voting;

/// <summary>Snapshots of boards that stand on votes: the full fit of what the live ratings follow, with intervals.</summary>
public sealed class VoteSnapshots(ArenaCatalog arenas, LiveArenas ratings, IOptions<VotingOptions> options, TimeProvider time)
{
    /// <summary>A refit may take up to so much of the time: the larger the board, the rarer.</summary>
    private const double Share = 0.2;

    private readonly ConcurrentDictionary<LeaderboardId, TimeSpan> took = new();

    /// <summary>The next snapshot; null when nothing is new, there is no ballot, or the last one is too young.</summary>
    public async Task<NextSnapshot?> MakeAsync(ArenaDbContext context, Leaderboard board, LastSnapshot? last, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(board);
        var pause = Max(options.Value.RefitEvery, took.GetValueOrDefault(board.Id) / Share);
        if (last is not null && time.GetUtcNow() - last.CreatedAt < pause)
        {
            return null;
        }

        var slug = await context.VotingArenas.Where(arena => arena.LeaderboardId == board.Id).Select(arena => arena.Slug).SingleAsync(cancellationToken);
        if (await arenas.FindAsync(slug, cancellationToken) is not { } arena)
        {
            return null;
        }

        var started = time.GetTimestamp();
        var live = await ratings.NewestAsync(arena, cancellationToken);
        live.Abandon(time.GetUtcNow() - options.Value.BattleLifetime);
        var evidence = arena.PublicationDelay == TimeSpan.Zero
            ? await live.EvidenceAsync(cancellationToken)
            : await EarlierAsync(arena, time.GetUtcNow() - arena.PublicationDelay, cancellationToken);
        var fingerprint = Fingerprint(arena, evidence.State);
        if (evidence.Ballots is null || string.Equals(last?.Fingerprint, fingerprint, StringComparison.Ordinal))
        {
            return null;
        }

        var content = VoteStandings.Make(arena, evidence, ratings.Method);
        took[board.Id] = time.GetElapsedTime(started);
        return new(arena.SuiteVersion, fingerprint, content);
    }

    /// <summary>The evidence up to a time, made anew: for boards that are published with a delay.</summary>
    private async Task<LiveEvidence> EarlierAsync(ArenaContent arena, DateTimeOffset until, CancellationToken cancellationToken)
    {
        using var then = ratings.Replay(arena, until);
        await then.CatchUpAsync(arena, long.MaxValue, cancellationToken);
        return await then.EvidenceAsync(cancellationToken);
    }

    private static string Fingerprint(ArenaContent arena, LiveState state)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"votes {state.Sequence} {state.LastChange} {state.Counted} {state.Pending}");
        foreach (var contestant in arena.Contestants)
        {
            text.Append('|').Append(contestant.Slug).Append(' ').Append(contestant.Name);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
