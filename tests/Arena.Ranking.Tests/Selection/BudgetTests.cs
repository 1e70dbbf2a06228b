using Arena.Ranking.Selection;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Ranking.Tests.Selection;

public sealed class BudgetTests
{
    [Fact]
    public void Coreset_SkewedDifficulty_PrunesTheHardestAndEvensOutStrata()
    {
        // 800 easy, 150 middling, 50 hard, and 100 hardest that look mislabelled
        double[] difficulty =
        [
            .. Enumerable.Range(0, 800).Select(k => 0.1 + k * 1e-5),
            .. Enumerable.Range(0, 150).Select(k => 0.5 + k * 1e-5),
            .. Enumerable.Range(0, 50).Select(k => 0.8 + k * 1e-5),
            .. Enumerable.Range(0, 100).Select(k => 0.99 + k * 1e-5),
        ];
        int[] chosen = CoverageCoreset.Select(difficulty, 150, new CoverageCoresetOptions { PruneHardest = 100 / 1100.0 + 1e-9, Strata = 10 });
        Assert.Equal(150, chosen.Distinct().Count());
        Assert.DoesNotContain(chosen, k => k >= 1000);
        Assert.Equal((50, 50, 50), (chosen.Count(k => k < 800), chosen.Count(k => k is >= 800 and < 950), chosen.Count(k => k >= 950)));
    }

    [Fact]
    public void Coreset_WholeBudget_TakesAllThatIsLeftWhateverTheSeed()
    {
        double[] difficulty = [3, 1, 2, 5, 4, 9, 7, 8, 6, 0];
        int[] chosen = CoverageCoreset.Select(difficulty, 8, new CoverageCoresetOptions { PruneHardest = 0.2, Strata = 3, Seed = 7 });
        Assert.Equal([0, 1, 2, 3, 4, 6, 8, 9], chosen);
        Assert.Empty(CoverageCoreset.Select([], 0));
        Assert.Equal(4, CoverageCoreset.Select([2, 2, 2, 2, 2], 4, new CoverageCoresetOptions { PruneHardest = 0 }).Length);
    }

    [Fact]
    public void Coreset_Seeds_RepeatAndDiffer()
    {
        double[] difficulty = [.. Enumerable.Range(0, 300).Select(k => k * 37 % 300 / 300.0)];
        int[] first = CoverageCoreset.Select(difficulty, 60);
        Assert.Equal(first, CoverageCoreset.Select(difficulty, 60));
        Assert.NotEqual(first, CoverageCoreset.Select(difficulty, 60, new CoverageCoresetOptions { Seed = 1 }));
    }

