using Arena.Ranking.Listwise;
using Arena.Ranking.Resampling;
using Arena.Ranking.Tests.Support;
using Xunit;

namespace Arena.Ranking.Tests.Listwise;

public sealed class DavidsonLuceTests
{
    private static readonly PlackettLuceOptions Quick = new() { Ties = PlackettLuceTies.DavidsonLuce, Rounds = 100 };
    private static readonly double[] Theta = [0.9, -0.4, 0.3, -0.8];
    private static readonly double[] Delta = [1, 0.6, 0.25, 0.1];

    [Theory]
    [InlineData(2, 2, 3)]
    [InlineData(3, 2, 12)]
    [InlineData(3, 3, 13)]
    [InlineData(4, 2, 66)]
    [InlineData(4, 4, 75)]
    public void Evaluate_EveryWeakOrder_HasTheProbabilityOfEnumeratedSetsAndTheyAddUpToOne(int competitors, int most, int orders)
    {
        int[][][] all = [.. WeakOrders([.. Enumerable.Range(0, competitors)], most)];
        DavidsonLuceLikelihood model = Of(competitors, all);
        double[] x = At(model, Theta[..competitors], Delta);
        double sum = 0;
        for (int b = 0; b < all.Length; b++)
        {
            double expected = EnumeratedTies.Probability(all[b], Theta, Delta.AsSpan(0, most));
            Assert.Equal(expected, Math.Exp(model.Evaluate(b, x, default, default)), 1e-13);
            sum += expected;
        }

        Assert.Equal(orders, all.Length);
        Assert.Equal(1, sum, 1e-12);
    }

    [Fact]
    public void Evaluate_Derivatives_AreThoseOfTheValue()
    {
        // slates of different lengths, so that some orders do not fit into every choice
        int[][][] ballots = [[[0, 1], [2], [3]], [[2], [0, 3, 1]], [[1], [3]], [[0, 1, 2, 3]], [[3], [0, 2]], [[2, 3]]];
        DavidsonLuceLikelihood model = Of(4, ballots);
        double[] x = At(model, Theta, Delta);
        const double Step = 1e-5;
        for (int b = 0; b < ballots.Length; b++)
        {
            var touched = new int[model.MostTouched];
            int count = model.Touched(b, touched);
            double[] gradient = new double[count], curvature = new double[count * count], up = new double[count], down = new double[count];
            model.Evaluate(b, x, gradient, curvature);
            for (int p = 0; p < count; p++)
            {
                double above = model.Evaluate(b, Moved(touched[p], Step), up, default), below = model.Evaluate(b, Moved(touched[p], -Step), down, default);
                Assert.Equal((above - below) / (2 * Step), gradient[p], 1e-8);
                for (int q = 0; q < count; q++)
                {
                    Assert.Equal(-(up[q] - down[q]) / (2 * Step), curvature[p * count + q], 1e-8);
                }
            }
        }

        double[] Moved(int parameter, double by) => [.. x.Select((value, k) => k == parameter ? value + by : value)];
    }

    [Fact]
    public void Fit_Pairs_IsDavidson()
    {
        Ballots votes = SimulatedVotes.Pairs(5, SimulatedVotes.Strengths, 600, ties: 0.25, details: v => new BallotDetails(1 + v % 3));
        Standings expected = Davidson.Fit(votes, new DavidsonOptions { Rounds = 100 });
        Standings fit = PlackettLuce.Fit(votes, Quick);
        Assert.All(expected.Competitors.Zip(fit.Competitors), pair =>
        {
            Assert.Equal(pair.First.Rating, pair.Second.Rating, 1e-8);
            Assert.Equal(pair.First.StandardError, pair.Second.StandardError, 1e-8);
            Assert.Equal(pair.First.Low, pair.Second.Low, 1e-8);
            Assert.Equal((pair.First.RankLow, pair.First.RankHigh), (pair.Second.RankLow, pair.Second.RankHigh));
        });
        (Coefficient nu, Coefficient delta) = (expected.Coefficients.Single(), fit.Coefficients.Single());
        Assert.Equal("delta_2", delta.Name);
        Assert.Equal(nu.Value, delta.Value, 1e-8);
        Assert.Equal((nu.Low, nu.High), (delta.Low, delta.High), (a, b) => Math.Abs(a.Low - b.Low) < 1e-8 && Math.Abs(a.High - b.High) < 1e-8);
    }

