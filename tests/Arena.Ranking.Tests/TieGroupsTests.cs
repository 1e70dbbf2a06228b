using Arena.Ranking.Resampling;
using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class TieGroupsTests
{
    [Fact]
    public void Of_ChainOfNeighbours_GivesOverlappingGroups()
    {
        // errors of a difference are 14, critical about 33: 30 apart is not separated, 60 is
        Standings standings = Of([1060, 1030, 1000, 800], 10);
        Assert.Equal([[0, 1], [1, 2], [3]], TieGroups.Of(standings));
        Assert.Equal([[0, 1, 2], [3]], TieGroups.Tiers(standings));
    }

    [Fact]
    public void Of_NobodyOrEverybodySeparated_GivesOneEachOrAll()
    {
        Assert.Equal([[2], [1], [0]], TieGroups.Of(Of([0, 1000, 2000], 1)));
        Assert.Equal([[2], [1], [0]], TieGroups.Tiers(Of([0, 1000, 2000], 1)));
        Assert.Equal([[2, 1, 0]], TieGroups.Of(Of([0, 1, 2], 100)));
        Assert.Equal([[2, 1, 0]], TieGroups.Tiers(Of([0, 1, 2], 100)));
    }

    [Fact]
    public void VotesNeeded_Direct_BringTheErrorToTheTarget()
    {
        Ballots votes = SimulatedVotes.Two(26, 20, 0);
        Standings standings = RaoKupper.Fit(votes, new RaoKupperOptions { Rounds = 100 });
        VotesNeededEstimate needed = VotesNeeded.Between(standings, 0, 1, power: 0.8, simultaneous: false);
        double d = Math.Log(26.0 / 20), p = 26.0 / 46;
        double total = Math.Pow((1.959964 + 0.841621) / d, 2) / (p * (1 - p));
        Assert.InRange(needed.Direct, total - 46, total - 44); // with c/(c − 1), 46 votes say what 45 would
        Assert.Equal(total * 46 / 45 - 46, needed.AtCurrentMix, 2.0); // with two competitors every ballot is direct
        Assert.Equal(2 * needed.Direct, VotesNeeded.Between(standings, 1, 0, 0.8, simultaneous: false, designEffect: 2).Direct, 2.0);
        Assert.True(VotesNeeded.Between(standings, 0, 1).Direct >= needed.Direct - 2);
    }

    [Fact]
    public void VotesNeeded_SeparatedOrEqual_IsNoneOrEndless()
    {
        VotesNeededEstimate done = VotesNeeded.Between(Of([0, 1000], 1), 0, 1);
        Assert.Equal((0.0, true), (done.Direct, done.Separated));
        Assert.Equal(double.PositiveInfinity, VotesNeeded.Between(Of([1000, 1000], 1), 0, 1).Direct);
        Standings none = new StandingsMaker("x", new MeanScoreOptions(), new Evidence(1, 1), [new(1, 1), new(1, 1)])
            .WithoutIntervals([1, 2], new FitDiagnostics(0, StopReason.ClosedForm, 0, []));
        Assert.Throws<ArgumentException>(() => VotesNeeded.Between(none, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => VotesNeeded.Between(Of([0, 1], 1), 0, 1, power: 1));
    }

    private static Standings Of(double[] ratings, double error)
    {
        int n = ratings.Length;
        var covariance = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            covariance[i * n + i] = error * error;
        }

        return new StandingsMaker("test", new MeanScoreOptions { Rounds = 500 }, new Evidence(100, 100), [.. ratings.Select(_ => new Evidence(100, 100))])
            .FromCovariance(ratings, covariance, double.PositiveInfinity, IntervalKind.Sandwich, new FitDiagnostics(0, StopReason.ClosedForm, 0, []));
    }
}
