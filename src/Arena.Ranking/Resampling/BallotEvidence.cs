using Arena.Ranking.Clustering;
using Arena.Ranking.Pairwise;

namespace Arena.Ranking.Resampling;

/// <summary>What a fit to ballots stands on.</summary>
internal sealed record BallotEvidence(TalliedPairs Pairs, Evidence Board, Evidence[] Competitors)
{
    public static BallotEvidence Of(Ballots ballots)
    {
        var tally = new PairwiseTally(ballots.Competitors);
        tally.Add(ballots);
        TalliedPairs pairs = tally.ToPairs();
        return new BallotEvidence(pairs, pairs.Board, pairs.Evidence);
    }

    /// <summary>The same with clusters counted: the fewer of voters and prompts where both are drawn.</summary>
    public BallotEvidence WithClusters(Ballots ballots, ClusterBy by)
    {
        (Evidence board, Evidence[] competitors) = (Board, Competitors);
        foreach (ClusterBy way in (ReadOnlySpan<ClusterBy>)[ClusterBy.Voter, ClusterBy.Prompt])
        {
            if (by.HasFlag(way))
            {
                ClusterIndex index = ClusterIndex.Of(ballots, way);
                int[] of = index.ClustersOf(ballots.Starts, ballots.CompetitorColumn, ballots.Competitors);
                board = board with { Clusters = Math.Min(board.Clusters, index.Clusters) };
                competitors = [.. competitors.Select((e, i) => e with { Clusters = Math.Min(e.Clusters, of[i]) })];
            }
        }

        return this with { Board = board, Competitors = competitors };
    }

    public StandingsMaker Maker(string method, FitOptions options) => new(method, options, Board, Competitors) { PairEvidence = Pairs.Between };
}
