using Arena.Ranking.Clustering;

namespace Arena.Ranking.Listwise;

/// <summary>Observations, those that tell anybody apart, and independent clusters, of the board and of every competitor.</summary>
/// <param name="ballots">The orderings.</param>
/// <param name="clusters">One a way of clustering; empty where each observation stands for itself.</param>
internal sealed class ListwiseEvidence(RankedBallots ballots, ClusterIndex[] clusters)
{
    public static (Evidence Board, Evidence[] Competitors) Of(RankedBallots ballots, ClusterIndex[] clusters) =>
        (new ListwiseEvidence(ballots, clusters).Board(), new ListwiseEvidence(ballots, clusters).Competitors());

    private Evidence Board()
    {
        int discordant = 0;
        for (int b = 0; b < ballots.Count; b++)
        {
            discordant += ballots.IsDiscordant(b) ? Copies(b) : 0;
        }

        var board = new Evidence(ballots.Observations, discordant);
        return clusters.Length == 0 ? board : board with { Clusters = clusters.Min(way => way.Clusters) };
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

        int[][] counts = [.. clusters.Select(way => way.ClustersOf(ballots.Start, ballots.Item, n))];
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

    private int Copies(int b) => ballots.Copies is null ? 1 : (int)ballots.Copies[b];
}
