using Xunit;

namespace Arena.Ranking.Tests;

/// <summary>Plackett–Luce pulled toward given ratings, as of one person toward everybody's.</summary>
public sealed class PlackettLucePriorRatingsTests
{
    [Fact]
    public void Fit_PriorRatings_FewBallotsStayThereAndManyLeaveIt()
    {
        double[] prior = [1200, 1100, 1000, 700];
        var one = new BallotsBuilder(4);
        one.AddTiers([[3], [2]]);
        PlackettLuceOptions options = new() { Ridge = 5, PriorRatings = prior };

        Standings few = PlackettLuce.Fit(one.ToBallots(), options);
        var many = new BallotsBuilder(4);
        for (int k = 0; k < 20_000; k++)
        {
            many.AddTiers(k % 4 == 0 ? [[0], [1], [2], [3]] : [[3], [2], [1], [0]]);
        }

        Standings much = PlackettLuce.Fit(many.ToBallots(), options);
        Standings own = PlackettLuce.Fit(many.ToBallots());

        Assert.Equal(1200, few.Competitors[0].Rating, 1e-9);
        Assert.Equal(1100, few.Competitors[1].Rating, 1e-9);
        Assert.InRange(few.Competitors[3].Rating, 701, 800);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(own.Competitors[i].Rating, much.Competitors[i].Rating, 2.0);
        }
    }

    [Fact]
    public void Fit_PriorRatingsThatDoNotFit_AreRefused()
    {
        var one = new BallotsBuilder(3);
        one.AddTiers([[0], [1]]);
        Assert.Throws<ArgumentException>(() => PlackettLuce.Fit(one.ToBallots(), new() { PriorRatings = [1000, 1000, 1000] }));
        Assert.Throws<ArgumentException>(() => PlackettLuce.Fit(one.ToBallots(), new() { Ridge = 1, PriorRatings = [1000, 1000] }));
        Assert.Throws<ArgumentException>(() => PlackettLuce.Fit(one.ToBallots(), new() { Ridge = 1, PriorRatings = [1000, double.NaN, 1000] }));
        Assert.Throws<ArgumentException>(() => new RunningPlackettLuce(3, new() { Ridge = 1, PriorRatings = [1000, 1000, 1000] }));
    }
}
