using Arena.Ranking.Resampling;
using Arena.Ranking.Tests.Listwise;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Ranking.Tests.Properties;

/// <summary>The rows of Plackett–Luce in the table method × property, on generated ballots of every kind.</summary>
public sealed class ListwisePropertyTests
{
    // a prior, so that every generated set of ballots has a fit
    private static readonly PlackettLuceOptions Options = new() { Rounds = 50, PriorTies = 0.1, MaxDegreeOfParallelism = 1 };

    [Fact]
    public void Fit_CompetitorsPermuted_PermutesResults() => ForBallots((orders, seed) =>
    {
        int[] name = Boards.Permutation(Competitors, seed + 1);
        Standings plain = PlackettLuce.Fit(Build(orders), Options);
        Standings permuted = PlackettLuce.Fit(Build(orders, name), Options);
        foreach (Standing c in plain.Competitors)
        {
            Standing other = permuted.Competitors[name[c.Index]];
            Assert.Equal(c.Rating, other.Rating, 6);
            Assert.Equal(c.StandardError, other.StandardError, 6);
            Assert.Equal(c.Evidence, other.Evidence);
        }
    });

    [Fact]
    public void Fit_BallotsPermuted_ChangesNothing() => ForBallots((orders, seed) =>
    {
        Standings plain = PlackettLuce.Fit(Build(orders), Options);
        Standings permuted = PlackettLuce.Fit(Build(orders).Select(Boards.Permutation(orders.Length, seed + 1)), Options);
        AssertAlike(plain, permuted, 1);
    });

    [Fact]
    public void Fit_EveryBallotTwice_KeepsRatingsAndHalvesTheVariance() => ForBallots((orders, _) =>
    {
        Standings once = PlackettLuce.Fit(Build(orders), Options);
        Standings twice = PlackettLuce.Fit(Build([.. orders, .. orders]), Options with { PriorTies = 0.2 });
        foreach ((Standing a, Standing b) in once.Competitors.Zip(twice.Competitors))
        {
            Assert.Equal(a.Rating, b.Rating, 6);
            // up to what few ballots leave out
            Assert.InRange(2 * Math.Pow(b.StandardError / a.StandardError, 2), 1 - 2.0 / orders.Length, 1);
        }

        Assert.Equal(2 * once.Evidence.Observations, twice.Evidence.Observations);
    });

    [Fact]
    public void Fit_EveryWeightDoubled_ChangesNothing() => ForBallots((orders, _) =>
        AssertAlike(PlackettLuce.Fit(Build(orders), Options), PlackettLuce.Fit(Build(orders, weight: 2), Options with { PriorTies = 0.2 }), 1));

    [Fact]
    public void Fit_WonBallotAdded_RaisesTheWinner() => ForBallots((orders, seed) =>
    {
        int winner = (int)(seed % Competitors);
        Standings before = PlackettLuce.Fit(Build(orders), Options);
        int[] others = [.. Enumerable.Range(0, Competitors).Where(i => i != winner)];
        Standings after = PlackettLuce.Fit(Build([.. orders, [.. new[] { winner }, .. others]]), Options);
        Assert.True(after.Competitors[winner].Rating > before.Competitors[winner].Rating);
    });

    [Fact]
    public void Fit_NeighboursSwapped_RaisesTheOneMovedUpAgainstTheOther() => ForBallots((orders, seed) =>
    {
        int b = 5 * (int)(seed % (ulong)(orders.Length / 5)); // a full ranking
        int[] swapped = [.. orders[b]];
        (int up, int down) = (swapped[1], swapped[0]);
        (swapped[0], swapped[1]) = (up, down);
        double Apart(int[][] ballots) => PlackettLuce.Fit(Build(ballots), Options).Pairs[up, down].Difference;
        Assert.True(Apart([.. orders[..b], swapped, .. orders[(b + 1)..]]) > Apart(orders));
    });

    [Fact]
    public void Fit_PairsReversed_ReversesRatings() => ForBallots((orders, _) =>
    {
        int[][] pairs = [.. orders.Select(o => o[..2])];
        Standings plain = PlackettLuce.Fit(Build(pairs, full: true), Options);
        Standings reversed = PlackettLuce.Fit(Build([.. pairs.Select(p => (int[])[p[1], p[0]])], full: true), Options);
        Assert.All(plain.Competitors, c => Assert.Equal(c.Offset, -reversed.Competitors[c.Index].Offset, 6));
    });

