using Arena.Ranking.Pairwise;
using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests.Pairwise;

/// <summary>Derivatives against differences of the likelihood itself.</summary>
public sealed class VoteLikelihoodTests
{
    [Theory]
    [InlineData("rao-kupper")]
    [InlineData("davidson")]
    [InlineData("logit")]
    public void Evaluate_Derivatives_AgreeWithDifferences(string which)
    {
        Ballots votes = SimulatedVotes.Pairs(3, SimulatedVotes.Strengths, 60, ties: 0.3);
        PairTerms terms = PairTerms.OneByOne(votes);
        IVoteLikelihood model = which switch
        {
            "logit" => new LogitLikelihood(terms, [.. Enumerable.Range(0, 120).Select(k => Math.Sin(k))], 2),
            _ => new TieLikelihood(terms, which is "davidson", null),
        };
        double[] x = [.. Enumerable.Range(0, model.Parameters).Select(k => 0.3 + 0.2 * Math.Cos(3 * k))];
        (_, double[] gradient, double[] curvature) = LikelihoodSums.All(model, x);
        const double H = 1e-5;
        for (int p = 0; p < x.Length; p++)
        {
            double[] up = [.. x], down = [.. x];
            up[p] += H;
            down[p] -= H;
            Assert.Equal((LikelihoodSums.Value(model, up) - LikelihoodSums.Value(model, down)) / (2 * H), gradient[p], 1e-6);
            double[] slopeUp = LikelihoodSums.All(model, up).Gradient, slopeDown = LikelihoodSums.All(model, down).Gradient;
            for (int q = 0; q < x.Length; q++)
            {
                Assert.Equal(-(slopeUp[q] - slopeDown[q]) / (2 * H), curvature[p * x.Length + q], 1e-6);
            }
        }
    }
}
