namespace Arena.Ranking.Clustering;

/// <summary>Observations in the order of their clusters; one of key −1 is a cluster of its own, one of key −2 counts nowhere.</summary>
internal sealed class ClusterIndex
{
    public const int Own = -1;
    public const int Nowhere = -2;

    private ClusterIndex(int[] start, int[] order, int[] number) => (Start, Order, Number) = (start, order, number);

    public int Clusters => Start.Length - 1;

    /// <summary>Cluster c is the observations from Start[c] up to Start[c + 1].</summary>
    public int[] Start { get; }

    public int[] Order { get; }

    /// <summary>The cluster of every observation; −1 where it is in none.</summary>
    public int[] Number { get; }

    /// <summary>Counting sort; clusters stand by key, those of their own last.</summary>
    public static ClusterIndex Of(ReadOnlySpan<int> keys)
    {
        ReadOnlySpan<int> close = Close(keys, out int named);
        return Of(close, named);
    }

    /// <summary>The same keys, renamed where they lie far apart; those of 0 and more are below <paramref name="named"/>.</summary>
    public static ReadOnlySpan<int> Close(ReadOnlySpan<int> keys, out int named)
    {
        named = 0;
        foreach (int key in keys)
        {
            named = Math.Max(named, key + 1);
        }

        if (named <= 4L * keys.Length + 1024)
        {
            return keys;
        }

        int[] names = [.. new HashSet<int>(keys.ToArray()).Where(k => k >= 0).Order()], renamed = keys.ToArray();
        foreach (ref int key in renamed.AsSpan())
        {
            key = key < 0 ? key : Array.BinarySearch(names, key);
        }

        named = names.Length;
        return renamed;
    }

    /// <summary>Keys of ballots by voter or by prompt; who is unknown, or <see cref="ClusterBy.None"/>, makes each a cluster of its own, and ballots that say nothing count nowhere.</summary>
    public static int[] Keys(Ballots ballots, ClusterBy way)
    {
        ReadOnlySpan<int> column = Column(ballots, way);
        int[] keys = GC.AllocateUninitializedArray<int>(ballots.Count);
        for (int b = 0; b < keys.Length; b++)
        {
            keys[b] = !ballots.Compares(b) ? Nowhere : column.IsEmpty ? Own : column[b];
        }

        return keys;
    }

    /// <summary>Voters or prompts of ballots; empty where none is known, and for <see cref="ClusterBy.None"/>.</summary>
    public static ReadOnlySpan<int> Column(Ballots ballots, ClusterBy way) => way switch
    {
        ClusterBy.Voter => ballots.VoterColumn,
        ClusterBy.Prompt => ballots.PromptColumn,
        _ => default,
    };

    /// <summary>Ballots by voter or by prompt.</summary>
    public static ClusterIndex Of(Ballots ballots, ClusterBy way) => Of(Keys(ballots, way));

    /// <summary>In how many clusters each of n competitors is, of observations given by their slots.</summary>
    public int[] ClustersOf(ReadOnlySpan<int> starts, ReadOnlySpan<int> competitors, int n)
    {
        var (of, last) = (new int[n], new int[n]);
        for (int c = 0; c < Clusters; c++)
        {
            foreach (int o in Order.AsSpan(Start[c]..Start[c + 1]))
            {
                foreach (int i in competitors[starts[o]..starts[o + 1]])
                {
                    of[i] += last[i] == c + 1 ? 0 : 1;
                    last[i] = c + 1;
                }
            }
        }

        return of;
    }

    private static ClusterIndex Of(ReadOnlySpan<int> keys, int named)
    {
        var number = new int[named];
        int own = 0;
        foreach (int key in keys)
        {
            if (key >= 0)
            {
                number[key]++;
            }
            else
            {
                own += key == Own ? 1 : 0;
            }
        }

        int clusters = own;
        foreach (int size in number)
        {
            clusters += size > 0 ? 1 : 0;
        }

        var start = new int[clusters + 1];
        int cluster = 0, before = 0;
        foreach (ref int size in number.AsSpan())
        {
            if (size > 0)
            {
                start[cluster + 1] = before += size;
                size = cluster++;
            }
        }

        int firstOwn = cluster;
        int[] of = GC.AllocateUninitializedArray<int>(keys.Length), next = start[..firstOwn], order = new int[before + own];
        for (int o = 0; o < keys.Length; o++)
        {
            if (keys[o] >= 0)
            {
                of[o] = number[keys[o]];
                order[next[of[o]]++] = o;
            }
            else if (keys[o] == Own)
            {
                of[o] = cluster;
                order[before] = o;
                start[++cluster] = ++before;
            }
            else
            {
                of[o] = -1;
            }
        }

        return new ClusterIndex(start, order, of);
    }
}
