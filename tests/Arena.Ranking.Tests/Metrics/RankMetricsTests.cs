using Arena.Ranking.Metrics;
using Arena.Ranking.Resampling;
using Xunit;

namespace Arena.Ranking.Tests.Metrics;

public sealed class RankMetricsTests
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 9)]
    [InlineData(3, 30)]
    [InlineData(4, 61)]
    public void PairOrder_NumbersWithTies_EqualsCountingAllPairs(ulong seed, int n)
    {
        var random = new Xoshiro256(seed, 0);
        double[] x = [.. Enumerable.Range(0, n).Select(_ => (double)random.NextBelow(6))], y = [.. Enumerable.Range(0, n).Select(_ => (double)random.NextBelow(7))];
        (long c, long d, long tx, long ty, long both) = (0, 0, 0, 0, 0);
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                int sign = x[i].CompareTo(x[j]) * y[i].CompareTo(y[j]);
                (c, d) = (c + (sign > 0 ? 1 : 0), d + (sign < 0 ? 1 : 0));
                (tx, ty) = (tx + (x[i].Equals(x[j]) ? 1 : 0), ty + (y[i].Equals(y[j]) ? 1 : 0));
                both += x[i].Equals(x[j]) && y[i].Equals(y[j]) ? 1 : 0;
            }
        }

        Assert.Equal(new PairOrder(c, d, tx, ty, both), PairOrder.Of(x, y));
        Assert.Equal((long)n * (n - 1) / 2, PairOrder.Of(x, y).Pairs);
    }

    [Fact]
    public void Correlations_OfAListWithItself_AreOneAndNotMore()
    {
        for (int n = 2; n < 60; n++)
        {
            double[] list = [.. Enumerable.Range(0, n).Select(k => Math.Sin(k) + k / 7)];
            foreach (double? correlation in (double?[])[RankCorrelation.KendallTauB(list, list), RankCorrelation.WeightedTau(list, list), RankCorrelation.SomersD(list, list)])
            {
                Assert.InRange(correlation!.Value, 1 - 1e-14, 1);
            }
        }
    }

    [Fact]
    public void Correlations_ConstantOrTooShort_AreNull()
    {
        double[] flat = [2, 2, 2], rising = [1, 2, 3];
        Assert.Null(RankCorrelation.KendallTauB(flat, rising));
        Assert.Null(RankCorrelation.KendallTauC(flat, rising));
        Assert.Null(RankCorrelation.SomersD(rising, flat));
        Assert.Null(RankCorrelation.Spearman(rising, flat));
        Assert.Null(RankCorrelation.Pearson(flat, rising));
        Assert.Null(RankCorrelation.WeightedTau(flat, rising));
        Assert.Null(RankCorrelation.KendallPValue(flat, rising));
        Assert.Null(RankCorrelation.KendallTauA([], []));
        Assert.Null(RankCorrelation.SpearmanPValue([1, 2], [2, 1]));
        Assert.Equal(0, RankCorrelation.KendallTauA(flat, rising));
    }

    [Fact]
    public void Metrics_NaNOrUnequalLengths_Throw()
    {
        Assert.Throws<ArgumentException>(() => RankCorrelation.KendallTauB([1, double.NaN], [1, 2]));
        Assert.Throws<ArgumentException>(() => RankCorrelation.Spearman([1, 2, 3], [1, 2]));
        Assert.Throws<ArgumentException>(() => DiscountedGain.Ndcg([-1, 2], [1, 2]));
        Assert.Throws<ArgumentException>(() => WinRateCalibration.Brier([1.5], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankDistance.TopOverlap([1, 2], [1, 2], 3));
    }

    [Fact]
    public void TopOverlap_TieAcrossTheEdge_SharesThePlaces()
    {
        Assert.Equal(1, RankDistance.TopOverlap([3, 2, 1], [9, 8, 7], 2));
        Assert.Equal(0, RankDistance.TopOverlap([3, 2, 1, 0], [0, 1, 2, 3], 2));
        Assert.Equal(0.75, RankDistance.TopOverlap([3, 2, 1], [9, 8, 8], 2)); // ½ of the second place is the second's
    }

    [Fact]
    public void Distances_ReversedOrder_AreLargest()
    {
        double[] up = [1, 2, 3, 4], down = [4, 3, 2, 1];
        Assert.Equal(6, RankDistance.Inversions(up, down));
        Assert.Equal(1, RankDistance.InversionShare(up, down));
        Assert.Equal(8, RankDistance.Footrule(up, down));
        Assert.Equal(0.5, RankDistance.InversionsWithTies([1, 1, 2], [1, 2, 3]));
        Assert.Equal([4, 3, 2, 1], RankDistance.AverageRanks(up));
    }

    [Fact]
    public void Ndcg_NothingRelevant_IsNullAndPerfectOrderIsOne()
    {
        Assert.Null(DiscountedGain.Ndcg([0, 0], [1, 2]));
        Assert.Equal(1, DiscountedGain.Ndcg([3, 2, 0], [0.9, 0.5, 0.1]));
        Assert.Equal(7 + 3 / Math.Log2(3), DiscountedGain.Dcg([3, 2, 0], [0.9, 0.5, 0.1], 2, Gain.Exponential), 12);
        Assert.Equal(1.5 * (1 + 1 / Math.Log2(3)), DiscountedGain.Dcg([3, 0], [1, 1]), 12);
    }

    [Fact]
    public void RepeatedAnswers_AllSubsetsEnumerated_AgreeWithTheFormulas()
    {
        int[] answers = [7, 7, 3, 3, 5, 7, 9];
        double[] rewards = [0.1, 0.9, 0.5, 0.5, 0.7, 0.2, 0.9], scores = [1, 0, 2, 3, 5, 1, 4];
        for (int n = 1; n <= answers.Length; n++)
        {
            (double pass, double majority, double best, int draws) = (0, 0, 0, 0);
            for (int set = 0; set < 1 << answers.Length; set++)
            {
                int[] drawn = [.. Enumerable.Range(0, answers.Length).Where(i => (set >> i & 1) != 0)];
                if (drawn.Length != n)
                {
                    continue;
                }

                draws++;
                pass += drawn.Any(i => answers[i] == 3) ? 1 : 0;
                int[] counts = [.. drawn.GroupBy(i => answers[i]).Select(g => g.Count())];
                int own = drawn.Count(i => answers[i] == 3);
                majority += own > 0 && own == counts.Max() ? 1.0 / counts.Count(c => c == own) : 0;
                double top = drawn.Max(i => rewards[i]);
                best += drawn.Where(i => rewards[i].Equals(top)).Average(i => scores[i]);
            }

            Assert.Equal(pass / draws, RepeatedAnswers.PassAt(answers.Length, 2, n), 12);
            Assert.Equal(majority / draws, RepeatedAnswers.MajorityAt(answers, 3, n), 12);
            Assert.Equal(best / draws, RepeatedAnswers.BestOf(rewards, scores, n), 12);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => RepeatedAnswers.PassAt(3, 1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => RepeatedAnswers.MajorityAt(answers, 3, 0));
    }

    [Fact]
    public void BestOfMajority_RareAnswerWithHighReward_IsLeftOut()
    {
        int[] answers = [1, 1, 1, 2, 2, 3];
        double[] rewards = [0.2, 0.2, 0.2, 0.5, 0.5, 1];
        Assert.Equal([2, 1], RepeatedAnswers.BestOfMajority(answers, rewards, 0.3, 3));
        Assert.Equal([1], RepeatedAnswers.BestOfMajority(answers, rewards, 0.9, 3)); // all too rare: the most frequent stays
        Assert.Equal([3], RepeatedAnswers.BestOfMajority(answers, rewards, 0, 1));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(49)]
    public void WinRateCalibration_PredictionsOnEdges_BelongToTheBinAbove(int bins)
    {
        double[] edges = [.. Enumerable.Range(0, bins).Select(b => (double)b / bins)];
        Assert.All(WinRateCalibration.Bins(edges, new double[bins], bins), bin => Assert.Equal(1, bin.Count));
    }

    [Fact]
    public void WinRateCalibration_SmallExample_GivesHandCountedNumbers()
    {
        double[] predicted = [0.1, 0.1, 0.9, 1.0], outcomes = [0, 1, 1, 0.5];
        Assert.Equal((0.01 + 0.81 + 0.01 + 0.25) / 4, WinRateCalibration.Brier(predicted, outcomes)!.Value, 12);
        Assert.Equal((2 * 0.4 + 2 * 0.2) / 4, WinRateCalibration.ExpectedError(predicted, outcomes)!.Value, 12);
        Assert.Equal(2, WinRateCalibration.Bins(predicted, outcomes)[9].Count);
        Assert.Null(WinRateCalibration.Bins(predicted, outcomes)[5].Observed);
        Assert.Null(WinRateCalibration.ExpectedError([], []));
    }
}
