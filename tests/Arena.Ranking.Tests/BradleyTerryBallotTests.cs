using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class BradleyTerryBallotTests
{
    private const ClusterBy Both = ClusterBy.Voter | ClusterBy.Prompt;

    private static readonly double Unit = 400 / Math.Log(10);

    private static readonly BradleyTerryOptions Quick = new() { Rounds = 100 };

    [Fact]
    public void Fit_TwoCompetitors_GivesTheLogOddsAndItsError()
    {
        // 6 wins to 2 and 2 ties: θ = ln(7/3); √(Σ(y − p)² · m/(m − 1)) / Σ p(1 − p)
        var builder = new BallotsBuilder(2);
        Add(builder, 6, PairOutcome.FirstWins);
        Add(builder, 2, PairOutcome.SecondWins);
        Add(builder, 1, PairOutcome.Tie);
        Add(builder, 1, PairOutcome.BothBad);
        Standings standings = BradleyTerry.Fit(builder.ToBallots(), Quick);

        double spread = (6 * 0.3 * 0.3 + 2 * 0.7 * 0.7 + 2 * 0.2 * 0.2) * 10 / 9;
        Assert.Equal(Unit * Math.Log(7.0 / 3), standings.Pairs[0, 1].Difference, 9);
        Assert.Equal(Unit * Math.Sqrt(spread) / (10 * 0.7 * 0.3), standings.Pairs[0, 1].StandardError, 9);
        Assert.Equal((10, 8), (standings.Pairs[0, 1].Common, standings.Pairs[0, 1].Discordant));
        Assert.Equal((new Evidence(10, 8), IntervalKind.Sandwich), (standings.Evidence, standings.Intervals));
    }

    [Fact]
    public void Fit_TallyStreamAndBallots_GiveTheSame()
    {
        Ballots ballots = PairVotes.Of(1);
        Ballots[] batches = [ballots.Select([.. Enumerable.Range(0, 250)]), ballots.Select([.. Enumerable.Range(250, 350)])];
        PairwiseTally[] tallies = [.. batches.Select(Tally)];
        tallies[0].Merge(tallies[1]);

        Same(BradleyTerry.Fit(ballots, Quick), BradleyTerry.Fit(tallies[0], Quick));
        Same(BradleyTerry.Fit(ballots, Quick), BradleyTerry.Fit(6, () => batches, Quick));
        foreach (ClusterBy by in (ClusterBy[])[ClusterBy.Voter, ClusterBy.Prompt])
        {
            Same(BradleyTerry.Fit(ballots, Quick with { Cluster = by }), BradleyTerry.Fit(6, () => batches, Quick with { Cluster = by }));
        }
    }

    [Fact]
    public void Fit_Clustered_IsTheSumOverClustersByHand()
    {
        Ballots ballots = PairVotes.Of(2, competitors: 3, votes: 200, voters: 7, prompts: 5);
        Standings plain = BradleyTerry.Fit(ballots, Quick);
        double[] theta = [.. plain.Competitors.Select(c => c.Offset / Unit)];
        double[] hessian = new double[9];
        var byVoter = new Dictionary<int, double[]>();
        var byPrompt = new Dictionary<int, double[]>();
        var byBoth = new Dictionary<(int, int), double[]>();
        // the information of each cluster on each competitor stands behind its scores
        for (int b = 0; b < ballots.Count; b++)
        {
            Ballot ballot = ballots[b];
            (int i, int j) = (ballot.Competitors[0], ballot.Competitors[1]);
            double p = 1 / (1 + Math.Exp(theta[j] - theta[i])), score = (ballot.Tiers == 1 ? 0.5 : 1) - p;
            hessian[i * 3 + i] += p * (1 - p);
            hessian[j * 3 + j] += p * (1 - p);
            hessian[i * 3 + j] -= p * (1 - p);
            hessian[j * 3 + i] -= p * (1 - p);
            foreach (double[] sum in (double[][])[Of(byVoter, ballot.Voter), Of(byPrompt, ballot.Prompt), Of(byBoth, (ballot.Voter, ballot.Prompt))])
            {
                sum[i] += score;
                sum[j] -= score;
                sum[3 + i] += p * (1 - p);
                sum[3 + j] += p * (1 - p);
            }
        }

        double[] middle = [.. Outer(byVoter.Values).Zip(Outer(byPrompt.Values), Outer(byBoth.Values)).Select(t => t.First + t.Second - t.Third)];
        var h = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowMajor(3, 3, hessian).PseudoInverse();
        var information = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowMajor(3, 3, hessian);
        var g = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowMajor(3, 3, middle);
        // what few clusters leave out: φ Δ½ H Δ½
        double[] share = [.. Enumerable.Range(0, 3).Select(i =>
            (Squares(byVoter.Values, i) + Squares(byPrompt.Values, i) - Squares(byBoth.Values, i)) / (hessian[i * 4] * hessian[i * 4]))];
        double[] told = [.. share.Select((s, i) => s * hessian[i * 4])];
        double mean = share.Select((s, i) => (1 - s) * told[i]).Sum() / share.Sum(s => 1 - s);
        var root = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfDiagonalArray([.. share.Select(Math.Sqrt)]);
        var more = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfDiagonalArray([.. told.Select(t => Math.Sqrt(Math.Max(1, t / mean)))]);
        double effect = (h * g).Trace() / (2 - (h * root * information * root).Trace());
        var expected = h * (g + effect * (more * root * information * root * more)) * h * (Unit * Unit);
        Standings both = BradleyTerry.Fit(ballots, Quick with { Cluster = Both });
        for (int k = 0; k < 9; k++)
        {
            Assert.Equal(expected[k / 3, k % 3], both.Covariance![k], 1e-6);
        }

        Assert.Equal((200, 5, IntervalKind.ClusterSandwich), (both.Evidence.Observations, both.Evidence.Clusters, both.Intervals));
    }

    [Fact]
    public void Fit_UnknownVoters_AreClustersOfTheirOwn()
    {
        Ballots ballots = PairVotes.Map(PairVotes.Of(3), i => i, voter: _ => -1);
        Standings plain = BradleyTerry.Fit(ballots, Quick), clustered = BradleyTerry.Fit(ballots, Quick with { Cluster = ClusterBy.Voter });
        for (int k = 0; k < 36; k++)
        {
            Assert.Equal(plain.Covariance![k], clustered.Covariance![k], 1e-8);
        }

        Assert.Equal(600, clustered.Evidence.Clusters);
    }

    [Fact]
    public void Fit_Slates_AreOneObservationEachAsSamplesAre()
    {
        // the same evidence as scores and as ballots: estimates agree, and so does the covariance
        ScoreMatrix scores = Boards.Of(Boards.Random(5, 4, 120));
        var builder = new BallotsBuilder(4);
        for (int s = 0; s < scores.Samples; s++)
        {
            int[] right = [.. Enumerable.Range(0, 4).Where(i => scores.Row(i)[s] > 0)], wrong = [.. Enumerable.Range(0, 4).Except(right)];
            builder.AddTiers(right, wrong);
        }

        Standings fromScores = BradleyTerry.Fit(scores, Quick), fromBallots = BradleyTerry.Fit(builder.ToBallots(), Quick);
        for (int k = 0; k < 16; k++)
        {
            Assert.Equal(fromScores.Covariance![k], fromBallots.Covariance![k], 1e-6);
        }

        Assert.Equal(fromScores.Evidence, fromBallots.Evidence);
        Assert.Equal(fromScores.Competitors.Select(c => (c.Evidence, Math.Round(c.Rating, 6))), fromBallots.Competitors.Select(c => (c.Evidence, Math.Round(c.Rating, 6))));
    }

    [Fact]
    public void Fit_UnorderedTier_SaysNothingAboutItsMembers()
    {
        var choices = new BallotsBuilder(3);
        var pairs = new BallotsBuilder(3);
        foreach (int best in (int[])[0, 0, 0, 1, 1, 2])
        {
            int[] others = [.. Enumerable.Range(0, 3).Where(i => i != best)];
            choices.AddTopOne(best, others);
            pairs.AddPair(best, others[0], PairOutcome.FirstWins);
            pairs.AddPair(best, others[1], PairOutcome.FirstWins);
        }

        Standings a = BradleyTerry.Fit(choices.ToBallots(), Quick), b = BradleyTerry.Fit(pairs.ToBallots(), Quick);
        Assert.Equal(a.Competitors.Select(c => Math.Round(c.Rating, 8)), b.Competitors.Select(c => Math.Round(c.Rating, 8)));
        Assert.Equal((6, 12), (a.Evidence.Observations, b.Evidence.Observations));
    }

    [Fact]
    public void Fit_Anchored_PutsTheAnchorAt1000AndKeepsDifferences()
    {
        Ballots ballots = PairVotes.Of(4);
        Standings mean = BradleyTerry.Fit(ballots, Quick), anchored = BradleyTerry.Fit(ballots, Quick with { Anchor = 2 });
        Standing anchor = anchored.Competitors[2];
        Assert.Equal((1000.0, 0.0), (anchor.Rating, anchor.StandardError));
        Assert.Equal(mean.Pairs[0, 2].Difference, anchored.Competitors[0].Rating - 1000, 8);
        Assert.Equal(mean.Pairs[0, 2].StandardError, anchored.Competitors[0].StandardError, 8);
        Assert.Equal(mean.Pairs[0, 5].High, anchored.Pairs[0, 5].High, 6);
        Assert.Throws<ArgumentOutOfRangeException>(() => BradleyTerry.Fit(ballots, Quick with { Anchor = 6 }));
    }

    [Fact]
    public void Fit_OneVoter_GivesRatingsWithoutIntervals()
    {
        Standings standings = BradleyTerry.Fit(PairVotes.Map(PairVotes.Of(5), i => i, voter: _ => 0), Quick with { Cluster = ClusterBy.Voter });
        Assert.Equal((IntervalKind.None, 1), (standings.Intervals, standings.Evidence.Clusters));
        Assert.Contains(standings.Diagnostics.Notes, n => n.Contains("single cluster", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_ManyCompetitors_AgreesWithMinoriseMaximise()
    {
        // past the size from which steps come from conjugate gradients
        Ballots ballots = PairVotes.Of(6, competitors: 270, votes: 12_000, tie: 0.5);
        var options = new BradleyTerryOptions { PriorTies = 0.01, Rounds = 8 };
        Standings newton = BradleyTerry.Fit(ballots, options);
        Standings slow = BradleyTerry.Fit(ballots, options with { Solver = BradleyTerrySolver.MinoriseMaximise, Tolerance = 1e-8 });
        Assert.Equal(StopReason.Converged, newton.Diagnostics.Reason);
        Assert.True(newton.Diagnostics.Iterations < 12);
        Assert.True(newton.Competitors.Zip(slow.Competitors).All(p => Math.Abs(p.First.Rating - p.Second.Rating) < 1e-3));
    }

    [Fact]
    public void Continue_AfterABatch_EndsWhereARefitDoes()
    {
        Ballots ballots = PairVotes.Of(7);
        PairwiseTally tally = Tally(ballots.Select([.. Enumerable.Range(0, 500)]));
        double[] ratings = [.. BradleyTerry.Fit(tally, Quick).Competitors.Select(c => c.Rating)];
        tally.Add(ballots.Select([.. Enumerable.Range(500, 100)]));
        BradleyTerry.Continue(tally, ratings, steps: 2);
        Assert.All(BradleyTerry.Fit(tally, Quick).Competitors, c => Assert.Equal(c.Rating, ratings[c.Index], 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BradleyTerry.Continue(tally, new double[5]));
        Assert.Throws<ArgumentException>(() => BradleyTerry.Continue(tally, [0, 0, 0, 0, 0, double.NaN]));
    }

    [Fact]
    public void TryFit_WhatHasNoFit_IsDiagnosed()
    {
        Assert.IsType<Diagnosis.OneCompetitor>(Why(1, _ => { }));
        Assert.IsType<Diagnosis.NoBallots>(Why(2, _ => { }));
        Assert.IsType<Diagnosis.NoBallots>(Why(2, b => b.AddPair(0, 1, PairOutcome.FirstWins, new BallotDetails(0))));
        Assert.Equal([2], Assert.IsType<Diagnosis.Unvoted>(Why(3, b => b.AddPair(0, 1, PairOutcome.Tie))).Competitors);
        Assert.IsType<Diagnosis.OnlyTies>(Why(2, b => b.AddPair(0, 1, PairOutcome.BothBad)));
        Assert.Equal([0], Assert.IsType<Diagnosis.Separable>(Why(2, b => b.AddPair(0, 1, PairOutcome.FirstWins))).NeverLost);
        Assert.IsType<Diagnosis.Disconnected>(Why(4, b =>
        {
            b.AddPair(0, 1, PairOutcome.FirstWins);
            b.AddPair(2, 3, PairOutcome.FirstWins);
        }));
        Assert.Throws<ArgumentException>(() => BradleyTerry.Fit(Tally(PairVotes.Of(8)), Quick with { Cluster = ClusterBy.Voter }));
    }

    [Fact]
    public void Fit_AnyNumberOfThreads_GivesTheSame()
    {
        Ballots ballots = PairVotes.Of(9, competitors: 30, votes: 3000);
        Standings one = BradleyTerry.Fit(ballots, Quick with { Cluster = Both, MaxDegreeOfParallelism = 1 });
        Standings four = BradleyTerry.Fit(ballots, Quick with { Cluster = Both, MaxDegreeOfParallelism = 4 });
        Assert.Equal(one.Competitors, four.Competitors);
        Assert.Equal(one.Diagnostics.CriticalValue, four.Diagnostics.CriticalValue);
    }

    private static Diagnosis Why(int competitors, Action<BallotsBuilder> add)
    {
        var builder = new BallotsBuilder(competitors);
        add(builder);
        Assert.False(BradleyTerry.TryFit(builder.ToBallots(), null, out Standings? standings, out Diagnosis? diagnosis));
        Assert.Null(standings);
        return diagnosis;
    }

    private static PairwiseTally Tally(Ballots ballots)
    {
        var tally = new PairwiseTally(ballots.Competitors);
        tally.Add(ballots);
        return tally;
    }

    private static void Add(BallotsBuilder builder, int times, PairOutcome outcome)
    {
        for (int k = 0; k < times; k++)
        {
            builder.AddPair(0, 1, outcome);
        }
    }

    private static double Squares(ICollection<double[]> sums, int competitor) => sums.Sum(u => u[3 + competitor] * u[3 + competitor]);

    private static double[] Of<T>(Dictionary<T, double[]> sums, T key)
        where T : notnull
    {
        if (!sums.TryGetValue(key, out double[]? sum))
        {
            sums[key] = sum = new double[6];
        }

        return sum;
    }

    private static double[] Outer(ICollection<double[]> sums) =>
        [.. Enumerable.Range(0, 9).Select(k => sums.Sum(u => u[k / 3] * u[k % 3]))];

    private static void Same(Standings expected, Standings actual)
    {
        Assert.Equal(expected.Evidence, actual.Evidence);
        foreach ((Standing a, Standing b) in expected.Competitors.Zip(actual.Competitors))
        {
            Assert.Equal(a.Rating, b.Rating, 1e-9);
            Assert.Equal(a.StandardError, b.StandardError, 1e-9);
            Assert.Equal(a.Evidence, b.Evidence);
        }
    }

    [Fact]
    public void TryFit_NoCompetitors_IsDiagnosed()
    {
        Assert.False(BradleyTerry.TryFit(0, () => [], null, out _, out Diagnosis? diagnosis));
        Assert.IsType<Diagnosis.NoCompetitors>(diagnosis);
    }
}
