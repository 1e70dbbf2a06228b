using Arena.Ranking.Resampling;
using Xunit;

namespace Arena.Ranking.Tests.Resampling;

public sealed class StandingsMakerTests
{
    private static readonly FitDiagnostics Diagnostics = new(3, StopReason.Converged, 0, []);

    [Fact]
    public void WithoutIntervals_ExcludesNothingAndIsNeverNaN()
    {
        Standings standings = Maker(3).WithoutIntervals([1, 3, 2], Diagnostics);

        Assert.Equal([1, 2, 0], standings.Order);
        Assert.All(standings.Competitors, c => Assert.Equal((1, 3, double.NegativeInfinity, double.PositiveInfinity), (c.RankLow, c.RankHigh, c.Low, c.High)));
        Assert.Equal((IntervalKind.None, 0), (standings.Intervals, standings.Pairs.Separated));
        Assert.False(double.IsNaN(standings.Pairs[0, 1].Low));
    }

    [Fact]
    public void FromCovariance_IndependentNormals_CriticalIsTukeys()
    {
        // the studentised range of four independent normals: q(0.95; 4, ∞) = 3.633, and max |t| of pairs is q/√2
        Standings standings = Maker(4, rounds: 40_000).FromCovariance([0, 0, 0, 9], Diagonal(4, 1), double.PositiveInfinity, IntervalKind.Sandwich, Diagnostics);

        Assert.Equal(3.633 / Math.Sqrt(2), standings.Diagnostics.CriticalValue, 0.03);
        Assert.Equal((1, 1, 4), (standings.Competitors[3].RankLow, standings.Competitors[3].RankHigh, standings.Competitors[0].RankHigh));
        Assert.Equal(1.96, standings.Competitors[0].High, 0.001);
        Assert.Equal(Math.Sqrt(2) * 1.96, standings.Pairs[0, 1].High, 0.001);
    }

    [Fact]
    public void FromCovariance_FewDegreesOfFreedom_Widens()
    {
        Standings known = Maker(3).FromCovariance([0, 1, 2], Diagonal(3, 1), double.PositiveInfinity, IntervalKind.Sandwich, Diagnostics);
        Standings few = Maker(3).FromCovariance([0, 1, 2], Diagonal(3, 1), 4, IntervalKind.Sandwich, Diagnostics);

        Assert.Equal(2.776, few.Competitors[0].High, 0.001); // t(0.975; 4)
        Assert.True(few.Diagnostics.CriticalValue > known.Diagnostics.CriticalValue + 0.5);
    }

    [Fact]
    public void FromCovariance_FreedomsOfTheirOwn_WidenTheirOwnIntervals()
    {
        Standings board = Maker(3).FromCovariance([0, 1, 2], Diagonal(3, 1), 50, IntervalKind.Sandwich, Diagnostics);
        Standings own = Maker(3).FromCovariance([0, 1, 2], Diagonal(3, 1), 50, IntervalKind.Sandwich, Diagnostics, [50, 4, 50]);

        Assert.Equal(2.776, own.Competitors[1].High - 1, 0.001); // t(0.975; 4)
        Assert.Equal(board.Competitors[0].High, own.Competitors[0].High, 1e-5);
        Assert.Equal(board.Pairs[0, 2].SimultaneousHigh, own.Pairs[0, 2].SimultaneousHigh, 1e-4);
        Assert.Equal(Math.Sqrt(2) * (2.776 + 2.009) / 2, own.Pairs[0, 1].High + 1, 0.001); // the mean of two t, their variances being equal
        Assert.True(own.Pairs[0, 1].SimultaneousHigh - board.Pairs[0, 1].SimultaneousHigh > own.Pairs[0, 1].High - board.Pairs[0, 1].High);
    }

    [Fact]
    public void FromCovariance_Anchored_GivesRatingsTheDifferencesIntervals()
    {
        // ratings less that of competitor 0
        Standings anchored = new StandingsMaker("test", new MeanScoreOptions(), new Evidence(5, 4), [.. Enumerable.Repeat(new Evidence(5, 4), 3)]) { Anchor = 0 }
            .FromCovariance([0, 1, 2], [0, 0, 0, 0, 2, 1, 0, 1, 5], 50, IntervalKind.Sandwich, Diagnostics, [50, 4, 10]);

        Assert.Equal(anchored.Pairs[1, 0].High, anchored.Competitors[1].High, 1e-9);
        Assert.Equal(anchored.Pairs[2, 0].Low, anchored.Competitors[2].Low, 1e-9);
    }

