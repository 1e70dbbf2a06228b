using Arena.Ranking.Selection;
using Xunit;

namespace Arena.Ranking.Tests.Selection;

public sealed class SequentialTestingTests
{
    [Fact]
    public void Bernoulli_HandComputed_GivesWaldsRatioAndBounds()
    {
        SprtResult result = Sprt.Bernoulli(60, 40, 0.5, 0.6);
        Assert.Equal(60 * Math.Log(1.2) + 40 * Math.Log(0.8), result.LogLikelihoodRatio, 12);
        Assert.Equal(Math.Log(19), result.Upper, 12);
        Assert.Equal(-Math.Log(19), result.Lower, 12);
        Assert.Equal(SequentialVerdict.Undecided, result.Verdict);
        Assert.Equal(SequentialVerdict.AcceptAlternative, Sprt.Bernoulli(180, 100, 0.5, 0.6).Verdict);
        Assert.Equal(SequentialVerdict.AcceptNull, Sprt.Bernoulli(100, 100, 0.5, 0.6).Verdict);
    }

    [Theory]
    [InlineData(0.5, SequentialVerdict.AcceptAlternative)]
    [InlineData(0.6, SequentialVerdict.AcceptNull)]
    public void Bernoulli_RunToTheEnd_ErrsAsSeldomAsPromised(double rate, SequentialVerdict wrong)
    {
        int errors = 0;
        double games = 0;
        const int runs = 2000;
        for (ulong run = 0; run < runs; run++)
        {
            var random = new Boards.Sequence(run + 1);
            (long won, long lost) = (0, 0);
            SprtResult result;
            do
            {
                bool win = random.Share() < rate;
                (won, lost) = win ? (won + 1, lost) : (won, lost + 1);
                result = Sprt.Bernoulli(won, lost, 0.5, 0.6);
            }
            while (result.Verdict == SequentialVerdict.Undecided);

            errors += result.Verdict == wrong ? 1 : 0;
            games += won + lost;
        }

        Assert.InRange(errors / (double)runs, 0.02, 0.062);
        // a fixed number of games with these errors takes 268
        Assert.InRange(games / runs, 100, 180);
    }

    [Fact]
    public void Outcomes_TwoOutcomes_IsTheBernoulliTest() =>
        Assert.Equal(
            Sprt.Bernoulli(60, 40, 0.5, 0.55).LogLikelihoodRatio,
            Sprt.Outcomes([40, 60], 0.5, 0.55).LogLikelihoodRatio,
            9);

    [Fact]
    public void Outcomes_ManyGames_IsNearTheNormalApproximation()
    {
        // (s1 − s0)(2x̄ − s0 − s1)·N/(2σ²), the form chess engines used before
        long[] counts = [3000, 4800, 3200];
        double n = 11000, mean = (0.5 * 4800 + 3200) / n, variance = (0.25 * 4800 + 3200) / n - mean * mean;
        (double s0, double s1) = (Sprt.ExpectedScore(0), Sprt.ExpectedScore(5));
        double normal = n * (s1 - s0) * (2 * mean - s0 - s1) / (2 * variance);
        Assert.Equal(normal, Sprt.Outcomes(counts, s0, s1).LogLikelihoodRatio, 0.01 * Math.Abs(normal));
    }

    [Fact]
    public void Outcomes_SwappedHypothesesAndReversedGames_ChangesSign()
    {
        double ratio = Sprt.Outcomes([10, 40, 100, 60, 20], 0.5, 0.53).LogLikelihoodRatio;
        Assert.Equal(-ratio, Sprt.Outcomes([10, 40, 100, 60, 20], 0.53, 0.5).LogLikelihoodRatio, 9);
        Assert.Equal(ratio, Sprt.Outcomes([20, 60, 100, 40, 10], 0.5, 0.47).LogLikelihoodRatio, 9);
        Assert.True(ratio > 0);
    }

