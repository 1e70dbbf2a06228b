namespace Arena.Ranking.Listwise;

/// <summary>Observations, those that tell anybody apart, and independent clusters, of the board and of every competitor.</summary>
/// <param name="ballots">The orderings.</param>
/// <param name="clusters">One column a way of clustering, −1 stands for itself; empty where each observation does.</param>
internal sealed class ListwiseEvidence(RankedBallots ballots, int[][] clusters)
{
    public static (Evidence Board, Evidence[] Competitors) Of(RankedBallots ballots, int[][] clusters) =>
        (new ListwiseEvidence(ballots, clusters).Board(), new ListwiseEvidence(ballots, clusters).Competitors());

    private Evidence Board()
    {
        int discordant = 0;
        for (int b = 0; b < ballots.Count; b++)
        {
            discordant += ballots.IsDiscordant(b) ? Copies(b) : 0;
        }

        var board = new Evidence(ballots.Observations, discordant);
        return clusters.Length == 0 ? board : board with { Clusters = clusters.Min(column => column.Count(c => c < 0) + column.Where(c => c >= 0).Distinct().Count()) };
    }

    private Evidence[] Competitors()
    {
        int n = ballots.Competitors;
        var (seen, discordant) = (new int[n], new int[n]);
        for (int b = 0; b < ballots.Count; b++)
        {
            (int copies, bool tells) = (Copies(b), ballots.IsDiscordant(b));
            for (int k = ballots.Start[b]; k < ballots.Start[b + 1]; k++)
            {
                seen[ballots.Item[k]] += copies;
                discordant[ballots.Item[k]] += tells ? copies : 0;
            }
        }

        int[][] counts = [.. clusters.Select(Distinct)];
        var evidence = new Evidence[n];
        for (int i = 0; i < n; i++)
        {
            evidence[i] = new Evidence(seen[i], discordant[i]);
            if (counts.Length > 0)
            {
                evidence[i] = evidence[i] with { Clusters = counts.Min(c => c[i]) };
            }
        }

        return evidence;
    }

    /// <summary>Different clusters of each competitor's observations.</summary>
    private int[] Distinct(int[] column)
    {
        var order = new int[column.Length];
        for (int b = 0; b < order.Length; b++)
        {
            order[b] = b;
        }

        Array.Sort((int[])column.Clone(), order);
        var last = new int[ballots.Competitors];
        Array.Fill(last, -2);
        var counts = new int[ballots.Competitors];
        foreach (int b in order)
        {
            for (int k = ballots.Start[b]; k < ballots.Start[b + 1]; k++)
            {
                ref int before = ref last[ballots.Item[k]];
                counts[ballots.Item[k]] += column[b] < 0 || before != column[b] ? 1 : 0;
                before = column[b];
            }
        }

        return counts;
    }

    private int Copies(int b) => ballots.Copies is null ? 1 : (int)ballots.Copies[b];
}
