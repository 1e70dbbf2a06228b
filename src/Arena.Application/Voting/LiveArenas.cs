using System.Collections.Concurrent;
using Arena.Application.Notices;
using Arena.Data.Ids;
using Arena.Data.Voting;
using Arena.Ranking;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Arena.Application.Voting;

/// <summary>The live ratings of every arena that this node was asked about.</summary>
public sealed class LiveArenas(BallotStore store, NpgsqlDataSource database, NoticeBoard notices, IOptions<VotingOptions> options) : IDisposable
{
    private readonly ConcurrentDictionary<VotingArenaId, LiveArena> arenas = new();

    /// <summary>The likelihood of every board that stands on votes: Plackett–Luce with a normal prior on ratings, intervals clustered by voter and by sample.</summary>
    public PlackettLuceOptions Method { get; } = new()
    {
        Ridge = Ridge(options.Value.PriorDeviation),
        Cluster = ClusterBy.Voter | ClusterBy.Prompt,
    };

    /// <summary>An arena's ratings with everything in them that is stored now.</summary>
    public Task<LiveArena> NewestAsync(ArenaContent content, CancellationToken cancellationToken) => AfterAsync(content, long.MaxValue, cancellationToken);

    /// <summary>An arena's ratings with at least the ballots up to a number in them.</summary>
    public async Task<LiveArena> AfterAsync(ArenaContent content, long sequence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var live = arenas.GetOrAdd(content.Id, _ => new(content, store, database, Method, DateTimeOffset.MaxValue));
        if (await live.CatchUpAsync(content, sequence, cancellationToken))
        {
            notices.Changed(content.Board, 0);
        }

        return live;
    }

    /// <summary>An arena's ratings of their own as they stood at a time; the caller disposes of them.</summary>
    public LiveArena Replay(ArenaContent content, DateTimeOffset until) => new(content, store, database, Method, until);

    public void Dispose()
    {
        foreach (var live in arenas.Values)
        {
            live.Dispose();
        }
    }

    /// <summary>α of α Σ θ² for a normal prior of so many points: 1 / (2 σ²) in log-strengths.</summary>
    internal static double Ridge(double deviation)
    {
        var sigma = deviation * Math.Log(10) / 400;
        return 1 / (2 * sigma * sigma);
    }
}
