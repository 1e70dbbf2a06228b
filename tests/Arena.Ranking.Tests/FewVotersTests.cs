using Arena.Ranking.Benchmarks.Experiments;
using Arena.Ranking.Clustering;
using Arena.Ranking.Listwise;
using Arena.Ranking.Pairwise;
using Arena.Ranking.Resampling;
using Arena.Ranking.Tests.Listwise;
using Xunit;

namespace Arena.Ranking.Tests;

/// <summary>An entry whose evidence is one ballot, sample or voter: scores at the maximum say nothing of how that varies, and no interval may be narrow for it.</summary>
public sealed class FewVotersTests
{
    /// <summary>No narrower than the model's standard error by more than this factor: the board as a whole may vary less than the model says.</summary>
    private const double Least = 0.8;

    private static readonly double Unit = 400 / Math.Log(10);

    [Theory]
    [InlineData(ClusterBy.None)]
    [InlineData(ClusterBy.Voter)]
    public void PlackettLuce_OneBallot_IsNoNarrowerThanTheModel(ClusterBy by)
    {
        Ballots ballots = OneBallotOfTheLast();
        Standings fit = PlackettLuce.Fit(ballots, new PlackettLuceOptions { Cluster = by, Rounds = 200 });

        double error = ModelError(fit, new ListwiseLikelihood(RankedBallots.Of(ballots), new PlackettLuceOptions()));
        Assert.InRange(fit.Competitors[8].StandardError, Least * error, 2 * error);
        Assert.True(fit.Competitors[8].High - fit.Competitors[8].Low > 3.9 * Least * error);
        Assert.Equal((1, 9), (fit.Competitors[8].RankLow, fit.Competitors[8].RankHigh));
        Assert.Contains(fit.Diagnostics.Notes, n => n.StartsWith("Most evidence on competitor 8 comes from one", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bradley-terry")]
    [InlineData("streamed")]
    [InlineData("contextual-bradley-terry")]
    [InlineData("plackett-luce")]
    [InlineData("voter-reliability")]
    public void Fit_OneVoterGaveAllVotesOfAnEntry_IsNoNarrowerThanTheModel(string method)
    {
        Ballots ballots = CalibrationStudy.NewcomerOfFewVoters(voters: 1, seed: 5).Ballots;
        Standings fit = Fit(ballots), plain = BradleyTerry.Fit(ballots, new BradleyTerryOptions { Rounds = 50 });

        // 50 votes of one voter say less than 50 of as many voters
        Assert.True(fit.Competitors[9].StandardError > 1.2 * plain.Competitors[9].StandardError, $"{fit.Competitors[9].StandardError} against {plain.Competitors[9].StandardError}");
        Assert.Contains(fit.Diagnostics.Notes, n => n.StartsWith("Most evidence on competitor 9 comes from one", StringComparison.Ordinal));

        Standings Fit(Ballots votes) => method switch
        {
            "bradley-terry" => BradleyTerry.Fit(votes, new BradleyTerryOptions { Cluster = ClusterBy.Voter, Rounds = 50 }),
            "streamed" => BradleyTerry.Fit(10, () => [votes], new BradleyTerryOptions { Cluster = ClusterBy.Voter | ClusterBy.Prompt, Rounds = 50 }),
            "contextual-bradley-terry" => ContextualBradleyTerry.Fit(
                votes, Covariates.None(votes.Count), new ContextualBradleyTerryOptions { Cluster = ClusterBy.Voter, Rounds = 50 }),
            "plackett-luce" => PlackettLuce.Fit(votes, new PlackettLuceOptions { Cluster = ClusterBy.Voter, Rounds = 50 }),
            _ => VoterReliability.Fit(votes, new VoterReliabilityOptions { Rounds = 50 }).Weighted,
        };
    }

    [Fact]
    public void BradleyTerry_OneSample_IsNoNarrowerThanTheModel()
    {
        // five entries on 200 samples, a sixth in the middle of one
        var random = new Xoshiro256(7, 0);
        float[][] rows = [.. Enumerable.Range(0, 6).Select(_ => new float[200])];
        for (int s = 0; s < 200; s++)
        {
            for (int i = 0; i < 5; i++)
            {
                rows[i][s] = (float)(random.NextDouble() + 0.1 * i);
            }

            rows[5][s] = s == 100 ? Enumerable.Range(0, 5).Select(i => rows[i][s]).Order().Skip(2).Take(2).Average() : float.NaN;
        }

        ScoreMatrix scores = Boards.Of(rows, new ScoreScale(ScoreKind.Numeric));
        Standings fit = BradleyTerry.Fit(scores, new BradleyTerryOptions { Rounds = 100 });

        // five comparisons tell no more than 5/4 of information
        Assert.True(fit.Competitors[5].StandardError > Least * Unit / Math.Sqrt(1.25), $"{fit.Competitors[5].StandardError}");
        Assert.True(fit.Pairs[0, 5].StandardError > Least * Unit / Math.Sqrt(1.25));
        Assert.Equal((1, 6), (fit.Competitors[5].RankLow, fit.Competitors[5].RankHigh));
    }

    [Fact]
    public void Fit_EverythingOneVoter_GivesNoIntervals()
    {
        var builder = new BallotsBuilder(3);
        foreach (int[] order in new int[][] { [0, 1], [1, 2], [2, 0] })
        {
            builder.AddRanking(order, new BallotDetails(1, 4));
        }

        Standings[] all =
        [
            PlackettLuce.Fit(builder.ToBallots(), new PlackettLuceOptions { Cluster = ClusterBy.Voter }),
            ContextualBradleyTerry.Fit(builder.ToBallots(), Covariates.None(3), new ContextualBradleyTerryOptions { Cluster = ClusterBy.Voter }),
        ];
        Assert.All(all, fit =>
        {
            Assert.Equal(IntervalKind.None, fit.Intervals);
            Assert.Contains(FewClusters.OneCluster, fit.Diagnostics.Notes);
        });
    }

    [Fact]
    public void SlotInformation_AnyBallots_AddsUpToTheHessiansDiagonal()
    {
        // strict, tied and unordered tiers, three to seven long
        double[] theta = SimulatedBallots.Spread(8, 1.2);
        foreach (Ballots ballots in (Ballots[])[
            SimulatedBallots.Draw(theta, 60, 4, SimulatedBallots.Kept.Everything, seed: 1),
            SimulatedBallots.Draw(theta, 60, 5, SimulatedBallots.Kept.Best, seed: 2),
            SimulatedBallots.Draw(theta, 60, 7, SimulatedBallots.Kept.BestAndWorst, seed: 3),
            SimulatedBallots.Draw(theta, 60, 8, SimulatedBallots.Kept.BetterHalf, seed: 4),
            Tied()])
        {
            RankedBallots ranked = RankedBallots.Of(ballots);
            var likelihood = new ListwiseLikelihood(ranked, new PlackettLuceOptions());
            double[] slots = likelihood.SlotInformation(theta), sums = new double[8];
            for (int k = 0; k < slots.Length; k++)
            {
                sums[ranked.Item[k]] += slots[k];
            }

            double[] hessian = likelihood.Information(likelihood.At(theta, curvature: true));
            Assert.Equal(Enumerable.Range(0, 8).Select(i => hessian[i * 9]), sums, (a, b) => Math.Abs(a - b) < 1e-8);
        }
    }

    [Fact]
    public void Information_VotesAndSlates_AddsUpToTheHessiansDiagonal()
    {
        double[] theta = SimulatedBallots.Spread(8, 1.2);
        Ballots ballots = Tied();
        double[] slots = BallotScores.OfSlots(ballots, BallotScores.Strengths(theta)).Information, sums = new double[8];
        for (int k = 0; k < slots.Length; k++)
        {
            sums[ballots.CompetitorColumn[k]] += slots[k];
        }

        var tally = new PairwiseTally(8);
        tally.Add(ballots);
        TalliedPairs pairs = tally.ToPairs();
        double[] hessian = new BradleyTerryMaximiser(PairwiseCounts.Of(pairs.Votes, pairs.Derived, 0), new BradleyTerryOptions()).Hessian(theta);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => hessian[i * 9]), sums, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void SparseEntry_SimulatedArenas_IntervalsHoldWhatTheyPromise(int few)
    {
        const int Arenas = 120;
        // eleven pairs with one entry stand and fall together: the share of an arena spreads by about 0.2
        double least = 0.95 - 3 * 0.2 / Math.Sqrt(Arenas);
        SparseEntryRow rankings = SparseEntryStudy.Rankings(few, Arenas, seed: 3), votes = SparseEntryStudy.Votes(few, Arenas, seed: 3);
        Assert.InRange(rankings.Pairs, least, 1);
        Assert.InRange(votes.Pairs, least, 1);
        Assert.InRange(rankings.Others, 0.93, 0.97);
        Assert.InRange(votes.Others, 0.93, 0.97);
    }

    /// <summary>Eight entries on 200 ballots of four, a ninth in the middle of one.</summary>
    private static Ballots OneBallotOfTheLast()
    {
        Ballots many = SimulatedBallots.Draw(SimulatedBallots.Spread(8, 1), 200, 4, SimulatedBallots.Kept.Everything, seed: 9);
        var builder = new BallotsBuilder(9);
        for (int b = 0; b < many.Count; b++)
        {
            builder.AddRanking(many[b].Competitors, new BallotDetails(1, b));
        }

        builder.AddRanking([7, 8, 0], new BallotDetails(1, 200));
        return builder.ToBallots();
    }

    private static Ballots Tied()
    {
        var builder = new BallotsBuilder(8);
        for (int b = 0; b < 60; b++)
        {
            var random = new Xoshiro256(11, (ulong)b);
            int[] order = SimulatedBallots.Order(SimulatedBallots.Spread(8, 1.2), 2 + b % 6, ref random);
            builder.AddTiers([order[..1], order[1..]], new BallotDetails(0.5 + b % 3));
            builder.AddTiers([order], new BallotDetails(0.5));
            if (order.Length > 3)
            {
                builder.AddTiers([order[..2], order[2..3], order[3..]]);
                builder.AddTopOne(order[0], order.AsSpan(1));
            }
        }

        return builder.ToBallots();
    }

    /// <summary>Standard error of the last competitor from the likelihood alone, in points.</summary>
    private static double ModelError(Standings fit, ListwiseLikelihood likelihood)
    {
        double[] theta = [.. fit.Competitors.Select(c => c.Offset / Unit)];
        return Unit * Math.Sqrt(MeanZero.PseudoInverse(likelihood.Information(likelihood.At(theta, curvature: true)), theta.Length, 1)[^1]);
    }
}
