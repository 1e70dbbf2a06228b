using System.Reflection;
using Arena.Ranking.Resampling;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using Xunit;

namespace Arena.Ranking.Tests.Resampling;

/// <summary>The generator against the published one, and its distributions against theirs, at fixed seeds.</summary>
public sealed class Xoshiro256Tests
{
    /// <summary>Tests of fit fail a right generator once in so many seeds; the seeds are fixed.</summary>
    private const double Level = 1e-4;

    [Fact]
    public void Next_PublishedState_GivesThePublishedNumbers()
    {
        // xoshiro256starstar.c (Blackman, Vigna) from the state 1, 2, 3, 4
        object boxed = default(Xoshiro256);
        for (int k = 0; k < 4; k++)
        {
            typeof(Xoshiro256).GetField($"_s{k}", BindingFlags.NonPublic | BindingFlags.Instance)!.SetValue(boxed, (ulong)(k + 1));
        }

        var random = (Xoshiro256)boxed;
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        Assert.Equal(expected, Enumerable.Range(0, 10).Select(_ => random.Next()).ToArray());
    }

    [Theory]
    // SplitMix64 of the seed, xor stream · 0xD1342543DE82EF95, then four of SplitMix64: worked out apart from this code
    [InlineData(0UL, 0UL, 18110106563157542208UL, 8650457082529208451UL, 3032169436225125478UL, 5211024849135804362UL)]
    [InlineData(42UL, 7UL, 7094150420702097787UL, 16892645422181031343UL, 15294728026699808052UL, 10990863996829079914UL)]
    public void Next_SeedAndStream_StartAtTheirState(ulong seed, ulong stream, params ulong[] expected)
    {
        var random = new Xoshiro256(seed, stream);
        Assert.Equal(expected, expected.Select(_ => random.Next()).ToArray());
    }

    [Fact]
    public void Next_NeighbouringSeedsAndStreams_ShareNoNumber()
    {
        var seen = new HashSet<ulong>();
        for (ulong k = 0; k < 50; k++)
        {
            foreach (Xoshiro256 start in new[] { new Xoshiro256(k, 1000), new Xoshiro256(1000, k) })
            {
                Xoshiro256 random = start;
                for (int draw = 0; draw < 50; draw++)
                {
                    Assert.True(seen.Add(random.Next()));
                }
            }
        }
    }

