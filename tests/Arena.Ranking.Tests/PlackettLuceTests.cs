using Arena.Ranking.Resampling;
using Arena.Ranking.Tests.Golden;
using Arena.Ranking.Tests.Listwise;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class PlackettLuceTests
{
    private static readonly PlackettLuceOptions Quick = new() { Rounds = 200 };

    [Theory]
    [InlineData(SimulatedBallots.Kept.Everything, 4)]
    [InlineData(SimulatedBallots.Kept.Best, 5)]
    [InlineData(SimulatedBallots.Kept.BestAndWorst, 4)]
    [InlineData(SimulatedBallots.Kept.BestAndWorst, 6)]
    [InlineData(SimulatedBallots.Kept.BetterHalf, 8)]
    [InlineData(SimulatedBallots.Kept.BestAndWorst, 7, 400)]
    internal void Fit_BallotsOfPlackettLuce_RecoversTheStrengths(SimulatedBallots.Kept kept, int slate, int ballots = 2000)
    {
        double[] theta = SimulatedBallots.Spread(8, 1.5);
        Standings fit = PlackettLuce.Fit(SimulatedBallots.Draw(theta, ballots, slate, kept, seed: 7), Quick);
        for (int i = 0; i < theta.Length; i++)
        {
            double error = fit.Competitors[i].Offset * Math.Log(10) / 400 - theta[i];
            double deviation = fit.Competitors[i].StandardError * Math.Log(10) / 400;
            Assert.InRange(deviation, 0.01, 0.2);
            Assert.True(Math.Abs(error) < 3.5 * deviation, $"{kept}: competitor {i} is {error / deviation:F1} standard errors off");
        }
    }

    [Fact]
    public void Fit_MiddleTakenAsTied_DoesNotRecoverTheStrengths()
    {
        // the counterexample: the same best-worst ballots with the middle called a tie
        double[] theta = SimulatedBallots.Spread(8, 1.5);
        Ballots ballots = SimulatedBallots.Draw(theta, 4000, 6, SimulatedBallots.Kept.BestAndWorst, seed: 7);
        var builder = new BallotsBuilder(theta.Length);
        for (int b = 0; b < ballots.Count; b++)
        {
            int[] all = ballots[b].Competitors.ToArray();
            builder.AddTiers([[all[0]], all[1..^1], [all[^1]]]);
        }

        double[] fitted = LogStrengths.Of(builder.ToBallots(), Quick);
        Assert.True(fitted[^1] - fitted[0] < 0.8 * (theta[^1] - theta[0]));
    }

    [Theory]
    [InlineData(PlackettLuceSolver.MinoriseMaximise, false)]
    [InlineData(PlackettLuceSolver.MinoriseMaximise, true)]
    [InlineData(PlackettLuceSolver.Spectral, false)]
    [InlineData(PlackettLuceSolver.Spectral, true)]
    public void Fit_EverySolver_EndsAtTheSamePlace(PlackettLuceSolver solver, bool prior)
    {
        Ballots ballots = Mixed(600, 3);
        PlackettLuceOptions options = Quick with { PriorTies = prior ? 0.3 : 0, Tolerance = 1e-10 };
        double[] newton = LogStrengths.Of(ballots, options with { Solver = PlackettLuceSolver.Newton });
        Assert.Equal(newton, LogStrengths.Of(ballots, options with { Solver = solver }), (a, b) => Math.Abs(a - b) < 1e-7);
    }

    [Fact]
    public void Fit_Maximum_IsNoLowerThanItsSurroundings()
    {
        Ballots ballots = Mixed(300, 5);
        double[] ratings = [.. PlackettLuce.Fit(ballots, Quick).Competitors.Select(c => c.Rating)];
        double most = PlackettLuce.LogLikelihood(ballots, ratings);
        for (int i = 0; i < ratings.Length; i++)
        {
            foreach (double by in new[] { -1.0, 1.0 })
            {
                Assert.True(PlackettLuce.LogLikelihood(ballots, [.. ratings.Select((r, k) => k == i ? r + by : r)]) < most);
            }
        }
    }

    [Fact]
    public void LogLikelihood_TiedTiers_IsEfronsByHand()
    {
        // 0, 1 and 2 judged equal, above 3 and 4, judged equal
        var builder = new BallotsBuilder(5);
        builder.AddTiers([0, 1, 2], [3, 4]);
        double[] theta = [0.7, -0.2, 0.1, 0.4, -1.0];
        double[] w = Array.ConvertAll(theta, Math.Exp);
        double above = w[0] + w[1] + w[2], below = w[3] + w[4];
        double expected = theta[0] + theta[1] + theta[2] - Math.Log(below + above) - Math.Log(below + above * 2 / 3) - Math.Log(below + above / 3)
            + (theta[3] + theta[4]) / 2 - Math.Log(below);
        Assert.Equal(expected, PlackettLuce.LogLikelihood(builder.ToBallots(), [.. theta.Select(t => 1000 + EloScale.Unit * t)]), 1e-12);
    }

    [Fact]
    public void Fit_Pairs_IsBradleyTerryWithTiesHalfAWinEach()
    {
        float[][] rows = Boards.Random(5, 6, 200, missing: 0.3);
        Standings expected = BradleyTerry.Fit(Boards.Of(rows), new BradleyTerryOptions { Rounds = 1 });
        var builder = new BallotsBuilder(rows.Length);
        for (int s = 0; s < rows[0].Length; s++)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                for (int j = i + 1; j < rows.Length; j++)
                {
                    if (!float.IsNaN(rows[i][s] - rows[j][s]))
                    {
                        builder.AddPair(i, j, rows[i][s] > rows[j][s] ? PairOutcome.FirstWins : rows[i][s] < rows[j][s] ? PairOutcome.SecondWins : PairOutcome.Tie, new BallotDetails(Prompt: s));
                    }
                }
            }
        }

        Standings fit = PlackettLuce.Fit(builder.ToBallots(), Quick with { Cluster = ClusterBy.Prompt });
        foreach ((Standing a, Standing b) in expected.Competitors.Zip(fit.Competitors))
        {
            Assert.Equal(a.Rating, b.Rating, 5);
            // pairs clustered by sample: the same covariance by another road, up to what is made up for few clusters
            Assert.InRange(b.StandardError / a.StandardError, 1, 1 + 1.0 / fit.Evidence.Clusters);
        }

        Assert.Equal(IntervalKind.ClusterSandwich, fit.Intervals);
    }

    [Fact]
    public void Fit_BallotsResampled_SpreadAsTheSandwichSays()
    {
        Ballots ballots = Mixed(400, 11);
        Standings fit = PlackettLuce.Fit(ballots, Quick);
        const int Rounds = 150;
        var sums = new double[8];
        var squares = new double[8];
        for (int r = 0; r < Rounds; r++)
        {
            Standings again = PlackettLuce.Fit(
                ballots.Select(Boards.Draw(ballots.Count, (ulong)r + 1)),
                new PlackettLuceOptions { Rounds = 1, StartRatings = [.. fit.Competitors.Select(c => c.Rating)] });
            for (int i = 0; i < 8; i++)
            {
                sums[i] += again.Competitors[i].Rating / Rounds;
                squares[i] += again.Competitors[i].Rating * again.Competitors[i].Rating / Rounds;
            }
        }

        double ratio = Enumerable.Range(0, 8).Average(i => Math.Sqrt(squares[i] - sums[i] * sums[i]) / fit.Competitors[i].StandardError);
        Assert.InRange(ratio, 0.9, 1.1);
    }

    [Fact]
    public void Fit_BallotsOfAVoterRepeated_WidensIntervalsOnlyWhenClustered()
    {
        Ballots once = SimulatedBallots.Draw(SimulatedBallots.Spread(5, 1), 300, 3, SimulatedBallots.Kept.Everything, seed: 3);
        var builder = new BallotsBuilder(5);
        for (int copy = 0; copy < 4; copy++)
        {
            for (int b = 0; b < once.Count; b++)
            {
                builder.AddRanking(once[b].Competitors, new BallotDetails(Voter: b));
            }
        }

        double single = PlackettLuce.Fit(once, Quick).Competitors[0].StandardError;
        Standings clustered = PlackettLuce.Fit(builder.ToBallots(), Quick with { Cluster = ClusterBy.Voter });
        Standings naive = PlackettLuce.Fit(builder.ToBallots(), Quick);
        Assert.InRange(clustered.Competitors[0].StandardError / single, 1, 1 + 1.0 / 300);
        Assert.InRange(naive.Competitors[0].StandardError / (single / 2), 1 - 1.0 / 300, 1);
        Assert.Equal((1200, 300), (clustered.Evidence.Observations, clustered.Evidence.Clusters));
        Assert.Equal(IntervalKind.Sandwich, naive.Intervals);
    }

    [Fact]
    public void Fit_VotersAndPrompts_AddUpLessTheirOverlap()
    {
        Ballots ballots = WithVotersAndPrompts(900);
        double Variance(ClusterBy by) => PlackettLuce.Fit(ballots, Quick with { Cluster = by }).Covariance![0];
        // every ballot is the only one of its voter on its prompt, so the overlap is the ballots themselves; up to what is made up for few clusters
        double sum = Variance(ClusterBy.Voter) + Variance(ClusterBy.Prompt) - Variance(ClusterBy.None);
        Assert.InRange(Variance(ClusterBy.Voter | ClusterBy.Prompt) / sum, 0.99, 1.01);
    }

    [Fact]
    public void Fit_ContinuedFromTheLastBoard_IsWhereARefitIs()
    {
        Ballots before = SimulatedBallots.Draw(SimulatedBallots.Spread(12, 1.5), 2000, 4, SimulatedBallots.Kept.Everything, seed: 1);
        Ballots more = SimulatedBallots.Draw(SimulatedBallots.Spread(12, 1.5), 100, 4, SimulatedBallots.Kept.Everything, seed: 2);
        var builder = new BallotsBuilder(12);
        foreach (Ballots part in new[] { before, more })
        {
            for (int b = 0; b < part.Count; b++)
            {
                builder.AddRanking(part[b].Competitors);
            }
        }

        Ballots all = builder.ToBallots();
        double[] board = [.. PlackettLuce.Fit(before, Quick).Competitors.Select(c => c.Rating)];
        Standings live = PlackettLuce.Fit(all, Quick with { StartRatings = board, MaxIterations = 2 });
        Standings refit = PlackettLuce.Fit(all, Quick);
        Assert.True(live.Diagnostics.Iterations < refit.Diagnostics.Iterations);
        Assert.All(live.Competitors, c => Assert.InRange(c.Rating - refit.Competitors[c.Index].Rating, -0.1, 0.1));
    }

    [Fact]
    public void Fit_ManyBallots_EndsWhereAStartAtTheMeanEnds()
    {
        Ballots ballots = SimulatedBallots.Draw(SimulatedBallots.Spread(6, 1.5), 20_000, 3, SimulatedBallots.Kept.Everything, seed: 12);
        Standings rough = PlackettLuce.Fit(ballots, Quick);
        Standings plain = PlackettLuce.Fit(ballots, Quick with { StartRatings = [.. Enumerable.Repeat(double.NaN, 6)] });
        Assert.True(rough.Diagnostics.Iterations < plain.Diagnostics.Iterations);
        Assert.All(plain.Competitors, c => Assert.Equal(c.Rating, rough.Competitors[c.Index].Rating, 4));
    }

    [Fact]
    public void Fit_AnyNumberOfThreads_GivesTheSameBits()
    {
        Ballots ballots = SimulatedBallots.Draw(SimulatedBallots.Spread(20, 2), 6000, 4, SimulatedBallots.Kept.BestAndWorst, seed: 4, voters: 40);
        Standings one = PlackettLuce.Fit(ballots, Quick with { MaxDegreeOfParallelism = 1 });
        Standings many = PlackettLuce.Fit(ballots, Quick with { MaxDegreeOfParallelism = 5 });
        Assert.Equal(one.Competitors, many.Competitors);
        Assert.Equal(one.Covariance!, many.Covariance!);
    }

    [Fact]
    public void Fit_StartRatingsOrPriorsThatDoNotFit_Throw()
    {
        Ballots ballots = Mixed(50, 1);
        Assert.Throws<ArgumentException>(() => PlackettLuce.Fit(ballots, Quick with { StartRatings = [1, 2] }));
        Assert.Throws<ArgumentException>(() => PlackettLuce.Fit(ballots, Quick with { StartRatings = [.. Enumerable.Repeat(double.PositiveInfinity, 8)] }));
        Assert.Throws<ArgumentException>(() => PlackettLuce.Fit(ballots, Quick with { Ridge = 1, Solver = PlackettLuceSolver.Spectral }));
        Assert.Throws<ArgumentException>(() => PlackettLuce.Fit(ballots, Quick with { SpectralAlpha = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quick with { PriorTies = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => Quick with { Tolerance = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Quick with { MaxIterations = 0 });
        Assert.Throws<ArgumentException>(() => PlackettLuce.LogLikelihood(ballots, [1]));
        Assert.Throws<ArgumentException>(() => PlackettLuce.LogLikelihood(ballots, [.. Enumerable.Repeat(double.NaN, 8)]));
    }

    [Fact]
    public void TryFit_BallotsWithoutAnAnswer_AreDiagnosed()
    {
        Assert.IsType<Diagnosis.OneCompetitor>(Of(1, b => b.AddRanking(0)));
        Assert.IsType<Diagnosis.NoBallots>(Of(3, _ => { }));
        Assert.IsType<Diagnosis.NoBallots>(Of(3, b => b.AddRanking([0, 1, 2], new BallotDetails(Weight: 0))));
        Assert.IsType<Diagnosis.NoBallots>(Of(3, b => b.AddRanking(1)));
        Assert.Equal([2], Assert.IsType<Diagnosis.Unvoted>(Of(3, b => Swap(b, 0, 1))).Competitors);
        Assert.Equal([[0, 1], [2, 3]], Assert.IsType<Diagnosis.Disconnected>(Of(4, b => Swap(Swap(b, 0, 1), 2, 3))).Components);
        Assert.IsType<Diagnosis.OnlyTies>(Of(3, b => b.AddTiers([[0, 1, 2]])));
        var apart = Assert.IsType<Diagnosis.Separable>(Of(4, b => Swap(b, 1, 2).AddRanking(3, 1, 2, 0)));
        Assert.Equal([[3], [1, 2], [0]], apart.Groups);
        Assert.Equal([3], apart.NeverLost);
        Assert.Equal([0], apart.NeverWon);
    }

    [Fact]
    public void TryFit_OnlyUnorderedTiers_SaysThatNobodyWasCompared() =>
        Assert.Equal([0, 1, 2], Assert.IsType<Diagnosis.Unvoted>(Of(3, b => b.AddTiers([[0, 1, 2]], new BallotDetails(), TierKind.Unordered))).Competitors);

    [Theory]
    [InlineData(PlackettLuceSolver.Newton)]
    [InlineData(PlackettLuceSolver.MinoriseMaximise)]
    [InlineData(PlackettLuceSolver.Spectral)]
    public void Fit_WithPrior_RanksWhatHasNoMaximumLikelihood(PlackettLuceSolver solver)
    {
        var builder = new BallotsBuilder(5);
        builder.AddRanking(0, 1, 2);
        builder.AddTiers([[3, 1]]);
        Standings fit = PlackettLuce.Fit(builder.ToBallots(), Quick with { PriorTies = 0.5, Solver = solver });
        Assert.True(fit.Diagnostics.Converged);
        Assert.All(fit.Competitors, c => Assert.True(double.IsFinite(c.Rating)));
        Assert.All(fit.Competitors.SkipLast(1), c => Assert.True(double.IsFinite(c.Low) && double.IsFinite(c.High)));
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (fit.Competitors[4].Low, fit.Competitors[4].High)); // no vote
        Assert.Equal((0, 2), (fit.Order[0], fit.Order[^1]));
        Assert.NotEmpty(fit.Diagnostics.Notes);
    }

    [Fact]
    public void Fit_NothingThatVaries_HasNoIntervals()
    {
        // one ballot, or the same one again and again: a prior makes ratings, but nothing says how much is chance
        foreach (int copies in new[] { 1, 7 })
        {
            var builder = new BallotsBuilder(3);
            for (int k = 0; k < copies; k++)
            {
                builder.AddRanking(0, 1, 2);
            }

            Standings fit = PlackettLuce.Fit(builder.ToBallots(), Quick with { PriorTies = 0.5 });
            Assert.Equal(IntervalKind.None, fit.Intervals);
            Assert.Equal([0, 1, 2], fit.Order);
            Assert.Contains(fit.Diagnostics.Notes, n => n.Contains("no intervals", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Fit_TooFewIterations_SaysSoAndGivesNoIntervals()
    {
        Standings fit = PlackettLuce.Fit(Mixed(200, 2), Quick with { Solver = PlackettLuceSolver.MinoriseMaximise, MaxIterations = 2 });
        Assert.False(fit.Diagnostics.Converged);
        Assert.Equal(IntervalKind.None, fit.Intervals);
    }

    [Fact]
    public void Fit_RidgeOrStrengthsFarApart_StaysFinite()
    {
        Ballots ballots = SimulatedBallots.Draw(SimulatedBallots.Spread(6, 8), 3000, 5, SimulatedBallots.Kept.BestAndWorst, seed: 6);
        Standings fit = PlackettLuce.Fit(ballots, Quick with { Ridge = 1e-4 });
        Assert.True(fit.Diagnostics.Converged);
        Assert.InRange(fit.Pairs[5, 0].Difference / (16 * 400 / Math.Log(10)), 0.8, 1.2);
    }

    private static BallotsBuilder Swap(BallotsBuilder builder, int first, int second)
    {
        builder.AddRanking(first, second);
        builder.AddRanking(second, first);
        return builder;
    }

    private static Diagnosis Of(int competitors, Action<BallotsBuilder> add)
    {
        var builder = new BallotsBuilder(competitors);
        add(builder);
        Assert.False(PlackettLuce.TryFit(builder.ToBallots(), Quick, out Standings? standings, out Diagnosis? diagnosis));
        Assert.Null(standings);
        Assert.Equal(diagnosis.Message, Assert.Throws<RankingException>(() => PlackettLuce.Fit(builder.ToBallots(), Quick)).Message);
        return diagnosis;
    }

    /// <summary>Full rankings, choices, best-worst ballots and ties among eight.</summary>
    private static Ballots Mixed(int ballots, ulong seed)
    {
        double[] theta = SimulatedBallots.Spread(8, 1.2);
        var builder = new BallotsBuilder(8);
        for (int b = 0; b < ballots; b++)
        {
            var random = new Xoshiro256(seed, (ulong)b);
            int[] order = SimulatedBallots.Order(theta, 3 + b % 4, ref random);
            switch (b % 5)
            {
                case 0:
                    builder.AddTopOne(order[0], order.AsSpan(1));
                    break;
                case 1:
                    builder.AddBestWorst(order[0], order.AsSpan(1..^1), order[^1], new BallotDetails(0.5));
                    break;
                case 2:
                    builder.AddTiers([order[..2], order[2..]]);
                    break;
                case 3:
                    builder.AddTiers([order[..1], order[1..]]);
                    break;
                default:
                    builder.AddRanking(order);
                    break;
            }
        }

        return builder.ToBallots();
    }

    private static Ballots WithVotersAndPrompts(int ballots)
    {
        var builder = new BallotsBuilder(5);
        for (int b = 0; b < ballots; b++)
        {
            var random = new Xoshiro256(9, (ulong)b);
            builder.AddRanking(SimulatedBallots.Order(SimulatedBallots.Spread(5, 1), 3, ref random), new BallotDetails(Voter: b / 30, Prompt: b % 30));
        }

        return builder.ToBallots();
    }
}
