using Arena.Ranking.Numerics;
using Arena.Ranking.Resampling;
using Xunit;

namespace Arena.Ranking.Tests.Numerics;

public sealed class StationaryDistributionTests
{
    [Fact]
    public void Solve_TwoStatesFarBeyondDoubles_KeepsTheirRatio()
    {
        var chain = new StationaryDistribution(2);
        chain.SetRate(0, 1, ScaledDouble.Exp(-100_000));
        chain.SetRate(1, 0, ScaledDouble.Exp(-100_001));

        double[] pi = chain.Solve(1);

        Assert.Equal(1 / (1 + Math.E), pi[0], 1e-10);
        Assert.Equal(1, pi.Sum(), 15);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(70)]
    public void Solve_RatesOfAllSizes_BalancesEveryState(int states)
    {
        double[] rates = Rates(states, 1, out StationaryDistribution chain);

        double[] pi = chain.Solve(-1);

        Assert.Equal(1, pi.Sum(), 12);
        for (int j = 0; j < states; j++)
        {
            (double into, double outOf) = (0, 0);
            for (int i = 0; i < states; i++)
            {
                into += pi[i] * rates[i * states + j];
                outOf += pi[j] * rates[j * states + i];
            }

            Assert.Equal(1, into / outOf, 1e-11);
        }
    }

    [Fact]
    public void Solve_OtherNumberOfThreads_GivesTheSameBits()
    {
        Rates(200, 2, out StationaryDistribution one);
        Rates(200, 2, out StationaryDistribution many);
        Assert.Equal(one.Solve(1), many.Solve(3));
    }

    [Fact]
    public void Solve_StateWithoutAWayOut_Throws()
    {
        var chain = new StationaryDistribution(2);
        chain.SetRate(0, 1, ScaledDouble.One);
        Assert.Throws<InvalidOperationException>(() => chain.Solve(1));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-745.5)]
    [InlineData(700.25)]
    [InlineData(-3e7)]
    public void Exp_AnySize_HasTheLogarithm(double x) => Assert.Equal(x, ScaledDouble.Exp(x).Log, 1e-12 * Math.Max(1, Math.Abs(x)));

    [Fact]
    public void Arithmetic_OfPlainNumbers_IsTheirs()
    {
        ScaledDouble a = ScaledDouble.Of(0.75), b = ScaledDouble.Of(3e-5);
        Assert.Equal(0.75 * 3e-5, (a * b).ToDouble());
        Assert.Equal(0.75 / 3e-5, (a / b).ToDouble());
        Assert.Equal(0.75 + 3e-5, (a + b).ToDouble());
        Assert.Equal(0.75, (a + ScaledDouble.Zero).ToDouble());
        Assert.Equal(0, (ScaledDouble.Zero * a).ToDouble());
        Assert.Equal(1, (a + ScaledDouble.Exp(-1e6)).ToDouble() / 0.75);
    }

    private static double[] Rates(int states, ulong seed, out StationaryDistribution chain)
    {
        var random = new Xoshiro256(seed, 0);
        chain = new StationaryDistribution(states);
        double[] rates = new double[states * states];
        for (int i = 0; i < states; i++)
        {
            for (int j = 0; j < states; j++)
            {
                if (i != j)
                {
                    rates[i * states + j] = Math.Exp(-40 * random.NextDouble());
                    chain.SetRate(i, j, ScaledDouble.Of(rates[i * states + j]));
                }
            }
        }

        return rates;
    }
}