    [Fact]
    public void FromCovariance_AnyNumberOfThreads_GivesTheSame()
    {
        double[] covariance = [2, 0.5, 0, 0.5, 1, 0.2, 0, 0.2, 3];
        double[] criticals = [.. new[] { 1, 2, 5 }.Select(threads => Maker(3, threads: threads).FromCovariance([0, 1, 2], covariance, 20, IntervalKind.Sandwich, Diagnostics).Diagnostics.CriticalValue)];

        Assert.Equal(criticals[0], criticals[1]);
        Assert.Equal(criticals[0], criticals[2]);
    }

    [Fact]
    public void FromPosterior_CorrectsForAllPairs()
    {
        Standings standings = Maker(3).FromPosterior([0, 10, 10.1], [1, 1, 1], Diagnostics);

        // 1 − 0.95^(1/3) two-sided
        Assert.Equal(2.388, standings.Diagnostics.CriticalValue, 0.001);
        Assert.Equal((true, false), (standings.Pairs.IsBetter(1, 0), standings.Pairs.AreSeparated(1, 2)));
        Assert.Equal((1, 2), (standings.Competitors[1].RankLow, standings.Competitors[1].RankHigh));
    }

    [Fact]
    public void FromCovariance_WhatOnlyAPriorLinks_IsNeverSeparated()
    {
        // 0 and 1 met, 2 and 3 met, 4 met nobody; the covariance knows of no error between them
        double[] covariance = new double[25];
        covariance[0] = covariance[6] = covariance[12] = covariance[18] = 1;
        var maker = new StandingsMaker("x", new MeanScoreOptions { Rounds = 50 }, new Evidence(900, 900), [.. Enumerable.Repeat(new Evidence(450, 450), 5)])
        {
            PairEvidence = (a, b) => (a, b) is (0, 1) or (2, 3) ? (450, 450) : (0, 0),
            Imagined = true,
        };
        Standings standings = maker.FromCovariance([2000, 1000, 3000, 0, 1500], covariance, 100, IntervalKind.Sandwich, new FitDiagnostics(1, StopReason.Converged, 0, []));
        Assert.True(standings.Pairs.AreSeparated(0, 1));
        Assert.True(standings.Pairs.AreSeparated(2, 3));
        Assert.Equal(2, standings.Pairs.Separated);
        Assert.Equal([(1, 4), (2, 5), (1, 4), (2, 5), (1, 5)], standings.Competitors.Select(c => (c.RankLow, c.RankHigh)));
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (standings.Competitors[4].Low, standings.Competitors[4].High));
        Assert.Equal(double.PositiveInfinity, standings.Pairs[0, 2].StandardError);
    }

    [Fact]
    public void FromReplicates_ConstantPair_IsNotSeparated()
    {
        double[] replicates = [.. Enumerable.Range(0, 200).SelectMany(r => new double[] { 1, 2, 50 + r % 7 })];

        Standings standings = Maker(3).FromReplicates([1, 2, 53], replicates, IntervalKind.Bootstrap, Diagnostics);

        Assert.Equal((false, true), (standings.Pairs.AreSeparated(0, 1), standings.Pairs.IsBetter(2, 0)));
        Assert.Equal((50, 56), (standings.Competitors[2].Low, standings.Competitors[2].High));
    }

    [Fact]
    public void Order_RatingsThatDifferByRounding_StandByIndex()
    {
        Standings standings = Maker(3).WithoutIntervals([0.1 + 0.2, 0.3, 1], Diagnostics);

        Assert.Equal([2, 0, 1], standings.Order);
        Assert.Equal([2, 0, 1], Maker(3).WithoutIntervals([0.3, 0.1 + 0.2, 1], Diagnostics).Order);
    }

    private static StandingsMaker Maker(int n, int rounds = 2000, int threads = -1) =>
        new("test", new MeanScoreOptions { Rounds = rounds, MaxDegreeOfParallelism = threads }, new Evidence(5, 4), [.. Enumerable.Repeat(new Evidence(5, 4), n)]);

    private static double[] Diagonal(int n, double value)
    {
        var matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            matrix[i * n + i] = value;
        }

        return matrix;
    }
}
