using Arena.Ranking.Clustering;

namespace Arena.Ranking.Resampling;

/// <summary>
/// Draws ballots, voters or prompts with replacement, as many as there are: how often each ballot stands in a round. Both ways, a ballot stands as
/// often as its voter was drawn times its prompt was drawn (the pigeonhole bootstrap, Owen 2007, which errs to the wide side).
/// </summary>
internal sealed class BallotDraws
{
    private readonly ClusterIndex[] _ways;
    private readonly int _ballots;

    public BallotDraws(Ballots ballots, ClusterBy by)
    {
        _ballots = ballots.Count;
        _ways = by is not (ClusterBy.Voter | ClusterBy.Prompt)
            ? [ClusterIndex.Of(ballots, by)]
            : [ClusterIndex.Of(ballots, ClusterBy.Voter), ClusterIndex.Of(ballots, ClusterBy.Prompt)];
    }

    /// <summary>The fewest clusters of any way.</summary>
    public int Clusters => _ways.Min(w => w.Clusters);

    /// <summary>What a thread needs to draw in.</summary>
    public Workspace Room() => new(_ballots, _ways.Max(w => w.Clusters));

    /// <summary>How often each ballot stands in a round; the same for every number of threads.</summary>
    public ReadOnlySpan<int> Draw(ulong seed, int round, Workspace room)
    {
        var random = new Xoshiro256(seed, (ulong)round);
        for (int way = 0; way < _ways.Length; way++)
        {
            ClusterIndex index = _ways[way];
            Span<int> drawn = room.Drawn.AsSpan(0, index.Clusters);
            random.Resample(drawn);
            for (int c = 0; c < index.Clusters; c++)
            {
                foreach (int ballot in index.Order.AsSpan(index.Start[c]..index.Start[c + 1]))
                {
                    room.Times[ballot] = way == 0 ? drawn[c] : room.Times[ballot] * drawn[c];
                }
            }
        }

        return room.Times;
    }

    internal sealed class Workspace(int ballots, int clusters)
    {
        public int[] Times { get; } = new int[ballots];

        public int[] Drawn { get; } = new int[clusters];
    }
}
