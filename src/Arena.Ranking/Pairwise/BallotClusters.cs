namespace Arena.Ranking.Pairwise;

/// <summary>Which cluster each ballot belongs to, and the ballots cluster by cluster.</summary>
internal sealed class BallotClusters
{
    private BallotClusters(int[] order, int[] start, double sign) => (Order, Start, Sign) = (order, start, sign);

    /// <summary>Ballots, those of a cluster together.</summary>
    public int[] Order { get; }

    /// <summary>Where each cluster begins in <see cref="Order"/>.</summary>
    public int[] Start { get; }

    public int Count => Start.Length - 1;

    /// <summary>+1, or −1 for the intersection of two ways.</summary>
    public double Sign { get; }

    /// <summary>The ways to sum: one, or voter, prompt and both for two-way clustering.</summary>
    public static BallotClusters[] Of(Ballots ballots, ClusterBy by) => by switch
    {
        ClusterBy.Voter => [By(ballots, 1, b => (b.Voter, -1))],
        ClusterBy.Prompt => [By(ballots, 1, b => (-1, b.Prompt))],
        ClusterBy.Voter | ClusterBy.Prompt =>
        [
            By(ballots, 1, b => (b.Voter, -1)),
            By(ballots, 1, b => (-1, b.Prompt)),
            By(ballots, -1, b => b is { Voter: >= 0, Prompt: >= 0 } ? (b.Voter, b.Prompt) : (-1, -1)),
        ],
        _ => [By(ballots, 1, _ => (-1, -1))],
    };

    private delegate (int Voter, int Prompt) Key(Ballot ballot);

    /// <summary>A key of (−1, −1) stands for itself. Clusters are numbered in order of their first ballot.</summary>
    private static BallotClusters By(Ballots ballots, double sign, Key key)
    {
        var number = new Dictionary<(int, int), int>();
        var cluster = new int[ballots.Count];
        int clusters = 0;
        for (int b = 0; b < cluster.Length; b++)
        {
            (int, int) own = key(ballots[b]);
            if (own == (-1, -1))
            {
                cluster[b] = clusters++;
            }
            else if (number.TryGetValue(own, out int known))
            {
                cluster[b] = known;
            }
            else
            {
                number[own] = cluster[b] = clusters++;
            }
        }

        var start = new int[clusters + 1];
        foreach (int c in cluster)
        {
            start[c + 1]++;
        }

        for (int c = 0; c < clusters; c++)
        {
            start[c + 1] += start[c];
        }

        int[] next = start[..^1], order = new int[cluster.Length];
        for (int b = 0; b < cluster.Length; b++)
        {
            order[next[cluster[b]]++] = b;
        }

        return new BallotClusters(order, start, sign);
    }
}
