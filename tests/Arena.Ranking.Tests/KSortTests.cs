using Xunit;

namespace Arena.Ranking.Tests;

public sealed class KSortTests
{
    [Fact]
    public void Update_AnySlate_EqualsThurstoneMostellerWithoutDamping()
    {
        Ballots ballots = Slates.Random(11, 8, 60, 6);
        Standings own = KSort.Fit(ballots);
        Standings general = WengLin.Fit(ballots, new WengLinOptions { Model = WengLinModel.ThurstoneMostellerFull, Gamma = WengLinGamma.One, Epsilon = 0, Tau = 0 });
        Assert.Equal(general.Competitors.Select(c => (c.Rating, c.StandardError)), own.Competitors.Select(c => (c.Rating, c.StandardError)));
    }

    [Fact]
    public void Update_SlateOfEight_MeetsTheFloorAndAveragingDoesNot()
    {
        // the counterexample to the paper's equation 10: Σ(σ²/c²)W of seven opponents passes 1
        const double Sigma = 25.0 / 3;
        int[] all = [0, 1, 2, 3, 4, 5, 6, 7];
        var literal = new OnlineRatings(8, new KSortOptions());
        var averaged = new OnlineRatings(8, new KSortOptions { Averaged = true });
        literal.Update(all, all);
        averaged.Update(all, all);
        Assert.Contains(all, i => Math.Abs(literal[i].Sigma - 0.01 * Sigma) < 1e-9);
        Assert.All(all, i => Assert.True(averaged[i].Sigma > 0.7 * Sigma));
    }

    [Fact]
    public void Update_Pair_IsTheSameAveragedOrNot()
    {
        (var literal, var averaged) = (new OnlineRatings(2, new KSortOptions()), new OnlineRatings(2, new KSortOptions { Averaged = true }));
        literal.Update([0, 1], [0, 1]);
        averaged.Update([0, 1], [0, 1]);
        Assert.Equal(literal[0], averaged[0]);
    }
}
