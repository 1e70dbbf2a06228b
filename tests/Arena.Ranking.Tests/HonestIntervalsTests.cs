using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests;

/// <summary>Where the evidence says nothing about how certain a rating is, no method may claim that it is certain.</summary>
public sealed class HonestIntervalsTests
{
    private const ClusterBy Voter = ClusterBy.Voter;

    /// <summary>Methods told that all ballots are of one cluster.</summary>
    public static TheoryData<string, Func<Ballots, Standings>> OfOneVoter() => new()
    {
        { RaoKupper.Name, votes => RaoKupper.Fit(votes, new RaoKupperOptions { Cluster = Voter }) },
        { Davidson.Name, votes => Davidson.Fit(votes, new DavidsonOptions { Cluster = Voter }) },
        { ContextualBradleyTerry.Name, votes => ContextualBradleyTerry.Fit(votes, Covariates.None(votes.Count).WithPosition(), new ContextualBradleyTerryOptions { Cluster = Voter }) },
        { PositionBias.Name, votes => PositionBias.Fit(votes, new PositionBiasOptions { Cluster = Voter }).Corrected },
        { VoterReliability.Name, votes => VoterReliability.Fit(votes).Weighted },
        { PlackettLuce.Name, votes => PlackettLuce.Fit(votes, new PlackettLuceOptions { Cluster = Voter }) },
        { PlackettLuce.Name, votes => PlackettLuce.Fit(votes, new PlackettLuceOptions { Cluster = Voter, Ties = PlackettLuceTies.DavidsonLuce }) },
        { BradleyTerry.Name, votes => BradleyTerry.Fit(votes, new BradleyTerryOptions { Cluster = Voter }) },
        { Elo.Name, votes => Elo.Fit(votes, new EloOptions { Resample = Voter }) },
        { "bootstrap", votes => BallotBootstrap.FitBradleyTerry(votes, new BradleyTerryOptions { Cluster = Voter, Rounds = 50 }) },
        { Borda.Name, votes => Borda.Fit(votes, new BordaOptions { Resampling = VoteResampling.Voters }) },
    };

    [Theory]
    [MemberData(nameof(OfOneVoter))]
    public void Fit_OneCluster_MakesNoIntervals(string method, Func<Ballots, Standings> fit)
    {
        Standings standings = fit(SimulatedVotes.Pairs(1, [0.5, 0, -0.5], 60, ties: 0.1, details: _ => new BallotDetails(Voter: 7)));
        Assert.Equal((method, IntervalKind.None, 0), (method, standings.Intervals, standings.Pairs.Separated));
        Assert.All(standings.Competitors, c => Assert.Equal((double.NegativeInfinity, double.PositiveInfinity, 1, 3), (c.Low, c.High, c.RankLow, c.RankHigh)));
        Assert.All(standings.Coefficients, c => Assert.True(double.IsPositiveInfinity(c.High), c.Name));
        Assert.Contains(standings.Diagnostics.Notes, note => note.Contains("single cluster", StringComparison.Ordinal));
    }

    /// <summary>Methods that give a number to a competitor without a vote.</summary>
    public static TheoryData<string, Func<Ballots, Standings>> OfTheUnvoted() => new()
    {
        { Elo.Name, votes => Elo.Fit(votes) },
        { BradleyTerry.Name, votes => BradleyTerry.Fit(votes, new BradleyTerryOptions { PriorTies = 0.1 }) },
        { "bootstrap", votes => BallotBootstrap.FitBradleyTerry(votes, new BradleyTerryOptions { PriorTies = 0.1, Rounds = 100 }) },
        { PlackettLuce.Name, votes => PlackettLuce.Fit(votes, new PlackettLuceOptions { PriorTies = 0.1 }) },
        { "plackett-luce with a ridge", votes => PlackettLuce.Fit(votes, new PlackettLuceOptions { Ridge = 0.1 }) },
        { "davidson-luce", votes => PlackettLuce.Fit(votes, new PlackettLuceOptions { Ridge = 0.1, Ties = PlackettLuceTies.DavidsonLuce }) },
        { Davidson.Name, votes => Davidson.Fit(votes, new DavidsonOptions { Ridge = 0.1 }) },
        { ContextualBradleyTerry.Name, votes => ContextualBradleyTerry.Fit(votes, Covariates.None(votes.Count)) },
        { BayesianBradleyTerry.Name, votes => BayesianBradleyTerry.Fit(votes) },
    };

    [Theory]
    [MemberData(nameof(OfTheUnvoted))]
    public void Fit_CompetitorWithoutAVote_IsSeparatedFromNobody(string method, Func<Ballots, Standings> fit)
    {
        var builder = new BallotsBuilder(4);
        for (int k = 0; k < 90; k++)
        {
            builder.AddPair(k % 2, k % 2 + 1, k % 5 == 0 ? PairOutcome.SecondWins : k % 7 == 0 ? PairOutcome.Tie : PairOutcome.FirstWins);
        }

        Standings standings = fit(builder.ToBallots());
        Assert.True(standings.Pairs.AreSeparated(0, 2), method);
        Assert.Equal((method, 1, 4), (method, standings.Competitors[3].RankLow, standings.Competitors[3].RankHigh));
        Assert.True(standings.Competitors[3].High - standings.Competitors[3].Low > standings.Competitors[0].High - standings.Competitors[0].Low);
    }

    /// <summary>Methods with a prior, which gives the unbeaten a finite rating.</summary>
    public static TheoryData<string, Func<Ballots, Standings>> WithAPrior() => new()
    {
        { BradleyTerry.Name, votes => BradleyTerry.Fit(votes, new BradleyTerryOptions { PriorTies = 0.5 }) },
        { PlackettLuce.Name, votes => PlackettLuce.Fit(votes, new PlackettLuceOptions { PriorTies = 0.5 }) },
        { "davidson-luce", votes => PlackettLuce.Fit(votes, new PlackettLuceOptions { Ridge = 0.05, Ties = PlackettLuceTies.DavidsonLuce }) },
        { Davidson.Name, votes => Davidson.Fit(votes, new DavidsonOptions { Ridge = 0.1, Nu = 0 }) },
        { ContextualBradleyTerry.Name, votes => ContextualBradleyTerry.Fit(votes, Covariates.None(votes.Count)) },
        { PositionBias.Name, votes => PositionBias.Fit(votes, new PositionBiasOptions { Ridge = 0.1 }).Corrected },
        { BayesianBradleyTerry.Name, votes => BayesianBradleyTerry.Fit(votes) },
    };

    [Theory]
    [MemberData(nameof(WithAPrior))]
    public void Fit_UnbeatenInTwoVotes_IsNotCertainlyBest(string method, Func<Ballots, Standings> fit)
    {
        // two wins say p = 0.5 by the sign test; the scores of votes that all came out alike have no variance
        var builder = new BallotsBuilder(3);
        builder.AddPair(0, 1, PairOutcome.FirstWins);
        builder.AddPair(2, 0, PairOutcome.SecondWins);
        for (int k = 0; k < 40; k++)
        {
            builder.AddPair(1 + k % 2, 2 - k % 2, k % 4 < 2 ? PairOutcome.FirstWins : PairOutcome.SecondWins);
        }

        Standings standings = fit(builder.ToBallots());
        Assert.Equal((method, 0), (method, standings.Pairs.Separated));
        Assert.Equal(0, standings.Order[0]);
    }
}
