using System.Numerics;
using Arena.Ranking.Listwise;
using Xunit;

namespace Arena.Ranking.Tests.Listwise;

/// <summary>The integral against the sum over all orders, by dynamic programming over subsets.</summary>
public sealed class UnorderedTierTests
{
    [Theory]
    [InlineData(2, 1.0, 1.0)]
    [InlineData(2, 6.0, 0.01)]
    [InlineData(3, 3.0, 40.0)]
    [InlineData(6, 2.0, 1.0)]
    [InlineData(12, 4.0, 3.0)]
    [InlineData(16, 0.0, 200.0)]
    public void Evaluate_Tier_IsTheSumOverAllOrders(int size, double spread, double rest)
    {
        double[] weights = Weights(size, spread);
        double expected = Math.Log(OverSubsets(weights, rest));
        Assert.Equal(expected, new UnorderedTier(size).Evaluate(weights, rest, curvature: false), 11);
        Assert.Equal(expected, new UnorderedTier(size).Integrate(weights, rest, curvature: false), 10);
    }

    [Fact]
    public void Evaluate_ExtremeWeights_StaysExact()
    {
        double[] weights = [1e-9, 1e6, 1, 3];
        Assert.Equal(Math.Log(OverSubsets(weights, 2)), new UnorderedTier(4).Evaluate(weights, 2, curvature: false), 11);
        Assert.Equal(Math.Log(OverSubsets(weights, 2)), new UnorderedTier(4).Integrate(weights, 2, curvature: false), 9);
    }

    [Fact]
    public void Evaluate_ManyAlike_IsTheBetaFunction()
    {
        // with t weights of 1 and a rest of 1 any of the t + 1 is as likely to be last: ln 1/(t + 1)
        double[] weights = Weights(300, 0);
        Assert.Equal(-Math.Log(301), new UnorderedTier(300).Evaluate(weights, 1, curvature: false), 10);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(2, true)]
    [InlineData(6, true)]
    public void Evaluate_Derivatives_AreThoseOfTheSum(int size, bool integrate)
    {
        double[] theta = [.. Weights(size, 2).Select(w => Math.Log(w)), 0.4];
        double[] weights = [.. theta.Select(t => Math.Exp(t))];
        var tier = new UnorderedTier(size);
        _ = integrate ? tier.Integrate(weights.AsSpan(0, size), weights[size], true) : tier.Evaluate(weights.AsSpan(0, size), weights[size], true);
        const double Step = 1e-4;
        for (int i = 0; i <= size; i++)
        {
            Assert.Equal(Difference(theta, i, Step), i < size ? 1 - weights[i] * tier.Exposure[i] : -weights[i] * tier.Below, 7);
            for (int j = i + 1; j <= size; j++)
            {
                double mixed = weights[i] * weights[j] * (j < size ? tier.Pair[i * size + j] : tier.MemberBelow[i]);
                double expected = (Difference(Moved(theta, j, Step), i, Step) - Difference(Moved(theta, j, -Step), i, Step)) / (2 * Step);
                Assert.Equal(expected, mixed, 5);
            }
        }
    }

    private static double Difference(double[] theta, int i, double step) =>
        (LogSum(Moved(theta, i, step)) - LogSum(Moved(theta, i, -step))) / (2 * step);

    private static double[] Moved(double[] theta, int i, double by) => [.. theta.Select((t, k) => k == i ? t + by : t)];

    private static double LogSum(double[] theta) => Math.Log(OverSubsets([.. theta[..^1].Select(t => Math.Exp(t))], Math.Exp(theta[^1])));

    private static double[] Weights(int size, double spread) =>
        [.. Enumerable.Range(0, size).Select(i => Math.Exp(size == 1 ? 0 : spread * ((double)i / (size - 1) - 0.5)))];

    /// <summary>placed[S] is the probability that the first |S| places go to S.</summary>
    private static double OverSubsets(double[] weights, double rest)
    {
        int t = weights.Length;
        var placed = new double[1 << t];
        placed[0] = 1;
        for (uint set = 1; set < placed.Length; set++)
        {
            double outside = rest;
            for (int i = 0; i < t; i++)
            {
                outside += (set >> i & 1) == 0 ? weights[i] : 0;
            }

            for (uint left = set; left != 0; left &= left - 1)
            {
                int i = BitOperations.TrailingZeroCount(left);
                placed[set] += placed[set ^ (1u << i)] * weights[i] / (outside + weights[i]);
            }
        }

        return placed[^1];
    }
}
