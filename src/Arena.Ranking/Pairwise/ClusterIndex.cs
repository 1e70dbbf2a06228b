namespace Arena.Ranking.Pairwise;

/// <summary>Ballots in the order of their clusters; a ballot of key −1 is a cluster of its own, one of key −2 counts nowhere.</summary>
internal sealed class ClusterIndex
{
    public const int Own = -1;
    public const int Nowhere = -2;

    private ClusterIndex(int[] start, int[] ballot) => (Start, Ballot) = (start, ballot);

    public int Clusters => Start.Length - 1;

    /// <summary>Cluster c is the ballots from Start[c] up to Start[c + 1].</summary>
    public int[] Start { get; }

    public int[] Ballot { get; }

    /// <summary>Counting sort; clusters stand by key, those of their own last.</summary>
    public static ClusterIndex Of(int[] keys)
    {
        int most = Math.Max(Own, keys.Length == 0 ? Own : keys.Max());
        int[]? names = most > 4L * keys.Length + 1024 ? [.. keys.Where(k => k >= 0).Distinct().Order()] : null;
        int named = names?.Length ?? most + 1;
        int Named(int key) => names is null ? key : Array.BinarySearch(names, key);

        var count = new int[named];
        int own = 0;
        foreach (int key in keys)
        {
            if (key >= 0)
            {
                count[Named(key)]++;
            }
            else if (key == Own)
            {
                own++;
            }
        }

        var start = new List<int>(named + own + 1);
        int next = 0;
        for (int k = 0; k < named; k++)
        {
            int size = count[k];
            count[k] = next;
            if (size > 0)
            {
                start.Add(next);
            }

            next += size;
        }

        var ballot = new int[next + own];
        for (int b = 0; b < keys.Length; b++)
        {
            if (keys[b] >= 0)
            {
                ballot[count[Named(keys[b])]++] = b;
            }
            else if (keys[b] == Own)
            {
                start.Add(next);
                ballot[next++] = b;
            }
        }

        start.Add(next);
        return new ClusterIndex([.. start], ballot);
    }

    /// <summary>Keys of ballots by a column; an empty column makes each a cluster of its own, and ballots that say nothing count nowhere.</summary>
    public static int[] Keys(Ballots ballots, ReadOnlySpan<int> column)
    {
        var keys = new int[ballots.Count];
        for (int b = 0; b < keys.Length; b++)
        {
            keys[b] = !BallotScores.Compares(ballots, b) ? Nowhere : column.IsEmpty ? Own : column[b];
        }

        return keys;
    }

    /// <summary>In how many clusters each competitor is.</summary>
    public int[] ClustersOf(Ballots ballots)
    {
        var (of, last) = (new int[ballots.Competitors], new int[ballots.Competitors]);
        for (int c = 0; c < Clusters; c++)
        {
            for (int k = Start[c]; k < Start[c + 1]; k++)
            {
                foreach (int i in ballots[Ballot[k]].Competitors)
                {
                    of[i] += last[i] == c + 1 ? 0 : 1;
                    last[i] = c + 1;
                }
            }
        }

        return of;
    }

    /// <summary>The cluster of each of so many ballots; −1 where it is in none.</summary>
    public int[] ClusterOf(int ballots)
    {
        var of = new int[ballots];
        Array.Fill(of, -1);
        for (int c = 0; c < Clusters; c++)
        {
            for (int k = Start[c]; k < Start[c + 1]; k++)
            {
                of[Ballot[k]] = c;
            }
        }

        return of;
    }
}