    [Fact]
    public void Fit_PairsWithARidge_IsDavidsonAtTwiceThePenalty()
    {
        Ballots votes = SimulatedVotes.Pairs(5, SimulatedVotes.Strengths, 60, ties: 0.25);
        Standings expected = Davidson.Fit(votes, new DavidsonOptions { Rounds = 100, Ridge = 0.6 });
        Standings fit = PlackettLuce.Fit(votes, Quick with { Ridge = 0.3 });
        Assert.Equal(expected.Competitors.Select(c => c.Rating), fit.Competitors.Select(c => c.Rating), (a, b) => Math.Abs(a - b) < 1e-8);
        Assert.Equal(expected.Coefficients[0].Value, fit.Coefficients[0].Value, 1e-8);
    }

    [Fact]
    public void Fit_BallotsOfTheModel_RecoversStrengthsAndTieParameters()
    {
        double[] theta = SimulatedBallots.Spread(7, 1.2), delta = [1, 0.5, 0.2];
        Ballots ballots = EnumeratedTies.Draw(theta, delta, 3000, slate: 4, seed: 3);
        Standings fit = PlackettLuce.Fit(ballots, Quick);
        for (int i = 0; i < theta.Length; i++)
        {
            double error = fit.Competitors[i].Offset * Math.Log(10) / 400 - theta[i], deviation = fit.Competitors[i].StandardError * Math.Log(10) / 400;
            Assert.InRange(deviation, 0.01, 0.1);
            Assert.True(Math.Abs(error) < 3.5 * deviation, $"competitor {i} is {error / deviation:F1} standard errors off");
        }

        // two estimates at level 1 − 1e-3
        Standings wide = PlackettLuce.Fit(ballots, Quick with { Confidence = 0.999 });
        Assert.Equal(["delta_2", "delta_3"], wide.Coefficients.Select(c => c.Name));
        Assert.InRange(delta[1], wide.Coefficients[0].Low, wide.Coefficients[0].High);
        Assert.InRange(delta[2], wide.Coefficients[1].Low, wide.Coefficients[1].High);
        Assert.InRange(wide.Coefficients[0].High / wide.Coefficients[0].Low, 1.05, 1.5);
    }

    [Fact]
    public void Fit_BallotsResampled_SpreadAsTheSandwichSays()
    {
        Ballots ballots = EnumeratedTies.Draw(SimulatedBallots.Spread(5, 1), [1, 0.6, 0.2], 400, slate: 3, seed: 8);
        Standings fit = PlackettLuce.Fit(ballots, Quick with { Confidence = 0.6827 });
        const int Rounds = 150;
        var ratings = new double[Rounds];
        var ties = new double[Rounds];
        for (int r = 0; r < Rounds; r++)
        {
            Standings again = PlackettLuce.Fit(ballots.Select(Boards.Draw(ballots.Count, (ulong)r + 1)), Quick with { Rounds = 1 });
            (ratings[r], ties[r]) = (again.Competitors[0].Rating, Math.Log(again.Coefficients[0].Value));
        }

        Assert.InRange(Deviation(ratings) / fit.Competitors[0].StandardError, 0.85, 1.15);
        Assert.InRange(Deviation(ties) / (Math.Log(fit.Coefficients[0].High / fit.Coefficients[0].Low) / 2), 0.85, 1.15);

        static double Deviation(double[] values) => Math.Sqrt(values.Sum(v => (v - values.Average()) * (v - values.Average())) / (values.Length - 1));
    }

    [Fact]
    public void Fit_NoTie_IsPlainPlackettLuce()
    {
        Ballots ballots = SimulatedBallots.Draw(SimulatedBallots.Spread(6, 1), 400, 4, SimulatedBallots.Kept.Everything, seed: 2);
        Standings plain = PlackettLuce.Fit(ballots, new PlackettLuceOptions { Rounds = 100 }), fit = PlackettLuce.Fit(ballots, Quick);
        Assert.All(plain.Competitors.Zip(fit.Competitors), pair =>
        {
            Assert.Equal(pair.First.Rating, pair.Second.Rating, 1e-6);
            Assert.Equal(pair.First.StandardError, pair.Second.StandardError, 1e-6);
        });
        Assert.Equal(new Coefficient("delta_2", 0, 0, double.PositiveInfinity), fit.Coefficients.Single());
        Assert.Single(fit.Diagnostics.Notes);
    }

