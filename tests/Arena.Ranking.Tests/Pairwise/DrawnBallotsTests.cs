using Arena.Ranking.Pairwise;
using Arena.Ranking.Resampling;
using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests.Pairwise;

public sealed class DrawnBallotsTests
{
    [Theory]
    [InlineData(ClusterBy.None)]
    [InlineData(ClusterBy.Voter)]
    [InlineData(ClusterBy.Prompt)]
    [InlineData(ClusterBy.Voter | ClusterBy.Prompt)]
    public void Draw_WeightedVotesAndSlates_AreTheBallotsAsOftenAsTheirClustersWereDrawn(ClusterBy by)
    {
        Ballots ballots = Mixed();
        var tally = new PairwiseTally(6);
        tally.Add(ballots);
        TalliedPairs pairs = tally.ToPairs();
        var counts = PairwiseCounts.Of(pairs.Votes, pairs.Derived, 0);
        var draws = new DrawnBallots(ballots, counts, new BradleyTerryOptions { Cluster = by });
        PairDraws.Workspace room = draws.Room();
        draws.Draw(9, 8, 8 + 5, room);
        var all = new BallotDraws(ballots, by);
        for (int round = 8; round < 13; round++)
        {
            // the same random numbers, ballot by ballot
            ReadOnlySpan<int> times = all.Draw(9, round, all.Room());
            var again = new BallotsBuilder(6);
            for (int b = 0; b < ballots.Count; b++)
            {
                for (int k = 0; k < times[b]; k++)
                {
                    again.AddChecked(ballots[b]);
                }
            }

            var drawn = new PairwiseTally(6);
            drawn.Add(again.ToBallots());
            var expected = PairwiseCounts.Of(drawn.ToPairs().Votes, drawn.ToPairs().Derived, 0);
            PairwiseCounts actual = draws.Counts(room, round - 8);
            for (int i = 0; i < 6; i++)
            {
                for (int j = 0; j < 6; j++)
                {
                    Assert.Equal(expected.Won(i, j), actual.Won(i, j), 1e-10);
                }
            }
        }
    }

    [Fact]
    public void FitBradleyTerry_OneThreadOrMany_IsTheSame()
    {
        Ballots ballots = Mixed();
        var options = new BradleyTerryOptions { Rounds = 21, Cluster = ClusterBy.Voter, MaxDegreeOfParallelism = 1 };
        Standings one = BallotBootstrap.FitBradleyTerry(ballots, options), many = BallotBootstrap.FitBradleyTerry(ballots, options with { MaxDegreeOfParallelism = 4 });
        Assert.Equal(one.Competitors, many.Competitors);
    }

    [Fact]
    public void Fit_VotesOnTwo_AreSummedAsLongerBallotsAre()
    {
        // one ballot of three that weighs next to nothing: the others then take the way of slates
        Ballots votes = PairVotes.Of(11, votes: 900, voters: 25, prompts: 15);
        var builder = new BallotsBuilder(6);
        for (int b = 0; b < votes.Count; b++)
        {
            builder.AddChecked(votes[b]);
        }

        builder.AddRanking([0, 1, 2], new BallotDetails(1e-9, 1, 1));
        foreach (ClusterBy by in (ClusterBy[])[ClusterBy.Voter, ClusterBy.Prompt, ClusterBy.Voter | ClusterBy.Prompt])
        {
            Standings alone = BradleyTerry.Fit(votes, new BradleyTerryOptions { Cluster = by, Rounds = 1 });
            Standings mixed = BradleyTerry.Fit(builder.ToBallots(), new BradleyTerryOptions { Cluster = by, Rounds = 1 });
            Assert.Equal(alone.Evidence.Clusters, mixed.Evidence.Clusters);
            Assert.All(alone.Covariance!.Zip(mixed.Covariance!), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        }
    }

    private static Ballots Mixed()
    {
        Ballots votes = PairVotes.Of(10, votes: 400, voters: 20, prompts: 30);
        var builder = new BallotsBuilder(6);
        for (int b = 0; b < votes.Count; b++)
        {
            Ballot vote = votes[b];
            var details = new BallotDetails(1 + b % 3, b % 7 == 0 ? -1 : vote.Voter, b % 5 == 0 ? -1 : vote.Prompt);
            int third = Enumerable.Range(0, 6).First(i => !votes[b].Competitors.Contains(i));
            if (b % 4 == 0)
            {
                builder.AddRanking([vote.Competitors[0], third, vote.Competitors[1]], details);
            }
            else
            {
                builder.AddPair(vote.Competitors[0], vote.Competitors[1], vote.Tiers == 1 ? PairOutcome.Tie : PairOutcome.FirstWins, b % 50 == 1 ? details with { Weight = 0 } : details);
            }
        }

        return builder.ToBallots();
    }
}
