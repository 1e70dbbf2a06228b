using Arena.Ranking.Metrics;
using Arena.Ranking.Resampling;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class OneBenchTests
{
    private static readonly OneBenchOptions Quick = new() { Rounds = 200 };

    [Fact]
    public void Fit_NumericScoresWithoutTies_IsPlackettLuceOfTheOrders()
    {
        float[][] rows = Numeric(6, 150, missing: 0.4);
        var builder = new BallotsBuilder(6);
        for (int s = 0; s < 150; s++)
        {
            builder.AddRanking([.. Enumerable.Range(0, 6).Where(i => !float.IsNaN(rows[i][s])).OrderByDescending(i => rows[i][s])]);
        }

        Standings expected = PlackettLuce.Fit(builder.ToBallots(), new PlackettLuceOptions { Rounds = 200 });
        Standings fit = OneBench.Fit(Boards.Of(rows, new ScoreScale(ScoreKind.Numeric)), Quick).Standings;
        foreach ((Standing a, Standing b) in expected.Competitors.Zip(fit.Competitors))
        {
            Assert.Equal(a.Rating, b.Rating, 6);
            Assert.Equal(a.StandardError, b.StandardError, 6);
        }

        Assert.Equal(IntervalKind.Sandwich, fit.Intervals);
    }

    [Fact]
    public void Fit_OneScale_HasTheMeanScoresBeside()
    {
        ScoreMatrix board = Boards.Of(Boards.Random(3, 7, 200, missing: 0.2));
        OneBenchResult result = OneBench.Fit(board, Quick);
        Standings mean = MeanScore.Fit(board, new MeanScoreOptions { Rounds = 1 });
        ScaleMeans beside = Assert.Single(result.Means);
        Assert.Equal((ScoreScale.RightOrWrong, 200), (beside.Scale, beside.Samples));
        Assert.Equal(mean.Competitors.Select(c => (double?)c.Rating), beside.Scores);
        Assert.Equal(mean.Order, beside.Order);
    }

    [Fact]
    public void Fit_UnlikeScales_HasMeansOfEachAndNoneAcross()
    {
        // right or wrong, right or wrong, seconds, a sample that weighs nothing
        var seconds = new ScoreScale(ScoreKind.Numeric, ScoreDirection.LowerIsBetter);
        ScoreMatrix board = ScoreMatrix.Create(
            3,
            5,
            [1, 0, 2, 9, 1, 0, 1, 5, 1, float.NaN, 0, 1, float.NaN, 4, float.NaN],
            [ScoreScale.RightOrWrong, ScoreScale.RightOrWrong, seconds, new ScoreScale(ScoreKind.Ordinal), ScoreScale.RightOrWrong],
            [1, 2, 1, 0, 1]);
        IReadOnlyList<ScaleMeans> means = OneBench.Fit(board, Quick with { PriorTies = 0.5 }).Means;
        Assert.Equal([ScoreScale.RightOrWrong, seconds], means.Select(m => m.Scale));
        Assert.Equal([3, 1], means.Select(m => m.Samples));
        Assert.Equal([0.5, 2 / 3.0, 2 / 3.0], means[0].Scores);
        Assert.Equal([2, 5, null], means[1].Scores);
        Assert.Equal([0, 1], means[1].Order);
    }

    [Fact]
    public void Fit_RightOrWrong_IsPlackettLuceWithUnorderedTiers()
    {
        float[][] rows = Boards.Random(3, 7, 200, missing: 0.2);
        var builder = new BallotsBuilder(7);
        for (int s = 0; s < 200; s++)
        {
            builder.AddTiers(
                [[.. Enumerable.Range(0, 7).Where(i => rows[i][s] is 1)], [.. Enumerable.Range(0, 7).Where(i => rows[i][s] is 0)]],
                new BallotDetails(),
                TierKind.Unordered);
        }

        Standings expected = PlackettLuce.Fit(builder.ToBallots(), new PlackettLuceOptions { Rounds = 200 });
        Standings fit = OneBench.Fit(Boards.Of(rows), Quick).Standings;
        Assert.All(expected.Competitors.Zip(fit.Competitors), pair => Assert.Equal(pair.First.Rating, pair.Second.Rating, 6));
        Assert.All(expected.Competitors.Zip(fit.Competitors), pair => Assert.Equal(pair.First.StandardError, pair.Second.StandardError, 6));
    }

    [Fact]
    public void Fit_ManyEntriesRightOrWrong_RecoversTheOrderTheyWereDrawnWith()
    {
        // every sample keeps who is among the first few of a Plackett–Luce order, and nothing else
        const int Entries = 20, Samples = 400;
        double[] theta = [.. Enumerable.Range(0, Entries).Select(i => 3.0 * i / (Entries - 1) - 1.5)];
        float[][] rows = [.. theta.Select(_ => new float[Samples])];
        for (int s = 0; s < Samples; s++)
        {
            var random = new Xoshiro256(8, (ulong)s);
            int[] order = Listwise.SimulatedBallots.Order(theta, Entries, ref random);
            foreach (int i in order.AsSpan(0, 3 + s % 12))
            {
                rows[i][s] = 1;
            }
        }

        Standings fit = OneBench.Fit(Boards.Of(rows), Quick).Standings;
        double[] off = [.. fit.Competitors.Select(c => (c.Offset * Math.Log(10) / 400 - theta[c.Index]) / (c.StandardError * Math.Log(10) / 400))];
        Assert.True(off.Max(Math.Abs) < 3.5);
        Assert.InRange(Math.Sqrt(off.Average(z => z * z)), 0.5, 1.5);
    }

    [Fact]
    public void Fit_MixedScales_ReadsEachColumnByItsOwn()
    {
        // the same orders: once as they are, once as right or wrong, seconds, grades
        ScoreScale[] scales = [ScoreScale.RightOrWrong, new(ScoreKind.Numeric, ScoreDirection.LowerIsBetter, 0.5), new(ScoreKind.Ordinal), new(ScoreKind.Numeric)];
        float[] mixed =
        [
            1, 2.0f, 4, -3.5f,
            0, 1.0f, 4, 9.25f,
            0, 2.4f, 5, float.NaN,
        ];
        float[] ordinal =
        [
            2, 1, 1, 1,
            1, 2, 1, 2,
            1, 1, 2, float.NaN,
        ];
        ScoreMatrix board = ScoreMatrix.Create(3, 4, mixed, scales);
        ScoreMatrix plain = ScoreMatrix.Create(3, 4, ordinal, new ScoreScale(ScoreKind.Ordinal));
        Assert.True(board.IsMixed);
        Assert.Equal(scales[1], board.ScaleOf(1));
        Assert.Throws<InvalidOperationException>(() => board.Scale);
        foreach (bool compatible in new[] { false, true })
        {
            OneBenchOptions options = Quick with { PriorTies = 0.5, OneBenchCompatible = compatible };
            Assert.Equal(OneBench.Fit(plain, options).Standings.Competitors, OneBench.Fit(board, options).Standings.Competitors);
        }

        var prior = new BradleyTerryOptions { PriorTies = 0.5, Rounds = 50 };
        Assert.Equal(BradleyTerry.Fit(plain, prior).Competitors, BradleyTerry.Fit(board, prior).Competitors);
        Assert.False(MeanScore.TryFit(board, null, out _, out Diagnosis? diagnosis));
        Assert.IsType<Diagnosis.MixedScales>(diagnosis);
    }

    [Fact]
    public void Create_ScalesThatDoNotFit_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => ScoreMatrix.Create(1, 2, [1, 0], [ScoreScale.RightOrWrong]));
        RankingException wrong = Assert.Throws<RankingException>(() => ScoreMatrix.Create(1, 2, [1, 0.5f], [new ScoreScale(ScoreKind.Numeric), ScoreScale.RightOrWrong]));
        Assert.Equal(new Diagnosis.WrongKind(0, 1, 0.5f, ScoreKind.Binary), wrong.Diagnosis);
        ScoreMatrix alike = ScoreMatrix.Create(1, 2, [1, 0], [ScoreScale.RightOrWrong, new ScoreScale(ScoreKind.Binary)]);
        Assert.False(alike.IsMixed);
        Assert.Equal(ScoreKind.Binary, alike.Scale.Kind);
    }

    [Fact]
    public void Fit_TiesTakenAsEqual_PullTogether()
    {
        // two ties and one win: said to be equal, the two are nearer than when nothing was said
        ScoreMatrix board = Boards.Binary("1101011", "0101110", "0010110");
        double Spread(SampleTies ties) => OneBench.Fit(board, Quick with { Ties = ties }).Standings.Competitors.Max(c => c.Offset);
        Assert.True(Spread(SampleTies.Equal) < Spread(SampleTies.Marginalised));
    }

    [Fact]
    public void Fit_CompatibleTies_AreAWinEachWay()
    {
        ScoreMatrix board = Boards.Binary("110101", "010111", "001011");
        var builder = new BallotsBuilder(3);
        for (int s = 0; s < board.Samples; s++)
        {
            foreach ((int i, int j) in new[] { (0, 1), (0, 2), (1, 2) })
            {
                if (board.Row(i)[s] >= board.Row(j)[s])
                {
                    builder.AddPair(i, j, PairOutcome.FirstWins);
                }

                if (board.Row(i)[s] <= board.Row(j)[s])
                {
                    builder.AddPair(j, i, PairOutcome.FirstWins);
                }
            }
        }

        Standings expected = PlackettLuce.Fit(builder.ToBallots(), new PlackettLuceOptions { Rounds = 1 });
        Standings fit = OneBench.Fit(board, Quick with { OneBenchCompatible = true }).Standings;
        Assert.All(expected.Competitors.Zip(fit.Competitors), pair => Assert.Equal(pair.First.Rating, pair.Second.Rating, 4));
        Assert.Equal(IntervalKind.None, fit.Intervals);
        Assert.Equal(6, fit.Evidence.Observations);
    }

    [Fact]
    public void Fit_MostScoresMissing_KeepsTheOrderBetterThanSequentialElo()
    {
        // the experiment `onebench` in small: half numbers, half right or wrong, 90 % deleted
        const int Models = 30, Samples = 400;
        var random = new Xoshiro256(2, 0);
        double[] mean = [.. Enumerable.Range(0, Models).Select(_ => random.NextDouble())];
        var scales = new ScoreScale[Samples];
        var full = new float[Models * Samples];
        var sparse = new float[Models * Samples];
        double[] elo = [.. mean.Select(_ => 1000.0)];
        for (int s = 0; s < Samples; s++)
        {
            scales[s] = s % 2 == 0 ? ScoreScale.RightOrWrong : new ScoreScale(ScoreKind.Numeric);
            double threshold = random.NextDouble();
            for (int i = 0; i < Models; i++)
            {
                double score = mean[i] + 0.3 * random.NextNormal();
                full[i * Samples + s] = s % 2 == 0 ? score > threshold ? 1 : 0 : (float)score;
                sparse[i * Samples + s] = random.NextDouble() < 0.9 ? float.NaN : full[i * Samples + s];
            }

            for (int i = 0; i < Models; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    float apart = sparse[i * Samples + s] - sparse[j * Samples + s];
                    double moved = float.IsNaN(apart) ? 0 : 4 * ((Math.Sign(apart) + 1) / 2.0 - 1 / (1 + Math.Pow(10, (elo[j] - elo[i]) / 400)));
                    (elo[i], elo[j]) = (elo[i] + moved, elo[j] - moved);
                }
            }
        }

        double[] Ratings(float[] scores) =>
            [.. OneBench.Fit(ScoreMatrix.Create(Models, Samples, scores, scales), Quick with { PriorTies = 1.0 / Models }).Standings.Competitors.Select(c => c.Rating)];
        double[] complete = Ratings(full), kept = Ratings(sparse);
        double tau = RankCorrelation.KendallTauB(complete, kept)!.Value;
        Assert.True(RankCorrelation.KendallTauB(complete, mean) > 0.9);
        Assert.True(tau > 0.7, $"τ-b with the complete board is {tau:F3}");
        Assert.True(tau > RankCorrelation.KendallTauB(complete, elo) + 0.02, $"Elo: {RankCorrelation.KendallTauB(complete, elo):F3}, Plackett–Luce: {tau:F3}");
    }

    [Fact]
    public void Fit_Margin_PutsNearScoresIntoOneTier()
    {
        var scale = new ScoreScale(ScoreKind.Numeric, TieMargin: 0.25);
        Assert.False(OneBench.TryFit(Boards.Of([[1f, 2f], [1.25f, 2.25f]], scale), Quick, out _, out Diagnosis? diagnosis));
        Assert.IsType<Diagnosis.Unvoted>(diagnosis);
        Assert.False(OneBench.TryFit(Boards.Of([[1f, 2f], [1.25f, 2.25f]], scale), Quick with { Ties = SampleTies.Equal }, out _, out diagnosis));
        Assert.IsType<Diagnosis.OnlyTies>(diagnosis);
    }

    [Fact]
    public void TryFit_BoardsWithoutAnAnswer_AreDiagnosed()
    {
        Assert.IsType<Diagnosis.NoSamples>(Of("--", "--"));
        Assert.IsType<Diagnosis.Unmeasured>(Of("10", "--", "01"));
        Assert.IsType<Diagnosis.OneCompetitor>(Of("101"));
        Assert.IsType<Diagnosis.NoBallots>(Of("1-", "-0"));
        Assert.IsType<Diagnosis.Disconnected>(Of("10--", "--10", "01--", "--01"));
        Assert.Equal([0], Assert.IsType<Diagnosis.Separable>(Of("111", "010", "001")).NeverLost);
        Standings prior = OneBench.Fit(Boards.Binary("111", "010", "001"), Quick with { PriorTies = 0.5 }).Standings;
        Assert.All(prior.Competitors, c => Assert.True(double.IsFinite(c.Low) && double.IsFinite(c.High)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quick with { SpectralAlpha = -1 });
    }

    private static Diagnosis Of(params string[] rows)
    {
        Assert.False(OneBench.TryFit(Boards.Binary(rows), Quick, out OneBenchResult? result, out Diagnosis? diagnosis));
        Assert.Null(result);
        Assert.Equal(diagnosis.Message, Assert.Throws<RankingException>(() => OneBench.Fit(Boards.Binary(rows), Quick)).Message);
        return diagnosis;
    }

    private static float[][] Numeric(int entries, int samples, double missing)
    {
        var random = new Xoshiro256(5, 0);
        float[][] rows = [.. Enumerable.Range(0, entries).Select(_ => new float[samples])];
        for (int s = 0; s < samples; s++)
        {
            for (int i = 0; i < entries; i++)
            {
                float score = (float)(0.3 * i + random.NextNormal());
                rows[i][s] = random.NextDouble() < missing ? float.NaN : score;
            }
        }

        return rows;
    }
}
