using Arena.Ranking.Tests.Games;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Ranking.Tests.Properties;

/// <summary>The rows of the table method × property of docs/ranking/games.md that can be stated for payoffs.</summary>
public sealed class GamesPropertyTests
{
    private static readonly Dictionary<string, Func<PayoffTables, IReadOnlyList<double>>> Methods = new(StringComparer.Ordinal)
    {
        ["alpha-rank, finite"] = tables => AlphaRank.Fit(tables, new AlphaRankOptions { Alpha = 3, PopulationSize = 8 }).Mass,
        ["alpha-rank, strong"] = tables => AlphaRank.Fit(tables).Mass,
        ["alpha-rank, infinite"] = tables => AlphaRank.Fit(tables, new AlphaRankOptions { Alpha = double.PositiveInfinity }).Mass,
        ["alpha-rank, global selection"] = tables => AlphaRank.Fit(tables, new AlphaRankOptions { Alpha = 3, PopulationSize = 8, LocalSelection = false }).Mass,
        ["nash, zero-sum"] = tables => Nash.Fit(Antisymmetric(tables)).Strategies[0],
        ["nash, regularised"] = tables => Nash.Fit(Antisymmetric(tables), new NashOptions { Solver = NashSolver.Regularised, Temperature = 0.1 }).Strategies[0],
    };