    [Fact]
    public void Fit_SlatesOfThreeReversed_IsNotTheReverse()
    {
        // the counterexample: choosing the best first is not choosing the worst first
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [2, 0, 1], [0, 1, 2]];
        Standings plain = PlackettLuce.Fit(Build(orders, full: true, competitors: 3), Options);
        Standings reversed = PlackettLuce.Fit(Build([.. orders.Select(o => o.Reverse().ToArray())], full: true, competitors: 3), Options);
        Assert.True(plain.Competitors.Max(c => Math.Abs(c.Offset + reversed.Competitors[c.Index].Offset)) > 10);
    }

    [Fact]
    public void Fit_CloneAdded_MayReverseTheOthers()
    {
        // the counterexample: a clone of 0, tied with it wherever it stands, turns 2 above 1 into 1 above 2
        int[][] orders = [[2, 1, 0], [2, 1, 0], [2, 1, 0], [1, 0, 2], [1, 0, 2], [2, 0, 1]];
        var (plain, cloned) = (new BallotsBuilder(3), new BallotsBuilder(4));
        foreach (int[] order in orders)
        {
            plain.AddRanking(order);
            cloned.AddTiers([.. order.Select(i => i == 0 ? (int[])[0, 3] : [i])]);
        }

        double before = PlackettLuce.Fit(plain.ToBallots()).Pairs[2, 1].Difference;
        double after = PlackettLuce.Fit(cloned.ToBallots()).Pairs[2, 1].Difference;
        Assert.True(Math.Abs(before) > 10 && before * after < 0);
    }

    [Fact]
    public void Fit_AnyBallots_IsFiniteAndRanksHoldTheDisplayedPlace() => ForBallots((orders, _) =>
    {
        Standings standings = PlackettLuce.Fit(Build(orders), Options);
        for (int place = 1; place <= Competitors; place++)
        {
            Standing c = standings.Competitors[standings.Order[place - 1]];
            Assert.True(double.IsFinite(c.Low) && double.IsFinite(c.High) && c.Low <= c.Rating && c.Rating <= c.High);
            Assert.InRange(place, c.RankLow, c.RankHigh);
        }
    });

    private const int Competitors = 5;

    private static void AssertAlike(Standings expected, Standings actual, double narrower)
    {
        foreach ((Standing a, Standing b) in expected.Competitors.Zip(actual.Competitors))
        {
            Assert.Equal(a.Rating, b.Rating, 6);
            Assert.Equal(a.StandardError * narrower, b.StandardError, 6);
        }
    }

    /// <summary>By turns full, a choice, best and worst, tied at the top, tied at the end.</summary>
    private static Ballots Build(int[][] orders, int[]? name = null, double weight = 1, bool full = false, int competitors = Competitors)
    {
        var builder = new BallotsBuilder(competitors);
        var details = new BallotDetails(weight);
        for (int b = 0; b < orders.Length; b++)
        {
            int[] order = name is null ? orders[b] : [.. orders[b].Select(i => name[i])];
            switch (full ? 0 : b % 5)
            {
                case 1:
                    builder.AddTopOne(order[0], order.AsSpan(1), details);
                    break;
                case 2:
                    builder.AddBestWorst(order[0], order.AsSpan(1..^1), order[^1], details);
                    break;
                case 3:
                    builder.AddTiers([order[..2], order[2..3], order[3..]], details);
                    break;
                case 4:
                    builder.AddTiers([order[..2], order[2..]], details);
                    break;
                default:
                    builder.AddRanking(order, details);
                    break;
            }
        }

        return builder.ToBallots();
    }

    private static void ForBallots(Action<int[][], ulong> check) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(15).WithReplay(20250101, 1),
            Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<byte>(), (number, size) =>
            {
                ulong seed = (ulong)Math.Abs((long)number) + 1;
                var random = new Xoshiro256(seed, size);
                int[][] orders = [.. Enumerable.Range(0, 20 + 5 * (size % 5)).Select(_ => SimulatedBallots.Order(SimulatedBallots.Spread(Competitors, 1), Competitors, ref random))];
                check(orders, seed);
            }));
}