    [Fact]
    public void Fit_TieOrderNeverSeen_LiesOnItsBoundAndIsNamed()
    {
        Ballots ballots = EnumeratedTies.Draw(SimulatedBallots.Spread(5, 1), [1, 0, 0.3], 300, slate: 4, seed: 4);
        Standings fit = PlackettLuce.Fit(ballots, Quick);
        Assert.Equal(new Coefficient("delta_2", 0, 0, double.PositiveInfinity), fit.Coefficients[0]);
        Assert.InRange(fit.Coefficients[1].Value, 0.15, 0.6);
        Assert.Contains("ties 2 competitors", Assert.Single(fit.Diagnostics.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_LastTierUnordered_AddsNothing()
    {
        var (cut, whole) = (new BallotsBuilder(5), new BallotsBuilder(5));
        Ballots ballots = EnumeratedTies.Draw(SimulatedBallots.Spread(5, 1), [1, 0.5], 400, slate: 4, seed: 6);
        for (int b = 0; b < ballots.Count; b++)
        {
            int[] order = ballots[b].Competitors.ToArray();
            cut.AddTopOne(order[0], order.AsSpan(1));
            whole.AddRanking(order[0], order[1]);
            whole.AddTiers([order[..2], order[2..]], new BallotDetails(), TierKind.Tied);
            cut.AddTiers([order[..2], order[2..]], new BallotDetails(), TierKind.Tied);
            whole.AddTopOne(order[0], order.AsSpan(1));
            cut.AddRanking(order[0], order[1]);
        }

        // the same choices in another order, and a top-one ballot is its first choice alone
        Assert.Equal(PlackettLuce.Fit(whole.ToBallots(), Quick).Competitors.Select(c => c.Rating), PlackettLuce.Fit(cut.ToBallots(), Quick).Competitors.Select(c => c.Rating), (a, b) => Math.Abs(a - b) < 1e-6);
        DavidsonLuceLikelihood model = Of(4, [[[0, 1]]], builder => builder.AddTopOne(2, 0, 1, 3));
        double[] x = At(model, Theta, Delta);
        double all = Enumerable.Range(0, 4).Sum(i => Math.Exp(Theta[i])) + Delta[1] * Enumerable.Range(0, 4).Sum(i => Enumerable.Range(i + 1, 3 - i).Sum(j => Math.Exp((Theta[i] + Theta[j]) / 2)));
        Assert.Equal(Theta[2] - Math.Log(all), model.Evaluate(1, x, default, default), 1e-12);
    }

    [Fact]
    public void TryFit_WithoutAnAnswer_SaysWhy()
    {
        Diagnose<Diagnosis.OneCompetitor>(1, b => b.AddRanking(0));
        Diagnose<Diagnosis.NoBallots>(3, _ => { });
        Diagnose<Diagnosis.OnlyTies>(2, b => b.AddTiers([[0, 1]]));
        Diagnose<Diagnosis.Unvoted>(3, b => b.AddTiers([[0, 1]]));
        Diagnose<Diagnosis.Separable>(3, b => b.AddRanking(0, 1, 2));
        // two always tie, whoever is shown: the tie parameter has no bound
        Diagnose<Diagnosis.NoFiniteMaximum>(3, b =>
        {
            b.AddTiers([[0, 1], [2]]);
            b.AddTiers([[1, 2], [0]]);
            b.AddTiers([[2, 0], [1]]);
        });
        var unsuitable = Diagnose<Diagnosis.UnsuitableBallot>(4, b =>
        {
            b.AddRanking(0, 1);
            b.AddBestWorst(0, [1, 2], 3, new BallotDetails());
        });
        Assert.Equal(1, unsuitable.Ballot);
        Diagnose<Diagnosis.UnsuitableBallot>(70, b => b.AddTiers([[.. Enumerable.Range(0, 65)], [66]]));
    }

    [Fact]
    public void Fit_RidgeOnSeparableBallots_IsFinite()
    {
        var builder = new BallotsBuilder(4);
        builder.AddRanking(0, 1, 2, 3);
        builder.AddTiers([[0, 1], [2, 3]]);
        Standings fit = PlackettLuce.Fit(builder.ToBallots(), Quick with { Ridge = 0.1 });
        Assert.True(fit.Diagnostics.Converged);
        Assert.All(fit.Competitors, c => Assert.True(double.IsFinite(c.Rating) && double.IsFinite(c.Low) && double.IsFinite(c.High)));
        Assert.Equal((0, 3), (fit.Order[0], fit.Order[^1]));
        var ties = new BallotsBuilder(2);
        ties.AddTiers([[0, 1]]);
        Assert.False(PlackettLuce.TryFit(ties.ToBallots(), Quick with { Ridge = 1 }, out _, out Diagnosis? diagnosis));
        Assert.IsType<Diagnosis.OnlyTies>(diagnosis);
    }

    [Fact]
    public void Fit_ManyTiedAndStrengthsFarApart_StaysFinite()
    {
        var random = new Xoshiro256(5, 0);
        var builder = new BallotsBuilder(30);
        for (int b = 0; b < 4; b++)
        {
            int[] order = SimulatedBallots.Order(SimulatedBallots.Spread(30, 8), 30, ref random);
            builder.AddTiers([order[..(18 + b % 2)], order[(18 + b % 2)..27], order[27..]]);
            builder.AddRanking(order);
        }

        Standings fit = PlackettLuce.Fit(builder.ToBallots(), Quick with { Ridge = 1e-3 });
        Assert.All(fit.Competitors, c => Assert.True(double.IsFinite(c.Rating)));
        Assert.All(fit.Coefficients, c => Assert.True(double.IsFinite(c.Value)));
    }

    [Fact]
    public void Fit_OptionsItDoesNotKnow_Throw()
    {
        Ballots ballots = EnumeratedTies.Draw(SimulatedBallots.Spread(4, 1), [1, 0.5], 100, slate: 3, seed: 1);
        Assert.Throws<ArgumentException>(() => PlackettLuce.Fit(ballots, Quick with { PriorTies = 1 }));
        Assert.Throws<ArgumentException>(() => PlackettLuce.Fit(ballots, Quick with { Solver = PlackettLuceSolver.Spectral }));
        Assert.Throws<ArgumentException>(() => PlackettLuce.Fit(ballots, Quick with { StartRatings = [1] }));
    }

    [Fact]
    public void Fit_TooFewIterations_SaysSoAndGivesNoIntervals()
    {
        Ballots ballots = EnumeratedTies.Draw(SimulatedBallots.Spread(4, 1), [1, 0.5], 300, slate: 3, seed: 1);
        Standings fit = PlackettLuce.Fit(ballots, Quick with { MaxIterations = 1 });
        Assert.Equal((StopReason.IterationLimit, IntervalKind.None), (fit.Diagnostics.Reason, fit.Intervals));
        Standings whole = PlackettLuce.Fit(ballots, Quick);
        Standings again = PlackettLuce.Fit(ballots, Quick with { StartRatings = [.. whole.Competitors.Select(c => c.Rating)] });
        Assert.True(again.Diagnostics.Iterations <= whole.Diagnostics.Iterations);
        Assert.All(whole.Competitors, c => Assert.Equal(c.Rating, again.Competitors[c.Index].Rating, 1e-7));
    }

    [Fact]
    public void Fit_EveryBallotTwiceByItsVoter_KeepsTheErrorsWhenClustered()
    {
        Ballots once = EnumeratedTies.Draw(SimulatedBallots.Spread(5, 1), [1, 0.5], 300, slate: 3, seed: 9);
        Ballots twice = once.Select([.. Enumerable.Range(0, once.Count), .. Enumerable.Range(0, once.Count)]);
        PlackettLuceOptions byVoter = Quick with { Cluster = ClusterBy.Voter };
        Standings a = PlackettLuce.Fit(once, byVoter), b = PlackettLuce.Fit(twice, byVoter), naive = PlackettLuce.Fit(twice, Quick);
        Assert.Equal((600, 300), (b.Evidence.Observations, b.Evidence.Clusters));
        Assert.Equal(a.Competitors[0].StandardError, b.Competitors[0].StandardError, 1e-6);
        Assert.Equal(a.Coefficients[0].High, b.Coefficients[0].High, 1e-6);
        Assert.True(naive.Competitors[0].StandardError < 0.8 * b.Competitors[0].StandardError);
    }

    private static T Diagnose<T>(int competitors, Action<BallotsBuilder> add)
        where T : Diagnosis
    {
        var builder = new BallotsBuilder(competitors);
        add(builder);
        Assert.False(PlackettLuce.TryFit(builder.ToBallots(), Quick, out Standings? standings, out Diagnosis? diagnosis));
        Assert.Null(standings);
        return Assert.IsType<T>(diagnosis);
    }

    private static DavidsonLuceLikelihood Of(int competitors, int[][][] ballots, Action<BallotsBuilder>? more = null)
    {
        var builder = new BallotsBuilder(competitors);
        foreach (int[][] tiers in ballots)
        {
            builder.AddTiers(tiers);
        }

        more?.Invoke(builder);
        return new DavidsonLuceLikelihood(RankedBallots.Of(builder.ToBallots()));
    }

    private static double[] At(DavidsonLuceLikelihood model, double[] theta, double[] delta) =>
        [.. theta, .. model.TieOrders.Select((d, k) => Math.Log(delta[d - 1]) - model.Usual[k])];

    /// <summary>All ways to place members in tiers of at most so many.</summary>
    private static IEnumerable<int[][]> WeakOrders(int[] members, int most) => members.Length == 0
        ? [[]]
        : EnumeratedTies.Sets(members, most).SelectMany(top => WeakOrders([.. members.Except(top)], most).Select(rest => (int[][])[top, .. rest]));
}
