using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class ParetoTests
{
    private static readonly double[][] Points = [[3, 1], [2, 2], [1, 3], [1, 1], [2, 2], [0, 0]];

    [Fact]
    public void Front_Points_AreThoseNobodyDominates()
    {
        Assert.Equal([0, 1, 2, 4], Pareto.Front(Points));
        Assert.Equal([[0, 1, 2, 4], [3], [5]], Pareto.Layers(Points));
        Assert.Empty(Pareto.Front([]));
    }

    [Fact]
    public void Order_Direction_IsByTheWeightedSumWhateverItsLength()
    {
        Assert.Equal([0, 1, 4, 2, 3, 5], Pareto.Order(Points, [2, 1]));
        Assert.Equal(Pareto.Order(Points, [2, 1]), Pareto.Order(Points, [2e-3, 1e-3]));
        Assert.Equal([2, 1, 4, 0, 3, 5], Pareto.Order(Points, [0, 1]));
        Assert.Contains(Pareto.Order(Points, [1, 5])[0], Pareto.Front(Points));
    }

    [Fact]
    public void Layers_RandomPoints_AreFrontsOfWhatIsLeft()
    {
        var random = new Boards.Sequence(8);
        double[][] points = [.. Enumerable.Range(0, 120).Select(_ => (double[])[random.Below(6), random.Below(6), random.Below(6)])];
        int[] left = [.. Enumerable.Range(0, points.Length)];
        foreach (IReadOnlyList<int> layer in Pareto.Layers(points))
        {
            Assert.Equal(left.Where(i => !Array.Exists(left, j => Dominates(points[j], points[i]))), layer);
            left = [.. left.Except(layer)];
        }

        Assert.Empty(left);

        static bool Dominates(double[] a, double[] b) => a.Zip(b).All(pair => pair.First >= pair.Second) && !a.SequenceEqual(b);
    }

    [Fact]
    public void Order_WeightsWhoseSquaresLeaveDoublePrecision_AreWeightsAllTheSame()
    {
        Assert.Equal(Pareto.Order(Points, [2, 1]), Pareto.Order(Points, [2e-200, 1e-200]));
        Assert.Equal(Pareto.Order(Points, [2, 1]), Pareto.Order(Points, [2e200, 1e200]));
    }

    [Fact]
    public void InverseProbability_AnchoredFit_IsNotInfinitelyFarOff()
    {
        Ballots votes = SimulatedVotes.Pairs(2, SimulatedVotes.Strengths, 400);
        double[] probabilities = [.. Enumerable.Range(0, 400).Select(v => v % 2 == 0 ? 0.5 : 0.25)];
        InverseProbabilityCheck check = InverseProbability.Check(votes, probabilities, b => BradleyTerry.Fit(b, new BradleyTerryOptions { Anchor = 0, Rounds = 50 }));
        Assert.InRange(check.LargestShiftInErrors, 0.01, 3);
    }

    [Fact]
    public void Order_BadInput_Throws()
    {
        Assert.Throws<ArgumentException>(() => Pareto.Order(Points, [0, 0]));
        Assert.Throws<ArgumentException>(() => Pareto.Order(Points, [1, -1]));
        Assert.Throws<ArgumentException>(() => Pareto.Order(Points, [1]));
        Assert.Throws<ArgumentException>(() => Pareto.Front([[1], [1, 2]]));
        Assert.Throws<ArgumentException>(() => Pareto.Front([[double.NaN]]));
    }

    [Fact]
    public void InverseProbability_EqualProbabilities_ChangeNothing()
    {
        Ballots votes = SimulatedVotes.Pairs(2, SimulatedVotes.Strengths, 400);
        InverseProbabilityCheck check = InverseProbability.Check(votes, [.. Enumerable.Repeat(0.2, 400)], Fit);
        Assert.Equal(400, check.EffectiveSampleSize, 6);
        Assert.Equal(1, check.LargestWeight, 9);
        Assert.Equal(0, check.LargestShift, 6);
    }

    [Fact]
    public void InverseProbability_WrongModelDrawnUnevenly_ShowsAGap()
    {
        // 0 beats 1 beats 2 beats 0: no strengths explain it, so they depend on which pairs are drawn most
        var random = new Boards.Sequence(3);
        var builder = new BallotsBuilder(3);
        var probabilities = new double[3000];
        for (int v = 0; v < 3000; v++)
        {
            bool often = random.Share() < 0.8;
            (int a, int b) = often ? (0, 1) : random.Below(2) == 0 ? (1, 2) : (2, 0);
            probabilities[v] = often ? 0.8 : 0.1;
            builder.AddPair(a, b, random.Share() < 0.75 ? PairOutcome.FirstWins : PairOutcome.SecondWins);
        }

        InverseProbabilityCheck check = InverseProbability.Check(builder.ToBallots(), probabilities, Fit);
        Assert.All(check.Weighted.Competitors, c => Assert.InRange(c.Rating, 970, 1030));
        Assert.True(check.LargestShift > 50 && check.LargestShiftInErrors > 3);
        Assert.InRange(check.EffectiveSampleSize, 1, 3000 / 1.5);
        InverseProbabilityCheck capped = InverseProbability.Check(builder.ToBallots(), probabilities, Fit, mostWeight: 2);
        Assert.True(capped.EffectiveSampleSize > check.EffectiveSampleSize && capped.LargestShift < check.LargestShift);
    }

    [Fact]
    public void InverseProbability_BadInput_Throws()
    {
        Ballots votes = SimulatedVotes.Two(1, 1, 0);
        Assert.Throws<ArgumentException>(() => InverseProbability.Weigh(votes, [0.5]));
        Assert.Throws<ArgumentException>(() => InverseProbability.Weigh(votes, [0.5, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => InverseProbability.Weigh(votes, [0.5, 0.5], 0.5));
        Assert.Equal(0, InverseProbability.EffectiveSampleSize([]));
        Assert.Equal(1.8, InverseProbability.EffectiveSampleSize([1, 2]), 9);
    }

    private static Standings Fit(Ballots votes) =>
        ContextualBradleyTerry.Fit(votes, Covariates.None(votes.Count), new ContextualBradleyTerryOptions { Ridge = 0, Rounds = 50 });
}
