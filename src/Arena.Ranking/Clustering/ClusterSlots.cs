using System.Runtime.CompilerServices;

namespace Arena.Ranking.Clustering;

/// <summary>
/// Parameter and score of every slot, cluster by cluster. Observations are read in their order and scattered: a write that misses the cache does not
/// wait, as each of the reads would that follow a cluster's observations through memory.
/// </summary>
internal sealed class ClusterSlots
{
    private ClusterSlots(int[] start, (int Item, double Value)[] slots) => (Start, Slots) = (start, slots);

    /// <summary>Cluster c has the slots from Start[c] up to Start[c + 1].</summary>
    public int[] Start { get; }

    public (int Item, double Value)[] Slots { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ClusterSlots Of(SparseScores scores, ClusterIndex index)
    {
        int[] clusterOf = index.Number;
        ReadOnlySpan<int> starts = scores.Starts.Span, items = scores.Items.Span;
        var start = new int[index.Clusters + 1];
        for (int o = 0; o < clusterOf.Length; o++)
        {
            if (clusterOf[o] >= 0)
            {
                start[clusterOf[o] + 1] += starts[o + 1] - starts[o];
            }
        }

        for (int c = 0; c < index.Clusters; c++)
        {
            start[c + 1] += start[c];
        }

        int[] next = [.. start];
        var slots = GC.AllocateUninitializedArray<(int Item, double Value)>(start[^1]);
        for (int o = 0; o < clusterOf.Length; o++)
        {
            if (clusterOf[o] < 0)
            {
                continue;
            }

            ref int at = ref next[clusterOf[o]];
            for (int slot = starts[o]; slot < starts[o + 1]; slot++)
            {
                slots[at++] = (items[slot], scores.Values[slot]);
            }
        }

        return new ClusterSlots(start, slots);
    }
}
