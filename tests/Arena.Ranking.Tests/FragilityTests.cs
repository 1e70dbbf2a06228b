using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class FragilityTests
{
    [Fact]
    public void Of_TwoCompetitors_NamesTheWinsThatDecide()
    {
        FragilityReport report = Fragility.Of(SimulatedVotes.Two(6, 4, 2), new FragilityOptions { MostShare = 0.5 });
        // without three of the six wins it is 3 to 4; without two, 4 to 4, and 0 still stands first
        Assert.Equal((0, 1), (report.Leader, report.Successor));
        Assert.Equal(3, report.Ballots.Count);
        Assert.All(report.Ballots, b => Assert.InRange(b, 0, 5));
        Assert.Equal(0.25, report.Share, 12);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(4UL)]
    [InlineData(5UL)]
    [InlineData(6UL)]
    [InlineData(7UL)]
    [InlineData(8UL)]
    public void Of_CloseRace_IsConfirmedByRefit(ulong seed)
    {
        double[] theta = [0.1, 0.05, 0, -0.5, -0.8];
        Ballots votes = SimulatedVotes.Pairs(seed, theta, 800, ties: 0.1);
        FragilityReport report = Fragility.Of(votes);
        Assert.True(report.Found);
        Standings before = Fit(votes), after = Fit(votes.Select([.. Enumerable.Range(0, votes.Count).Except(report.Ballots)]));
        Assert.Equal(report.Leader, before.Order[0]);
        Assert.Equal(report.Successor, after.Order[0]);
        Assert.NotEqual(report.Leader, report.Successor);
        Assert.True(report.Ballots.Count < 60);
        // one ballot fewer, the least influential, does not do
        Standings almost = Fit(votes.Select([.. Enumerable.Range(0, votes.Count).Except(report.Ballots.Take(report.Ballots.Count - 1))]));
        Assert.Equal(report.Leader, almost.Order[0]);
    }

    [Fact]
    public void Of_Landslide_FindsNothing()
    {
        FragilityReport report = Fragility.Of(SimulatedVotes.Two(90, 10, 0), new FragilityOptions { MostShare = 0.1 });
        Assert.False(report.Found);
        Assert.Equal((-1, 0.0), (report.Successor, report.Share));
    }

    [Fact]
    public void Of_RankingsOfThree_RemovesWholeBallots()
    {
        var builder = new BallotsBuilder(3);
        for (int k = 0; k < 5; k++)
        {
            builder.AddRanking(0, 1, 2);
            builder.AddRanking(1, 0, 2);
        }

        builder.AddRanking(0, 1, 2);
        FragilityReport report = Fragility.Of(builder.ToBallots(), new FragilityOptions { MostShare = 0.5 });
        Assert.Equal((0, 1), (report.Leader, report.Successor));
        Assert.Equal(2, report.Ballots.Count);
    }

    [Fact]
    public void TryOf_NothingToCompare_SaysWhy()
    {
        Assert.False(Fragility.TryOf(new BallotsBuilder(1).ToBallots(), null, out _, out Diagnosis? one));
        Assert.IsType<Diagnosis.OneCompetitor>(one);
        var builder = new BallotsBuilder(3);
        builder.AddPair(0, 1, PairOutcome.FirstWins);
        Assert.False(Fragility.TryOf(builder.ToBallots(), null, out _, out Diagnosis? unvoted));
        Assert.IsType<Diagnosis.Unvoted>(unvoted);
    }

    private static Standings Fit(Ballots votes) => ContextualBradleyTerry.Fit(
        votes, Covariates.None(votes.Count), new ContextualBradleyTerryOptions { Ridge = 1e-3 * Math.Log(10) * Math.Log(10), Rounds = 10 });
}
