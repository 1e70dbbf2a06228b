using Arena.Ranking.Games;
using Xunit;

namespace Arena.Ranking.Tests.Games;

public sealed class FixationTests
{
    [Theory]
    [InlineData(0.3, 10)]
    [InlineData(-0.3, 10)]
    [InlineData(1e-9, 50)]
    [InlineData(-1e-9, 50)]
    [InlineData(0, 7)]
    [InlineData(5, 2)]
    public void Probability_PlainSizes_IsTheSumOfTheGeometricSeries(double u, int m)
    {
        // 1/ρ = Σ over l < m of e^−lu
        double sum = Enumerable.Range(0, m).Sum(l => Math.Exp(-l * u));
        Assert.Equal(1, Fixation.Probability(u, m).ToDouble() * sum, 1e-13);
    }

    [Fact]
    public void Probability_StrongSelection_HasTheLogarithmOfTheLimit()
    {
        Assert.Equal(-49_000, Fixation.Probability(-1000, 50).Log, 1e-8);
        Assert.Equal(1, Fixation.Probability(1000, 50).ToDouble());
    }

    [Fact]
    public void GlobalProbability_ConstantSum_IsTheClosedForm()
    {
        // M[rs] + M[sr] = 1, both get 1/2 against their like
        foreach (double rs in (double[])[0.2, 0.5, 0.9])
        {
            double global = Fixation.GlobalProbability(0.5, rs, 1 - rs, 0.5, 3, 20).ToDouble();
            Assert.Equal(1, global / Fixation.Probability(3.0 * 20 / 19 * (rs - 0.5), 20).ToDouble(), 1e-12);
        }
    }

    [Fact]
    public void GlobalProbability_StrongSelection_StaysInRange()
    {
        double log = Fixation.GlobalProbability(0, 0, 1, 1, 1000, 50).Log;
        Assert.Equal(-49_000, log, 1e-6);
    }
}