    [Fact]
    public void Outcomes_NothingOrOneSided_IsFinite()
    {
        Assert.Equal(0, Sprt.Outcomes([0, 0, 0], 0.5, 0.6).LogLikelihoodRatio);
        Assert.Equal(SequentialVerdict.AcceptAlternative, Sprt.Outcomes([0, 0, 100], 0.5, 0.6).Verdict);
        Assert.Equal(SequentialVerdict.AcceptNull, Sprt.Outcomes([100, 0, 0], 0.5, 0.6).Verdict);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(5.0)]
    public void Outcomes_TrinomialGames_ErrsAsSeldomAsPromised(double elo)
    {
        int accepted = 0;
        const int runs = 300;
        double drawRate = 0.5, score = Sprt.ExpectedScore(elo * 10), win = score - drawRate / 2;
        for (ulong run = 0; run < runs; run++)
        {
            var random = new Boards.Sequence(run + 7);
            long[] counts = new long[3];
            SprtResult result;
            do
            {
                for (int k = 0; k < 5; k++)
                {
                    double u = random.Share();
                    counts[u < win ? 2 : u < win + drawRate ? 1 : 0]++;
                }

                result = Sprt.Outcomes(counts, 0.5, Sprt.ExpectedScore(50));
            }
            while (result.Verdict == SequentialVerdict.Undecided);

            accepted += result.Verdict == SequentialVerdict.AcceptAlternative ? 1 : 0;
        }

        Assert.InRange(elo > 0 ? runs - accepted : accepted, 1, (int)(0.085 * runs));
    }