    public static TheoryData<string> MethodNames => [.. Methods.Keys];

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_AnyGame_GivesADistribution(string method) => ForGames((tables, _) =>
    {
        IReadOnlyList<double> mass = Methods[method](tables);
        Assert.All(mass, share => Assert.InRange(share, 0, 1 + 1e-12));
        Assert.Equal(1, mass.Sum(), 10);
    });

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_StrategiesPermuted_PermutesResults(string method) => ForGames((tables, seed) =>
    {
        if (method == "nash, zero-sum" && Nash.Fit(Antisymmetric(tables)).IsUnique == false)
        {
            // which of several equilibria is found depends on the order
            return;
        }

        int[] order = Boards.Permutation(tables.Strategies[0], (ulong)seed + 1);
        IReadOnlyList<double> plain = Methods[method](tables), permuted = Methods[method](RandomGames.Permuted(tables, order));
        for (int k = 0; k < order.Length; k++)
        {
            Assert.Equal(plain[order[k]], permuted[k], 1e-8);
        }
    });

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_AConstantAddedToAllPayoffs_ChangesNothing(string method) => ForGames((tables, _) =>
    {
        // quarters add up without rounding
        PayoffTables moved = PayoffTables.Symmetric(tables.Strategies[0], [.. tables.Payoffs(0).ToArray().Select(p => p + 8)]);
        Assert.All(Methods[method](tables).Zip(Methods[method](moved)), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
    });

    [Fact]
    public void AlphaRank_OnePopulationABetterPayoff_NeverLowersTheStrategy() => ForGames((tables, seed) =>
    {
        int n = tables.Strategies[0], better = seed % n, against = (better + 1 + seed / n % (n - 1)) % n;
        double[] payoffs = tables.Payoffs(0).ToArray();
        payoffs[better * n + against] += 0.5;
        var options = new AlphaRankOptions { Alpha = 3, PopulationSize = 8 };
        AlphaRankResult before = AlphaRank.Fit(tables, options), after = AlphaRank.Fit(PayoffTables.Symmetric(n, payoffs), options);
        Assert.True(after.Mass[better] >= before.Mass[better] * (1 - 1e-12));
        Assert.True(Place(after) <= Place(before));

        int Place(AlphaRankResult result) => result.Mass.Count(mass => mass > result.Mass[better] * (1 + 1e-9));
    });

    [Fact]
    public void AlphaRank_SeveralPopulationsABetterPayoff_MayLowerTheStrategy()
    {
        // what strategy 2 of the first player gets against strategy 1 rises from 2 to 5, and its share of time falls to a quarter
        double[] second = [3, 1, 2, 0, 3, 3, 1, 1, 3];
        var options = new AlphaRankOptions { Alpha = 1, PopulationSize = 10 };
        double Share(double payoff) =>
            AlphaRank.Fit(PayoffTables.General([3, 3], [[2, 1, 1, 1, 3, 2, 1, payoff, 2], second]), options).Populations[0].Competitors[2].Rating;
        Assert.Equal(0.299, Share(2), 0.001);
        Assert.Equal(0.074, Share(5), 0.001);
    }

    [Fact]
    public void AlphaRank_PayoffsTimesTwoAndHalfTheIntensity_ChangesNothing() => ForGames((tables, _) =>
    {
        PayoffTables doubled = PayoffTables.Symmetric(tables.Strategies[0], [.. tables.Payoffs(0).ToArray().Select(p => 2 * p)]);
        IReadOnlyList<double> plain = AlphaRank.Fit(tables, new AlphaRankOptions { Alpha = 4 }).Mass, other = AlphaRank.Fit(doubled, new AlphaRankOptions { Alpha = 2 }).Mass;
        Assert.Equal(plain, other);
    });

    [Fact]
    public void AlphaRank_SeveralPopulations_PermutedShiftedAndRescaled_StaysTheSame() => ForGames((_, seed) =>
    {
        int[] order = Boards.Permutation(3, (ulong)seed + 1);
        PayoffTables tables = RandomGames.General([3, 2, 2], seed);
        // the first player's strategies in another order, all payoffs twice as large, those of each player moved
        double[][] payoffs = [.. Enumerable.Range(0, 3).Select(k => Enumerable.Range(0, 12).Select(i => 2 * tables.Payoffs(k)[order[i / 4] * 4 + i % 4] + 8 * k).ToArray())];
        IReadOnlyList<Standings> plain = AlphaRank.Fit(tables, new AlphaRankOptions { Alpha = 4, PopulationSize = 8 }).Populations;
        IReadOnlyList<Standings> changed = AlphaRank.Fit(PayoffTables.General([3, 2, 2], payoffs), new AlphaRankOptions { Alpha = 2, PopulationSize = 8 }).Populations;
        Assert.All(order, (from, to) => Assert.Equal(plain[0].Competitors[from].Rating, changed[0].Competitors[to].Rating, 1e-8));
        Assert.Equal(plain[1].Competitors[0].Rating, changed[1].Competitors[0].Rating, 1e-8);
    });

    [Fact]
    public void AlphaRank_NearNeutral_IsUniform() => ForGames((tables, _) =>
        Assert.All(AlphaRank.Fit(tables, new AlphaRankOptions { Alpha = 1e-9 }).Mass, share => Assert.Equal(1.0 / tables.Profiles, share, 1e-6)));

    [Fact]
    public void AlphaRank_AllTiesForAClone_TheClonesShare()
    {
        // 1 and 2 are one strategy twice: the other one loses mass, so independence of clones fails
        double alone = AlphaRank.Fit(PayoffTables.Symmetric(2, [0, 1, -1, 0]), new AlphaRankOptions { Alpha = 0.01 }).Mass[0];
        AlphaRankResult cloned = AlphaRank.Fit(PayoffTables.Symmetric(3, [0, 1, 1, -1, 0, 0, -1, 0, 0]), new AlphaRankOptions { Alpha = 0.01 });
        Assert.Equal(cloned.Mass[1], cloned.Mass[2], 12);
        Assert.True(cloned.Mass[0] < alone - 0.1);
    }

    [Fact]
    public void Nash_AllTiesForAClone_OthersKeepTheirShare()
    {
        // rock, paper, scissors and paper again: rock and scissors keep a third each
        IReadOnlyList<double> p = Nash.Fit(PayoffTables.Symmetric(4, [0, -1, 1, -1, 1, 0, -1, 0, -1, 1, 0, 1, 1, 0, -1, 0])).Strategies[0];
        Assert.Equal([1 / 3.0, 1 / 3.0], [Math.Round(p[0], 12), Math.Round(p[2], 12)], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    private static PayoffTables Antisymmetric(PayoffTables tables)
    {
        int n = tables.Strategies[0];
        double[] payoffs = new double[n * n];
        for (int i = 0; i < n * n; i++)
        {
            payoffs[i] = tables.Payoffs(0)[i] - tables.Payoffs(0)[i % n * n + i / n];
        }

        return PayoffTables.Symmetric(n, payoffs);
    }

    /// <summary>Symmetric games of 2 to 9 strategies with payoffs in quarters, so that ties occur.</summary>
    private static void ForGames(Action<PayoffTables, int> check) => Prop.ForAll(
        Gen.Choose(0, 1_000_000).ToArbitrary(),
        seed =>
        {
            PayoffTables any = RandomGames.Symmetric(2 + seed % 8, seed);
            check(PayoffTables.Symmetric(any.Strategies[0], [.. any.Payoffs(0).ToArray().Select(p => Math.Round(4 * p) / 4)]), seed);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
}
