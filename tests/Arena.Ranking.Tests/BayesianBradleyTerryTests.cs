using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class BayesianBradleyTerryTests
{
    private static readonly BayesianBradleyTerryOptions Quick = new() { Rounds = 100 };
    private static readonly double Unit = 400 / Math.Log(10);

    [Theory]
    [InlineData(PairLink.Logit, PairOutcome.FirstWins)]
    [InlineData(PairLink.Logit, PairOutcome.Tie)]
    [InlineData(PairLink.Probit, PairOutcome.SecondWins)]
    public void Fit_OneVote_HasTheExactMoments(PairLink link, PairOutcome outcome)
    {
        // one site: the normal with the posterior's own mean and variance
        var builder = new BallotsBuilder(2);
        builder.AddPair(0, 1, outcome);
        Standings standings = BayesianBradleyTerry.Fit(builder.ToBallots(), Quick with { PriorPrecision = 0.2, Link = link });

        double Win(double d) => link == PairLink.Logit ? 1 / (1 + Math.Exp(-d)) : MathNet.Numerics.Distributions.Normal.CDF(0, 1, d);
        (double sum, double mean, double square) = (0, 0, 0);
        for (double d = -40; d <= 40; d += 0.001)
        {
            double likelihood = outcome switch { PairOutcome.FirstWins => Win(d), PairOutcome.SecondWins => Win(-d), _ => Math.Sqrt(Win(d) * Win(-d)) };
            double weight = Math.Exp(-d * d * 0.2 / 4) * likelihood;
            (sum, mean, square) = (sum + weight, mean + weight * d, square + weight * d * d);
        }

        Assert.Equal(mean / sum, standings.Pairs[0, 1].Difference / Unit, 6);
        Assert.Equal(Math.Sqrt(square / sum - mean / sum * (mean / sum)), standings.Pairs[0, 1].StandardError / Unit, 6);
    }

    [Fact]
    public void Fit_ManyVotes_NearsMaximumLikelihood()
    {
        Ballots votes = SimulatedVotes.Pairs(2, SimulatedVotes.Strengths, 3000);
        Standings posterior = BayesianBradleyTerry.Fit(votes, Quick with { PriorPrecision = 1e-4 });
        Standings likelihood = ContextualBradleyTerry.Fit(votes, Covariates.None(3000), new ContextualBradleyTerryOptions { Ridge = 0, Rounds = 100 });
        Assert.All(posterior.Competitors.Zip(likelihood.Competitors), pair =>
        {
            Assert.Equal(pair.First.Rating, pair.Second.Rating, 0.5);
            Assert.InRange(pair.First.StandardError / pair.Second.StandardError, 0.9, 1.1);
        });
        Assert.Equal(IntervalKind.Posterior, posterior.Intervals);
        Assert.True(posterior.Diagnostics.Converged);
    }

    [Fact]
    public void Fit_UnvotedAndSeparable_IsFinite()
    {
        var builder = new BallotsBuilder(3);
        builder.AddPair(0, 1, PairOutcome.FirstWins, new BallotDetails(2.5));
        Standings standings = BayesianBradleyTerry.Fit(builder.ToBallots(), Quick);
        Assert.Equal([0, 2, 1], standings.Order);
        Assert.All(standings.Competitors, c => Assert.True(double.IsFinite(c.Rating) && c.StandardError > 0));
        Assert.False(BayesianBradleyTerry.TryFit(new BallotsBuilder(2).ToBallots(), Quick, out _, out Diagnosis? none));
        Assert.IsType<Diagnosis.NoBallots>(none);
    }

    [Theory]
    [InlineData(PairLink.Logit)]
    [InlineData(PairLink.Probit)]
    public void Fit_ManyPairs_SettlesInFewSweeps(PairLink link)
    {
        // hundreds of sites move at once from one posterior
        double[] theta = [.. Enumerable.Range(0, 30).Select(i => 0.1 * (i - 15))];
        Standings standings = BayesianBradleyTerry.Fit(SimulatedVotes.Pairs(9, theta, 4000, ties: 0.1), new BayesianBradleyTerryOptions { Link = link, Rounds = 20 });
        Assert.Equal(StopReason.Converged, standings.Diagnostics.Reason);
        Assert.InRange(standings.Diagnostics.Iterations, 1, 20);
    }

    [Fact]
    public void Fit_ChoixCompatible_IsNearTheIntegral()
    {
        Ballots votes = SimulatedVotes.Pairs(5, SimulatedVotes.Strengths, 100);
        Standings exact = BayesianBradleyTerry.Fit(votes, Quick), choix = BayesianBradleyTerry.Fit(votes, Quick with { ChoixCompatible = true });
        Assert.All(exact.Competitors.Zip(choix.Competitors), pair => Assert.Equal(pair.First.Rating, pair.Second.Rating, 0.5));
        Assert.Throws<ArgumentException>(() => BayesianBradleyTerry.Fit(SimulatedVotes.Two(1, 1, 1), Quick with { ChoixCompatible = true }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BayesianBradleyTerryOptions { PriorPrecision = 0 });
    }
}
