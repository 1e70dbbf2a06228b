using Arena.Ranking.Clustering;
using Xunit;

namespace Arena.Ranking.Tests.Clustering;

public sealed class ClusterIndexTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100_000_000)]
    public void Of_KeysCloseOrFarApart_NumbersThemByKeyAndThoseAloneLast(int apart)
    {
        var index = ClusterIndex.Of([5 * apart, ClusterIndex.Own, 2 * apart, ClusterIndex.Nowhere, 5 * apart, ClusterIndex.Own]);
        Assert.Equal(4, index.Clusters);
        Assert.Equal([0, 1, 3, 4, 5], index.Start);
        Assert.Equal([2, 0, 4, 1, 5], index.Order);
        Assert.Equal([1, 2, 0, -1, 1, 3], index.Number);
        Assert.Equal([2, 2, 1], index.ClustersOf([0, 1, 2, 4, 4, 5, 6], [0, 1, 0, 2, 0, 1], 3));
    }

    [Fact]
    public void Keys_BallotsThatSayNothing_AreNowhere()
    {
        var builder = new BallotsBuilder(3);
        builder.AddPair(0, 1, PairOutcome.FirstWins, new BallotDetails(1, 4));
        builder.AddPair(0, 1, PairOutcome.FirstWins, new BallotDetails(0, 4));
        builder.AddPair(0, 1, PairOutcome.Tie);
        Assert.Equal([4, ClusterIndex.Nowhere, ClusterIndex.Own], ClusterIndex.Keys(builder.ToBallots(), ClusterBy.Voter));
        Assert.Equal([ClusterIndex.Own, ClusterIndex.Nowhere, ClusterIndex.Own], ClusterIndex.Keys(builder.ToBallots(), ClusterBy.Prompt));
    }
}