    [Fact]
    public void Coreset_UnfitInput_SaysSo()
    {
        Assert.Throws<ArgumentException>(() => CoverageCoreset.Select([1, double.NaN], 1));
        Assert.Throws<ArgumentException>(() => CoverageCoreset.Select(new double[10], 10));
        Assert.Throws<ArgumentException>(() => CoverageCoreset.Select(new double[10], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CoverageCoresetOptions { PruneHardest = 1 });
    }

    [Fact]
    public void Transport_TwoClusters_ChoosesThemAsOftenAsTheTarget()
    {
        var random = new Boards.Sequence(3);
        double[] pool = Rows(random, 200, k => k < 100 ? 0 : 6);
        double[] target = Rows(random, 50, k => k < 10 ? 0 : 6);
        TransportChoice choice = TransportSelection.Select(pool, target, 2, 20);
        Assert.Equal(20, choice.Samples.Distinct().Count());
        Assert.InRange(choice.Samples.Count(k => k < 100), 3, 5);
    }

    [Fact]
    public void Transport_Choice_IsNearerToTheTargetThanRandomOnes()
    {
        var random = new Boards.Sequence(5);
        double[] pool = Rows(random, 120, _ => 0);
        double[] target = Rows(random, 60, _ => 1);
        TransportChoice choice = TransportSelection.Select(pool, target, 2, 15);
        Assert.True(choice.Divergence > 0);
        double[] others = [.. Enumerable.Range(0, 20).Select(s => Compare(Boards.Permutation(120, (ulong)s + 1)[..15]))];
        Assert.True(Compare([.. choice.Samples]) < others.Min());

        // whitening depends on both sets, so the comparison is made on fixed units: energy distance
        double Compare(int[] samples)
        {
            double[] chosen = Take(pool, samples);
            return 2 * Mean(chosen, target) - Mean(chosen, chosen) - Mean(target, target);
        }
    }

    [Fact]
    public void Transport_UnitsAndCorrelation_DoNotMatter()
    {
        var random = new Boards.Sequence(8);
        double[] pool = Rows(random, 60, k => k % 3);
        double[] target = Rows(random, 30, k => k % 2);
        double[] Turned(double[] rows) => [.. Enumerable.Range(0, rows.Length / 2).SelectMany(k => (double[])[1000 * rows[2 * k] + 500 * rows[2 * k + 1], 3 - 0.01 * rows[2 * k + 1], 7])];
        TransportChoice plain = TransportSelection.Select(pool, target, 2, 10);
        TransportChoice turned = TransportSelection.Select(Turned(pool), Turned(target), 3, 10);
        Assert.Equal(plain.Samples, turned.Samples);
        Assert.Equal(plain.Divergence, turned.Divergence, 6);
    }

    [Fact]
    public void Transport_SameSet_HasDivergenceZero()
    {
        double[] rows = Rows(new Boards.Sequence(2), 40, _ => 0);
        Assert.Equal(0, TransportSelection.Divergence(rows, rows, 2), 5);
        Assert.Equal(0, TransportSelection.Divergence([1, 1], [1, 1, 1, 1], 2), 9);
        Assert.True(TransportSelection.Divergence(rows, Rows(new Boards.Sequence(3), 40, _ => 2), 2) > 0.2);
    }

    [Fact]
    public void Transport_UnfitInput_SaysSo()
    {
        Assert.Throws<ArgumentException>(() => TransportSelection.Select([1, 2, 3], [1, 2], 2, 1));
        Assert.Throws<ArgumentException>(() => TransportSelection.Select([1, double.NaN], [1, 2], 2, 1));
        Assert.Throws<ArgumentException>(() => TransportSelection.Select([1, 2], [1, 2], 2, 2));
        Assert.Throws<ArgumentException>(() => TransportSelection.Select([1, 2], [], 2, 1));
    }

    [Fact]
    public void Knapsack_AnyItems_ExactIsTheBestAndTheOthersBoundIt() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20250101, 1),
        Prop.ForAll(ArbMap.Default.ArbFor<ushort>(), seed =>
        {
            var random = new Boards.Sequence(seed + 1UL);
            int n = 1 + random.Below(10);
            double[] values = [.. Enumerable.Range(0, n).Select(_ => (double)random.Below(50))];
            int[] costs = [.. Enumerable.Range(0, n).Select(_ => random.Below(12))];
            int budget = random.Below(40);
            double best = Enumerable.Range(0, 1 << n).Where(s => Sum(s, k => costs[k]) <= budget).Max(s => Sum(s, k => values[k]));
            double Sum(int set, Func<int, double> of) => Enumerable.Range(0, n).Where(k => (set >> k & 1) != 0).Sum(of);

            KnapsackChoice exact = Knapsack.Exact(values, costs, budget);
            Assert.Equal(best, exact.Value, 9);
            Assert.Equal(exact.Value, exact.Chosen.Sum(k => values[k]), 9);
            Assert.Equal(exact.Cost, exact.Chosen.Sum(k => (double)costs[k]), 9);
            Assert.True(exact.Cost <= budget);

            double[] plain = [.. costs.Select(c => (double)c)];
            KnapsackChoice greedy = Knapsack.Greedy(values, plain, budget);
            Assert.InRange(greedy.Value, best / 2 - 1e-9, best + 1e-9);
            Assert.True(greedy.UpperBound >= best - 1e-9 && greedy.Cost <= budget);
            Assert.True(!greedy.IsOptimal || Math.Abs(greedy.Value - best) < 1e-9);

            KnapsackChoice parts = Knapsack.Fractional(values, plain, budget);
            Assert.Equal(greedy.UpperBound, parts.Value, 9);
            Assert.Equal(parts.Value, parts.Chosen.Sum(k => values[k]) + (parts.Cut < 0 ? 0 : parts.CutShare * values[parts.Cut]), 9);
            Assert.InRange(parts.Cost, 0, budget + 1e-9);
        }));

    [Fact]
    public void Knapsack_GreedyTrap_TakesTheOneBestItem()
    {
        KnapsackChoice choice = Knapsack.Greedy([2, 90], [1, 100], 100);
        Assert.Equal([1], choice.Chosen);
        Assert.Equal(2 + 90 * 0.99, choice.UpperBound, 9);
        Assert.False(choice.IsOptimal);
    }

    [Fact]
    public void Knapsack_BudgetBeyondAllCosts_NeedsNoTableForIt()
    {
        KnapsackChoice choice = Knapsack.Exact([1, 0, 2], [3, 4, 5], int.MaxValue);
        Assert.Equal([0, 2], choice.Chosen);
        Assert.Equal(8, choice.Cost);
        Assert.Throws<ArgumentException>(() => Knapsack.Exact([1, 2], [int.MaxValue / 2, int.MaxValue / 2], int.MaxValue));
    }

    [Fact]
    public void Knapsack_UnfitInput_SaysSo()
    {
        Assert.Throws<ArgumentException>(() => Knapsack.Exact([1, 2], [1], 1));
        Assert.Throws<ArgumentException>(() => Knapsack.Exact([-1], [1], 1));
        Assert.Throws<ArgumentException>(() => Knapsack.Exact([1], [-1], 1));
        Assert.Throws<ArgumentException>(() => Knapsack.Exact(new double[1000], [.. Enumerable.Repeat(1 << 22, 1000)], int.MaxValue));
        Assert.Throws<ArgumentException>(() => Knapsack.Greedy([double.NaN], [1], 1));
        Assert.Throws<ArgumentException>(() => Knapsack.Fractional([1], [1], double.PositiveInfinity));
        Assert.Empty(Knapsack.Exact([], [], 5).Chosen);
    }

    [Fact]
    public void MaxMin_SmallGroupsUsedUp_SharesTheRestEvenly()
    {
        AllocationGroup[] groups = [new(5), new(100), new(100), new(40)];
        Assert.Equal([5, 32, 32, 31], EquitableAllocation.MaxMin(100, groups));
        // variances 1 and 4: equal standard errors
        Assert.Equal([20, 80], EquitableAllocation.MaxMin(100, [new(500, 0, 1), new(500, 0, 4)]));
        Assert.Equal([60, 40], EquitableAllocation.MaxMin(100, [new(500, 60), new(500)]));
    }

    [Fact]
    public void Proportional_LowerBound_IsKeptAndTheRestInProportion()
    {
        Assert.Equal([6, 3, 1], EquitableAllocation.Proportional(10, [new(670), new(260), new(70)])); // by divisors 1, 2, 3 … it would be 7, 3, 0
        Assert.Equal([60, 30, 10], EquitableAllocation.Proportional(100, [new(6000), new(3000), new(1000)]));
        int[] bounded = EquitableAllocation.Proportional(100, [new(9900), new(100, 10)]);
        Assert.Equal([90, 10], bounded);
        Assert.Equal([0, 0], EquitableAllocation.Proportional(0, [new(0), new(3)]));
    }

    [Fact]
    public void Allocation_AnyGroups_KeepsBoundsAndNoUnitCanBeMovedToTheWorseOff() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20250101, 1),
        Prop.ForAll(ArbMap.Default.ArbFor<ushort>(), seed =>
        {
            var random = new Boards.Sequence(seed + 1UL);
            AllocationGroup[] groups =
            [
                .. Enumerable.Range(0, 1 + random.Below(6)).Select(_ =>
                {
                    int size = random.Below(30);
                    return new AllocationGroup(size, random.Below(size + 1) / 2, 0.5 + random.Share());
                }),
            ];
            int least = groups.Sum(g => g.LeastShare), most = groups.Sum(g => g.Size);
            int budget = least + random.Below(most - least + 1);
            foreach (Func<int, IReadOnlyList<AllocationGroup>, int[]> method in (Func<int, IReadOnlyList<AllocationGroup>, int[]>[])[EquitableAllocation.MaxMin, EquitableAllocation.Proportional])
            {
                int[] units = method(budget, groups);
                Assert.Equal(budget, units.Sum());
                Assert.All(groups.Zip(units), g => Assert.InRange(g.Second, g.First.LeastShare, g.First.Size));
                if (budget < most)
                {
                    Assert.All(units.Zip(method(budget + 1, groups)), u => Assert.True(u.Second >= u.First));
                }
            }

            int[] fair = EquitableAllocation.MaxMin(budget, groups);
            for (int poor = 0; poor < groups.Length; poor++)
            {
                for (int rich = 0; rich < groups.Length; rich++)
                {
                    bool canMove = poor != rich && fair[poor] < groups[poor].Size && fair[rich] > groups[rich].LeastShare;
                    Assert.False(canMove && (fair[rich] - 1) / groups[rich].Weight > fair[poor] / groups[poor].Weight + 1e-12);
                }
            }
        }));

    [Fact]
    public void Allocation_UnfitInput_SaysSo()
    {
        Assert.Throws<ArgumentException>(() => EquitableAllocation.MaxMin(5, [new(3)]));
        Assert.Throws<ArgumentException>(() => EquitableAllocation.MaxMin(1, [new(3, 2)]));
        Assert.Throws<ArgumentException>(() => EquitableAllocation.MaxMin(1, [new(3, 4)]));
        Assert.Throws<ArgumentException>(() => EquitableAllocation.Proportional(1, [new(3, 0, double.NaN)]));
    }

    private static double[] Rows(Boards.Sequence random, int count, Func<int, double> centre) =>
        [.. Enumerable.Range(0, count).SelectMany(k => (double[])[centre(k) + Noise(random), Noise(random)])];

    private static double Noise(Boards.Sequence random) => random.Share() + random.Share() + random.Share() - 1.5;

    private static double[] Take(double[] rows, IReadOnlyList<int> samples) =>
        [.. samples.SelectMany(k => (double[])[rows[2 * k], rows[2 * k + 1]])];

    private static double Mean(double[] x, double[] y)
    {
        double sum = 0;
        for (int a = 0; a < x.Length; a += 2)
        {
            for (int b = 0; b < y.Length; b += 2)
            {
                sum += double.Hypot(x[a] - y[b], x[a + 1] - y[b + 1]);
            }
        }

        return sum / (x.Length / 2.0) / (y.Length / 2.0);
    }
}