    [Fact]
    public void NextDouble_IsUniformBelowOne()
    {
        var random = new Xoshiro256(1, 0);
        double[] draws = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble())];
        Assert.All(draws, x => Assert.True(x is >= 0 and < 1));
        AssertDistributed(draws, x => x);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void NextBelow_IsUniform(int bound)
    {
        var random = new Xoshiro256(2, (ulong)bound);
        var counts = new double[bound];
        for (int k = 0; k < 100_000; k++)
        {
            counts[random.NextBelow(bound)]++;
        }

        AssertCounts(counts, [.. Enumerable.Repeat(100_000.0 / bound, bound)]);
    }

    [Fact]
    public void NextBelow_LargestBound_IsUnbiased()
    {
        // the remainder of 2³² by this bound is a third: a plain product would favour some numbers
        const int bound = (int)(0x1_0000_0000 / 3 * 1);
        var random = new Xoshiro256(3, 0);
        AssertDistributed([.. Enumerable.Range(0, 50_000).Select(_ => (random.NextBelow(bound) + 0.5) / bound)], x => x);
    }

    [Fact]
    public void NextNormal_HasNormalMomentsAndShape()
    {
        var random = new Xoshiro256(4, 0);
        double[] draws = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextNormal())];
        AssertDistributed(draws, x => Normal.CDF(0, 1, x));
        AssertMoments(draws, 0, 1);
        Assert.Equal(3, draws.Average(x => x * x * x * x), 0.15); // standard error √(96/n) = 0.03
    }

    [Fact]
    public void NextNormals_BothAreNormalAndIndependent()
    {
        var random = new Xoshiro256(5, 0);
        (double First, double Second)[] draws = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextNormals())];
        AssertDistributed([.. draws.Select(d => d.First)], x => Normal.CDF(0, 1, x));
        AssertDistributed([.. draws.Select(d => d.Second)], x => Normal.CDF(0, 1, x));
        AssertDistributed([.. draws.Select(d => (d.First + d.Second) / Math.Sqrt(2))], x => Normal.CDF(0, 1, x));
        AssertDistributed([.. draws.Select(d => (d.First * d.First + d.Second * d.Second) / 2)], x => 1 - Math.Exp(-x));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(1.7)]
    [InlineData(30)]
    public void NextGamma_HasItsMomentsAndShape(double shape)
    {
        var random = new Xoshiro256(6, (ulong)(100 * shape));
        double[] draws = [.. Enumerable.Range(0, 50_000).Select(_ => random.NextGamma(shape))];
        Assert.All(draws, x => Assert.True(x >= 0 && double.IsFinite(x)));
        // Math.NET takes arguments below 1e-15 as 0, where a small shape has a fifth of its mass
        AssertDistributed(draws, x => x < 1e-9 ? Math.Pow(x, shape) / SpecialFunctions.Gamma(shape + 1) : Gamma.CDF(shape, 1, x));
        AssertMoments(draws, shape, shape);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.9)]
    [InlineData(4.5)]
    [InlineData(9.99)]
    [InlineData(10)]
    [InlineData(11.3)]
    [InlineData(75)]
    [InlineData(1e4)]
    public void NextPoisson_HasItsMomentsAndShape(double mean)
    {
        var random = new Xoshiro256(7, (ulong)(100 * mean));
        double[] draws = [.. Enumerable.Range(0, 50_000).Select(_ => random.NextPoisson(mean))];
        Assert.All(draws, x => Assert.True(x >= 0 && x.Equals(Math.Floor(x))));
        AssertMoments(draws, mean, mean);

        // cells of about a fiftieth each
        var poisson = new Poisson(mean);
        var counts = new List<double>();
        var expected = new List<double>();
        double below = 0, from = 0;
        int last = (int)(mean + 8 * Math.Sqrt(mean) + 8);
        for (int k = 0; k <= last; k++)
        {
            double upTo = k == last ? 1 : poisson.CumulativeDistribution(k);
            if (upTo - below >= 0.02 || k == last)
            {
                double low = from;
                counts.Add(draws.Count(x => x >= low && (x <= k || k == last)));
                expected.Add((upTo - below) * draws.Length);
                (below, from) = (upTo, k + 1);
            }
        }

        if (expected[^1] < 5 && expected.Count > 1)
        {
            (counts[^2], expected[^2]) = (counts[^2] + counts[^1], expected[^2] + expected[^1]);
            counts.RemoveAt(counts.Count - 1);
            expected.RemoveAt(expected.Count - 1);
        }

        AssertCounts([.. counts], [.. expected]);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void NextPoisson_NoMean_IsNone(double mean)
    {
        var random = new Xoshiro256(8, 0);
        Assert.Equal(0, random.NextPoisson(mean));
    }

    [Fact]
    public void NextExponential_HasItsMomentsAndShape()
    {
        var random = new Xoshiro256(9, 0);
        double[] draws = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextExponential())];
        Assert.All(draws, x => Assert.True(x >= 0 && double.IsFinite(x)));
        AssertDistributed(draws, x => 1 - Math.Exp(-x));
        AssertMoments(draws, 1, 1);
    }

    [Fact]
    public void PermutationAndShuffle_EveryOrderIsAsLikely()
    {
        var random = new Xoshiro256(10, 0);
        var permuted = new double[24];
        var shuffled = new double[24];
        for (int k = 0; k < 48_000; k++)
        {
            permuted[Number(random.Permutation(4))]++;
            int[] items = [0, 1, 2, 3];
            random.Shuffle(items);
            shuffled[Number(items)]++;
        }

        AssertCounts(permuted, [.. Enumerable.Repeat(2000.0, 24)]);
        AssertCounts(shuffled, [.. Enumerable.Repeat(2000.0, 24)]);
        Assert.Empty(random.Permutation(0));
        Assert.Equal([0], random.Permutation(1));

        // the place of an order in the list of all
        static int Number(int[] order) => Enumerable.Range(0, 4).Sum(i => order.Skip(i + 1).Count(x => x < order[i]) * (int)SpecialFunctions.Factorial(3 - i));
    }

    [Fact]
    public void Resample_DrawsAsManyAsThereAre()
    {
        // each count is binomial: 30 draws with chance 1/30
        var random = new Xoshiro256(11, 0);
        var counts = new double[6];
        var totals = new double[30];
        for (int round = 0; round < 4000; round++)
        {
            var times = new int[30];
            times[3] = 99; // what stood there before is gone
            random.Resample(times);
            Assert.Equal(30, times.Sum());
            counts[Math.Min(5, times[round % 30])]++;
            for (int k = 0; k < 30; k++)
            {
                totals[k] += times[k];
            }
        }

        AssertCounts(totals, [.. Enumerable.Repeat(4000.0, 30)]);

        double[] expected = [.. Enumerable.Range(0, 5).Select(k => 4000 * Binomial.PMF(1 / 30.0, 30, k))];
        AssertCounts([.. counts[..4], counts[4] + counts[5]], [.. expected[..4], 4000 - expected[..4].Sum()]);
    }

    /// <summary>Mean and variance within four and a half of their standard errors.</summary>
    private static void AssertMoments(double[] draws, double mean, double variance)
    {
        double own = draws.Average(), n = draws.Length;
        double spread = draws.Sum(x => (x - own) * (x - own)) / (n - 1), fourth = draws.Average(x => Math.Pow(x - own, 4));
        Assert.Equal(mean, own, 4.5 * Math.Sqrt(variance / n));
        Assert.Equal(variance, spread, 4.5 * Math.Sqrt((fourth - spread * spread) / n));
    }

    /// <summary>Kolmogorov and Smirnov's test, by their asymptotic bound 2 exp(−2 n D²).</summary>
    private static void AssertDistributed(double[] draws, Func<double, double> cumulative)
    {
        Array.Sort(draws);
        double most = 0, n = draws.Length;
        for (int k = 0; k < draws.Length; k++)
        {
            double f = cumulative(draws[k]);
            most = Math.Max(most, Math.Max((k + 1) / n - f, f - k / n));
        }

        Assert.True(2 * Math.Exp(-2 * n * most * most) > Level, $"The largest gap between the distributions is {most}.");
    }

    /// <summary>Pearson's test.</summary>
    private static void AssertCounts(double[] counts, double[] expected)
    {
        double statistic = counts.Zip(expected, (c, e) => (c - e) * (c - e) / e).Sum();
        double p = counts.Length == 1 ? 1 : 1 - ChiSquared.CDF(counts.Length - 1, statistic);
        Assert.True(p > Level, $"χ² is {statistic} with {counts.Length - 1} degrees of freedom.");
    }
}
