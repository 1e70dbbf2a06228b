using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class EloAndBootstrapTests
{
    private const ClusterBy Both = ClusterBy.Voter | ClusterBy.Prompt;

    [Fact]
    public void Elo_ThreeVotesByHand_MovesByKTimesSurprise()
    {
        var builder = new BallotsBuilder(3);
        builder.AddPair(0, 1, PairOutcome.FirstWins);
        builder.AddPair(1, 0, PairOutcome.Tie, new BallotDetails(2));
        double p = 1 / (1 + Math.Pow(10, -4 / 400.0));
        Standings standings = Elo.Fit(builder.ToBallots(), new EloOptions { Intervals = false });
        Assert.Equal(1002 + 2 * 4 * (0.5 - p), standings.Competitors[0].Rating, 10);
        Assert.Equal((1000.0, IntervalKind.None), (standings.Competitors[2].Rating, standings.Intervals));
    }

    [Fact]
    public void Elo_Slate_PlaysAllItsPairsFromTheRatingsBefore()
    {
        var builder = new BallotsBuilder(3);
        builder.AddRanking(2, 0, 1);
        Assert.Equal([1000.0, 996, 1004], Elo.Fit(builder.ToBallots(), new EloOptions { Intervals = false }).Competitors.Select(c => c.Rating));
    }

    [Fact]
    public void Elo_OtherOrder_GivesOtherRatings()
    {
        // the counterexample: permuting votes is not harmless
        Ballots ballots = PairVotes.Of(1);
        Ballots backwards = ballots.Select([.. Enumerable.Range(0, ballots.Count).Reverse()]);
        var options = new EloOptions { Intervals = false };
        Assert.NotEqual(Elo.Fit(ballots, options).Competitors[0].Rating, Elo.Fit(backwards, options).Competitors[0].Rating, 0.01);
    }

    [Theory]
    [InlineData(ClusterBy.None)]
    [InlineData(ClusterBy.Voter)]
    [InlineData(Both)]
    public void Elo_Bootstrap_HoldsTheRatingForEveryNumberOfThreads(ClusterBy by)
    {
        Ballots ballots = PairVotes.Of(2);
        Standings one = Elo.Fit(ballots, new EloOptions { Rounds = 60, Resample = by, MaxDegreeOfParallelism = 1 });
        Standings four = Elo.Fit(ballots, new EloOptions { Rounds = 60, Resample = by, MaxDegreeOfParallelism = 4 });
        Assert.Equal(one.Competitors, four.Competitors);
        Assert.All(one.Competitors, c => Assert.True(c.Low <= c.Rating && c.Rating <= c.High && c.High - c.Low > 1));
    }

    [Fact]
    public void Elo_NothingToRank_IsDiagnosed()
    {
        Assert.False(Elo.TryFit(new BallotsBuilder(2).ToBallots(), null, out _, out Diagnosis? diagnosis));
        Assert.IsType<Diagnosis.NoBallots>(diagnosis);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EloOptions { K = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EloOptions { Base = 1 });
    }

    [Theory]
    [InlineData(ClusterBy.None)]
    [InlineData(ClusterBy.Voter)]
    [InlineData(ClusterBy.Prompt)]
    public void FitBradleyTerry_StandardErrors_AreTheSandwichsWithinATenth(ClusterBy by)
    {
        Ballots ballots = PairVotes.Of(3, votes: 4000, voters: 300, prompts: 200);
        var options = new BradleyTerryOptions { Cluster = by, Rounds = 1500 };
        Standings drawn = BallotBootstrap.FitBradleyTerry(ballots, options), robust = BradleyTerry.Fit(ballots, options with { Rounds = 10 });
        foreach ((Standing a, Standing b) in drawn.Competitors.Zip(robust.Competitors))
        {
            Assert.Equal(a.Rating, b.Rating, 1e-6);
            Assert.InRange(a.StandardError / b.StandardError, 0.9, 1.1);
            Assert.Equal(b.Evidence, a.Evidence);
        }

        Assert.Equal(robust.Evidence, drawn.Evidence);
    }

    [Fact]
    public void Fit_AnyMethod_AgreesWithTheFastWay()
    {
        Ballots ballots = PairVotes.Of(4, votes: 1500);
        var quick = new BradleyTerryOptions { Rounds = 1 };
        Standings any = BallotBootstrap.Fit(
            ballots,
            b => [.. BradleyTerry.Fit(b, quick).Competitors.Select(c => c.Rating)],
            new BallotBootstrapOptions { Rounds = 300, Resample = ClusterBy.Voter, Method = "mine" });
        Standings fast = BallotBootstrap.FitBradleyTerry(ballots, new BradleyTerryOptions { Rounds = 300, Cluster = ClusterBy.Voter });
        Assert.Equal(("mine", IntervalKind.Bootstrap, 40), (any.Method, any.Intervals, any.Evidence.Clusters));
        Assert.All(any.Competitors, c => Assert.InRange(c.StandardError / fast.Competitors[c.Index].StandardError, 0.8, 1.25));
    }

    [Fact]
    public void FitBradleyTerry_WeightsSlatesAndTallies_AreDrawn()
    {
        Ballots ballots = PairVotes.Of(5);
        var builder = new BallotsBuilder(6);
        for (int b = 0; b < ballots.Count; b++)
        {
            (int first, int second) = (ballots[b].Competitors[0], ballots[b].Competitors[1]);
            int third = Enumerable.Range(0, 6).Where(i => i != first && i != second).ElementAt(b % 4);
            builder.AddRanking([first, second, third], new BallotDetails(b % 2 + 0.5));
        }

        var options = new BradleyTerryOptions { Rounds = 400 };
        Standings drawn = BallotBootstrap.FitBradleyTerry(builder.ToBallots(), options), robust = BradleyTerry.Fit(builder.ToBallots(), options);
        Assert.All(drawn.Competitors, c => Assert.InRange(c.StandardError / robust.Competitors[c.Index].StandardError, 0.8, 1.25));

        var tally = new PairwiseTally(6);
        tally.Add(ballots);
        Assert.Equal(
            BallotBootstrap.FitBradleyTerry(ballots, options).Competitors, BallotBootstrap.FitBradleyTerry(tally, options).Competitors);
    }

    [Fact]
    public void FitBradleyTerry_DrawsWithoutAFit_AreCountedInANote()
    {
        // one loss only: a third of the draws leave it out
        var builder = new BallotsBuilder(2);
        for (int k = 0; k < 20; k++)
        {
            builder.AddPair(0, 1, k == 0 ? PairOutcome.SecondWins : PairOutcome.FirstWins);
        }

        Standings standings = BallotBootstrap.FitBradleyTerry(builder.ToBallots(), new BradleyTerryOptions { Rounds = 200 });
        Assert.Contains(standings.Diagnostics.Notes, n => n.Contains("could not be ranked", StringComparison.Ordinal));
    }
}
