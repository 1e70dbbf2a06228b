using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class TieModelTests
{
    private static readonly RaoKupperOptions RaoKupperQuick = new() { Rounds = 100 };
    private static readonly DavidsonOptions DavidsonQuick = new() { Rounds = 100 };
    private static readonly double Unit = 400 / Math.Log(10);

    [Fact]
    public void RaoKupper_TwoCompetitors_MatchesTheShares()
    {
        // two parameters, two free shares: the fit is exact
        Standings standings = RaoKupper.Fit(SimulatedVotes.Two(50, 20, 30), RaoKupperQuick);
        double win = Math.Log(0.5 / 0.5), loss = Math.Log(0.2 / 0.8);
        Assert.Equal(Unit * (win - loss) / 2, standings.Pairs[0, 1].Difference, 7);
        Assert.Equal(Math.Exp(-(win + loss) / 2), standings.Coefficients.Single().Value, 8);
        Assert.Equal(RaoKupper.TieParameter, standings.Coefficients.Single().Name);
    }

    [Fact]
    public void Davidson_TwoCompetitors_GivesTheDeltaMethodsErrors()
    {
        Standings standings = Davidson.Fit(SimulatedVotes.Two(50, 20, 30), DavidsonQuick);
        Coefficient nu = standings.Coefficients.Single();
        Assert.Equal(Unit * Math.Log(50.0 / 20), standings.Pairs[0, 1].Difference, 7);
        Assert.Equal(30 / Math.Sqrt(50 * 20), nu.Value, 8);
        double few = Math.Sqrt(100 / 99.0);
        Assert.Equal(few * Unit * Math.Sqrt(1.0 / 50 + 1.0 / 20), standings.Pairs[0, 1].StandardError, 6);
        double quantile = MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, 99, 0.975);
        Assert.Equal(2 * quantile * few * Math.Sqrt(1.0 / 30 + 0.25 / 50 + 0.25 / 20), Math.Log(nu.High / nu.Low), 6);
        Assert.Equal(IntervalKind.Sandwich, standings.Intervals);
    }

    [Fact]
    public void Fit_EveryVoteTwiceByItsVoter_KeepsTheErrors()
    {
        Ballots once = SimulatedVotes.Pairs(5, SimulatedVotes.Strengths, 400, ties: 0.3, details: v => new BallotDetails(1, v / 4));
        Ballots twice = once.Select([.. Enumerable.Range(0, once.Count), .. Enumerable.Range(0, once.Count)]);
        DavidsonOptions byVoter = DavidsonQuick with { Cluster = ClusterBy.Voter };
        Standings a = Davidson.Fit(once, byVoter), b = Davidson.Fit(twice, byVoter);
        Assert.Equal(IntervalKind.ClusterSandwich, b.Intervals);
        Assert.Equal(100, b.Evidence.Clusters);
        Assert.Equal(2 * a.Evidence.Observations, b.Evidence.Observations);
        Assert.All(a.Competitors.Zip(b.Competitors), pair => Assert.Equal(pair.First.StandardError, pair.Second.StandardError, 6));
        Standings alone = Davidson.Fit(twice, DavidsonQuick);
        Assert.True(alone.Competitors[0].StandardError < 0.8 * b.Competitors[0].StandardError);
    }

    [Fact]
    public void Fit_RankingOfFour_IsOneObservation()
    {
        var builder = new BallotsBuilder(4);
        foreach (int[] ranking in new int[][] { [0, 1, 2, 3], [1, 0, 3, 2], [3, 2, 1, 0], [2, 0, 1, 3], [0, 3, 1, 2] })
        {
            builder.AddRanking(ranking);
        }

        builder.AddTiers([0, 1], [2, 3]);
        Standings standings = RaoKupper.Fit(builder.ToBallots(), RaoKupperQuick);
        Assert.Equal(new Evidence(6, 6), standings.Evidence);
        Assert.Equal(6, standings.Pairs[0, 1].Common);
        Assert.Equal(5, standings.Pairs[0, 1].Discordant);
        Assert.True(standings.Coefficients.Single().Value > 1);
    }

    [Fact]
    public void Fit_UnorderedTiers_AreNoTies()
    {
        var builder = new BallotsBuilder(3);
        builder.AddTopOne(0, 1, 2);
        builder.AddTopOne(1, 0, 2);
        builder.AddTopOne(2, 0, 1);
        builder.AddTopOne(0, 1, 2);
        Standings standings = Davidson.Fit(builder.ToBallots(), DavidsonQuick);
        Assert.Equal(0, standings.Coefficients.Single().Value);
        Assert.Equal(double.PositiveInfinity, standings.Coefficients.Single().High);
        Assert.NotEmpty(standings.Diagnostics.Notes);
    }

    [Fact]
    public void Fit_NoTie_IsPlainBradleyTerry()
    {
        Ballots votes = SimulatedVotes.Pairs(7, SimulatedVotes.Strengths, 500);
        Standings plain = ContextualBradleyTerry.Fit(votes, Covariates.None(votes.Count), new ContextualBradleyTerryOptions { Ridge = 0, Rounds = 100 });
        foreach (Standings standings in new[] { RaoKupper.Fit(votes, RaoKupperQuick), Davidson.Fit(votes, DavidsonQuick) })
        {
            Assert.All(plain.Competitors.Zip(standings.Competitors), pair =>
            {
                Assert.Equal(pair.First.Rating, pair.Second.Rating, 5);
                Assert.Equal(pair.First.StandardError, pair.Second.StandardError, 5);
            });
        }
    }

    [Fact]
    public void Fit_WithoutAFiniteMaximum_SaysWhy()
    {
        Diagnose<Diagnosis.OnlyTies>(SimulatedVotes.Two(0, 0, 5));
        Diagnose<Diagnosis.Separable>(SimulatedVotes.Two(5, 0, 0));
        Diagnose<Diagnosis.NoBallots>(new BallotsBuilder(2).ToBallots());
        Diagnose<Diagnosis.OneCompetitor>(new BallotsBuilder(1).ToBallots());
        Diagnose<Diagnosis.Unvoted>(Of(3, (0, 1, PairOutcome.FirstWins), (1, 0, PairOutcome.FirstWins)));
        Diagnose<Diagnosis.Disconnected>(Of(4, (0, 1, PairOutcome.Tie), (2, 3, PairOutcome.Tie)));
        // a semiorder: wins where strengths differ by two steps, ties at one, explains everything
        Diagnose<Diagnosis.NoFiniteMaximum>(Of(3, (0, 2, PairOutcome.FirstWins), (0, 1, PairOutcome.Tie), (1, 2, PairOutcome.Tie)));
    }

    [Fact]
    public void Fit_ZeroWeights_CountForNothing()
    {
        var builder = new BallotsBuilder(2);
        builder.AddPair(0, 1, PairOutcome.FirstWins, new BallotDetails(0));
        Diagnose<Diagnosis.NoBallots>(builder.ToBallots());
    }

    [Fact]
    public void Fit_PriorOnSeparableVotes_IsFinite()
    {
        Standings standings = Davidson.Fit(SimulatedVotes.Two(5, 0, 2), DavidsonQuick with { Ridge = 0.1 });
        Assert.True(double.IsFinite(standings.Pairs[0, 1].Difference) && standings.Pairs[0, 1].Difference > 0);
        Assert.Contains(standings.Diagnostics.Notes, note => note.Contains("ridge", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RaoKupperOptions { Kappa = 0.9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DavidsonOptions { Nu = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DavidsonOptions { Ridge = -1 });
        Assert.Throws<ArgumentException>(() => RaoKupper.Fit(SimulatedVotes.Two(5, 5, 5), RaoKupperQuick with { Kappa = 1 }));
    }

    [Theory]
    [InlineData(ClusterBy.Voter)]
    [InlineData(ClusterBy.Prompt)]
    [InlineData(ClusterBy.Voter | ClusterBy.Prompt)]
    public void Fit_ClusteredTwoWays_HasAProperCovariance(ClusterBy clusters)
    {
        Ballots votes = SimulatedVotes.Pairs(9, SimulatedVotes.Strengths, 300, ties: 0.2, details: v => new BallotDetails(1, v % 15, v % 20));
        Standings standings = RaoKupper.Fit(votes, RaoKupperQuick with { Cluster = clusters });
        Assert.All(standings.Competitors, c => Assert.True(c.StandardError > 0 && double.IsFinite(c.High)));
        Assert.Equal(clusters == ClusterBy.Prompt ? 20 : 15, standings.Evidence.Clusters);
    }

    private static void Diagnose<T>(Ballots ballots)
        where T : Diagnosis
    {
        Assert.False(RaoKupper.TryFit(ballots, RaoKupperQuick, out _, out Diagnosis? first));
        Assert.IsType<T>(first);
        Assert.False(Davidson.TryFit(ballots, DavidsonQuick, out _, out Diagnosis? second));
        Assert.IsType<T>(second);
    }

    private static Ballots Of(int competitors, params (int First, int Second, PairOutcome Outcome)[] votes)
    {
        var builder = new BallotsBuilder(competitors);
        foreach ((int first, int second, PairOutcome outcome) in votes)
        {
            builder.AddPair(first, second, outcome);
        }

        return builder.ToBallots();
    }
}
