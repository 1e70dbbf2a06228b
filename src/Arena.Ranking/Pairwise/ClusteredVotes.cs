using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Arena.Ranking.Clustering;

namespace Arena.Ranking.Pairwise;

/// <summary>One comparison of two.</summary>
/// <param name="Better">Who stands higher, or the first of a tie.</param>
/// <param name="WorseOrTied">The other one; its complement when the two tie.</param>
/// <param name="Other">What the ballot is in the other way of clustering.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClusteredVote(int Better, int WorseOrTied, int Other)
{
    public bool Tied => WorseOrTied < 0;

    public int Worse => WorseOrTied ^ (WorseOrTied >> 31);
}

/// <summary>The votes on two of ballots, those of longer ones derived, cluster by cluster: a pass over them reads memory from front to back.</summary>
/// <remarks>
/// They are put there in two steps, first by ranges of clusters and then within a range: each writes to few places at a time, which stay in the cache.
/// Written at once, each vote would wait for memory, as each would that is read where its ballot stands.
/// </remarks>
internal sealed class ClusteredVotes
{
    private const int MostRanges = 256;

    private ClusteredVotes(int competitors, int[] start, int votes, bool weighted)
    {
        (Competitors, Start, Votes) = (competitors, start, GC.AllocateUninitializedArray<ClusteredVote>(votes));
        Weights = weighted ? new double[votes] : null;
    }

    public int Competitors { get; }

    /// <summary>Cluster c is the votes from Start[c] up to Start[c + 1]; some may be empty.</summary>
    public int[] Start { get; }

    public ClusteredVote[] Votes { get; }

    /// <summary>One a vote; null where all weigh 1.</summary>
    public double[]? Weights { get; }

    /// <summary>In how many clusters each competitor is.</summary>
    public int[] ClustersOf()
    {
        var (of, last) = (new int[Competitors], new int[Competitors]);
        for (int c = 0; c + 1 < Start.Length; c++)
        {
            foreach (ClusteredVote vote in Votes.AsSpan(Start[c]..Start[c + 1]))
            {
                foreach (int i in (ReadOnlySpan<int>)[vote.Better, vote.Worse])
                {
                    of[i] += last[i] == c + 1 ? 0 : 1;
                    last[i] = c + 1;
                }
            }
        }

        return of;
    }

    /// <summary>Puts votes in order.</summary>
    /// <param name="ballots">The ballots; those that say nothing are left out.</param>
    /// <param name="way">By voter, by prompt, or each ballot for itself.</param>
    /// <param name="others">What to keep of each ballot beside; empty for −1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ClusteredVotes Of(Ballots ballots, ClusterBy way, ReadOnlySpan<int> others)
    {
        ReadOnlySpan<int> keys = ClusterIndex.Close(ClusterIndex.Column(ballots, way), out int named), starts = ballots.Starts, competitor = ballots.CompetitorColumn;
        ReadOnlySpan<ushort> tier = ballots.TierColumn;
        var next = new int[named];
        int own = 0, ownVotes = 0;
        for (int b = 0; b < ballots.Count; b++)
        {
            if (!ballots.Compares(b))
            {
                continue;
            }

            int votes = starts[b + 1] - starts[b] == 2 ? 1 : Derived(tier[starts[b]..starts[b + 1]]);
            if (keys.IsEmpty || keys[b] < 0)
            {
                (own, ownVotes) = (own + 1, ownVotes + votes);
            }
            else
            {
                next[keys[b]] += votes;
            }
        }

        var start = new int[named + own + 1];
        for (int c = 0; c < named; c++)
        {
            start[c + 1] = start[c] + next[c];
            next[c] = start[c];
        }

        // those of clusters go by way of their range, those alone stand behind them in the order of the ballots
        int shift = Math.Max(0, BitOperations.Log2((uint)Math.Max(1, named)) + 1 - BitOperations.Log2(MostRanges)), known = start[named];
        Span<int> range = stackalloc int[MostRanges];
        for (int r = 0; r < range.Length; r++)
        {
            range[r] = start[Math.Min(named, (long)r << shift)];
        }

        var result = new ClusteredVotes(ballots.Competitors, start, known + ownVotes, !ballots.Weights.IsEmpty);
        (int Key, ClusteredVote Vote)[] votesOf = ArrayPool<(int, ClusteredVote)>.Shared.Rent(known);
        double[]? weightOf = result.Weights is null ? null : new double[known];
        int last = known, lastCluster = named;
        for (int b = 0; b < ballots.Count; b++)
        {
            if (!ballots.Compares(b))
            {
                continue;
            }

            int key = keys.IsEmpty ? -1 : keys[b], from = starts[b], to = starts[b + 1], other = others.IsEmpty ? -1 : others[b];
            double weight = ballots.Weights.IsEmpty ? 1 : ballots.Weights[b];
            for (int i = from; i < to; i++)
            {
                for (int j = i + 1; j < to; j++)
                {
                    bool level = tier[i] == tier[j];
                    if (level && (tier[i] & Ballots.UnorderedBit) != 0)
                    {
                        continue;
                    }

                    var vote = new ClusteredVote(competitor[i], level ? ~competitor[j] : competitor[j], other);
                    if (key < 0)
                    {
                        result.Set(last++, vote, weight);
                        continue;
                    }

                    int at = range[key >> shift]++;
                    votesOf[at] = (key, vote);
                    if (weightOf is not null)
                    {
                        weightOf[at] = weight;
                    }
                }
            }

            if (key < 0)
            {
                start[++lastCluster] = last;
            }
        }

        for (int k = 0; k < known; k++)
        {
            (int key, ClusteredVote vote) = votesOf[k];
            result.Set(next[key]++, vote, weightOf is null ? 1 : weightOf[k]);
        }

        ArrayPool<(int, ClusteredVote)>.Shared.Return(votesOf);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(int position, ClusteredVote vote, double weight)
    {
        Votes[position] = vote;
        if (Weights is not null)
        {
            Weights[position] = weight;
        }
    }

    private static int Derived(ReadOnlySpan<ushort> tiers)
    {
        int votes = 0;
        for (int i = 0; i < tiers.Length; i++)
        {
            for (int j = i + 1; j < tiers.Length; j++)
            {
                votes += tiers[i] != tiers[j] || (tiers[i] & Ballots.UnorderedBit) == 0 ? 1 : 0;
            }
        }

        return votes;
    }
}

/// <summary>Their scores at given strengths.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct VoteScores(ClusteredVotes votes, double[] strengths) : IClusteredScores
{
    public int Parameters => votes.Competitors;

    public int[] Start => votes.Start;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(OuterProducts outer, int position)
    {
        ref readonly ClusteredVote vote = ref votes.Votes[position];
        int worse = vote.Worse;
        double own = strengths[vote.Better], expected = own / (own + strengths[worse]), weight = votes.Weights is null ? 1 : votes.Weights[position];
        double score = weight * ((vote.Tied ? 0.5 : 1) - expected), information = weight * expected * (1 - expected);
        outer.Add(vote.Better, score, information);
        outer.Add(worse, -score, information);
    }

    public int Other(int position) => votes.Votes[position].Other;
}