    [Fact]
    public void Sprt_UnfitInput_SaysSo()
    {
        Assert.Throws<ArgumentException>(() => Sprt.Bernoulli(1, 1, 0.5, 0.5));
        Assert.Throws<ArgumentException>(() => Sprt.Bernoulli(1, 1, 0, 0.5));
        Assert.Throws<ArgumentException>(() => Sprt.Bernoulli(1, 1, double.NaN, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sprt.Bernoulli(-1, 1, 0.4, 0.5));
        Assert.Throws<ArgumentException>(() => Sprt.Outcomes([3], 0.4, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SprtOptions { FalsePositives = 0.5 });
    }

    private static ConfidenceSequence Make(string kind) => kind switch
    {
        "betting" => new BettingSequence(0.9, steps: 200),
        "bernstein" => new EmpiricalBernsteinSequence(0.9),
        _ => new GaussianSequence(0.5, 0.9, 200),
    };

    [Theory]
    [InlineData("betting", 0.5)]
    [InlineData("betting", 0.1)]
    [InlineData("betting", 0.97)]
    [InlineData("bernstein", 0.5)]
    [InlineData("bernstein", 0.1)]
    [InlineData("bernstein", 0.97)]
    [InlineData("gauss", 0.5)]
    [InlineData("gauss", 0.1)]
    public void Sequence_LookedAtAfterEveryObservation_CoversAtAllTimes(string kind, double mean)
    {
        const int runs = 300, length = 400;
        int missed = 0;
        double width = 0;
        for (ulong run = 0; run < runs; run++)
        {
            var random = new Boards.Sequence(run + 1);
            ConfidenceSequence sequence = Make(kind);
            bool outside = false;
            for (int t = 0; t < length; t++)
            {
                sequence.Add(random.Share() < mean ? 1 : 0);
                outside |= mean < sequence.Low || mean > sequence.High;
            }

            missed += outside ? 1 : 0;
            width += (sequence.High - sequence.Low) / runs;
        }

        // 10 % are promised at most; three standard errors above it are 15 %
        Assert.InRange(missed / (double)runs, 0, 0.15);
        // and it says something: a fixed-time interval is 2·1.645·√(p(1 − p)/400) wide
        double plain = 2 * 1.645 * Math.Sqrt(mean * (1 - mean) / length);
        Assert.InRange(width / plain, 1, kind == "betting" ? 2.2 : 12);
    }

    [Fact]
    public void Sequence_FixedIntervalLookedAtAllTheTime_WouldMiss()
    {
        // what the promise is worth: 90 % intervals meant for one look, looked at from the tenth observation on
        int missed = 0;
        for (ulong run = 0; run < 300; run++)
        {
            var random = new Boards.Sequence(run + 1);
            double sum = 0;
            bool outside = false;
            for (int t = 1; t <= 400; t++)
            {
                sum += random.Share() < 0.5 ? 1 : 0;
                outside |= t >= 10 && Math.Abs(sum / t - 0.5) > 1.645 * Math.Sqrt(0.25 / t);
            }

            missed += outside ? 1 : 0;
        }

        Assert.True(missed > 100);
    }

    [Fact]
    public void Gaussian_Critical_IsTheSequencesWidthAndTurnsIntoItsPValue()
    {
        var sequence = new GaussianSequence(2, 0.95, 100);
        for (int t = 0; t < 50; t++)
        {
            sequence.Add(3);
        }

        double critical = GaussianSequence.Critical(50, 0.95, 100);
        Assert.Equal(3 + critical * 2 / Math.Sqrt(50), sequence.High, 10);
        Assert.Equal(0.05, GaussianSequence.PValue(critical, 50, 0.95, 100), 10);
        Assert.InRange(critical, 2.5, 3.5);
    }

    [Fact]
    public void Sequence_OtherRange_ScalesAndRefusesWhatIsOutside()
    {
        var unit = new BettingSequence();
        var wide = new BettingSequence(lower: -10, upper: 30);
        foreach (double x in (double[])[0.1, 0.9, 0.4, 0.4, 0.2, 0.7])
        {
            unit.Add(x);
            wide.Add(-10 + 40 * x);
        }

        Assert.Equal(-10 + 40 * unit.Low, wide.Low, 9);
        Assert.Equal(-10 + 40 * unit.High, wide.High, 9);
        Assert.Equal(6, wide.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => unit.Add(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => unit.Add(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianSequence(1).Add(double.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => new EmpiricalBernsteinSequence(0.95, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BettingSequence(1));
    }

    [Fact]
    public void Holm_TextbookValues_AreAdjusted()
    {
        Assert.Equal([0.03, 0.06, 0.06, 0.02], Holm.Adjust([0.01, 0.04, 0.03, 0.005]), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.02, 0.04, 0.04, 0.02], BenjaminiHochberg.Adjust([0.01, 0.04, 0.03, 0.005]), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Empty(Holm.Adjust([]));
        Assert.Throws<ArgumentException>(() => Holm.Adjust([0.1, double.NaN]));
    }

    [Fact]
    public void PairSeparation_WatchedAllTheTime_SeldomSeparatesEqualsAndFindsTheUnequal()
    {
        const int runs = 200, n = 4;
        int wrong = 0, found = 0;
        for (ulong run = 0; run < runs; run++)
        {
            var random = new Boards.Sequence(run + 1);
            var pairs = new PairSeparation(n, 0.9);
            bool mistake = false;
            for (int t = 0; t < 600; t++)
            {
                int a = random.Below(n), b = (a + 1 + random.Below(n - 1)) % n;
                // 3 wins four times in five, 0 to 2 are equal, some ties
                double p = a == 3 ? 0.8 : b == 3 ? 0.2 : 0.5;
                pairs.Add(a, b, random.Share() < 0.2 ? 0.5 : random.Share() < p ? 1 : 0);
                if (t % 10 == 9)
                {
                    mistake |= pairs.Separated().Any(s => s.Better != 3);
                }
            }

            wrong += mistake ? 1 : 0;
            found += pairs.Separated().Count(s => s.Better == 3);
        }

        Assert.InRange(wrong / (double)runs, 0, 0.15);
        Assert.True(found > 0.9 * 3 * runs);
    }

    [Fact]
    public void PairSeparation_Ballots_CountsOrderedPairsAndTiesOnly()
    {
        var builder = new BallotsBuilder(4);
        for (int k = 0; k < 40; k++)
        {
            builder.AddTopOne(0, 1, 2, 3);
        }

        Ballots ballots = builder.ToBallots();
        var pairs = new PairSeparation(4);
        for (int b = 0; b < ballots.Count; b++)
        {
            pairs.Add(ballots[b]);
        }

        Assert.Equal([(0, 1), (0, 2), (0, 3)], pairs.Separated().Select(s => (s.Better, s.Worse)).Order());
    }

    [Fact]
    public void Anytime_Standings_SeparatesFewerThanOneLookWould()
    {
        Standings standings = MeanScore.Fit(Boards.Of(Boards.Digits), new MeanScoreOptions { Rounds = 200 });
        IReadOnlyList<SeparatedPair> pairs = PairSeparation.Anytime(standings);
        int oneLook = (from a in Enumerable.Range(0, 9) from b in Enumerable.Range(0, a) select standings.Pairs[a, b]).Count(p => p.Low > 0 || p.High < 0);
        Assert.InRange(pairs.Count, 1, oneLook - 1);
        Assert.All(pairs, p => Assert.True(standings.Pairs[p.Better, p.Worse].Difference > 0));
    }
}
