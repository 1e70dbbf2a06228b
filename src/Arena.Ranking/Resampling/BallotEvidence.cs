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
        BallotEvidence counted = this;
        foreach (ClusterBy way in (ReadOnlySpan<ClusterBy>)[ClusterBy.Voter, ClusterBy.Prompt])
        {
            if (by.HasFlag(way))
            {
                var index = ClusterIndex.Of(ballots, way);
                counted = counted.AtMost(index.Clusters, index.ClustersOf(ballots.Starts, ballots.CompetitorColumn, ballots.Competitors));
            }
        }

        return counted;
    }

    /// <summary>The same with no more clusters than these.</summary>
    public BallotEvidence AtMost(int clusters, int[] clustersOf) => this with
    {
        Board = Board with { Clusters = Math.Min(Board.Clusters, clusters) },
        Competitors = [.. Competitors.Zip(clustersOf, (e, of) => e with { Clusters = Math.Min(e.Clusters, of) })],
    };

    /// <summary>Makes standings that stand on this.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="options">Level, rounds, seed, threads.</param>
    /// <param name="imagined">Whether a prior or a common start holds together what was never compared.</param>
    public StandingsMaker Maker(string method, FitOptions options, bool imagined = false) => new(method, options, Board, Competitors) { PairEvidence = Pairs.Between, Imagined = imagined };
}
