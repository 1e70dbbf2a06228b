using Arena.Ranking.Resampling;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class MeanScoreTests
{
    private static readonly MeanScoreOptions Quick = new() { Rounds = 300 };

    [Fact]
    public void Fit_CompleteBoard_GivesMeansAndEvidence()
    {
        Standings standings = MeanScore.Fit(Boards.Binary("1110", "1100", "1010"), Quick);
        Assert.Equal([0.75, 0.5, 0.5], standings.Competitors.Select(c => c.Rating));
        Assert.Equal(new Evidence(4, 2), standings.Evidence);
        Assert.All(standings.Competitors, c => Assert.Equal(new Evidence(4, 2), c.Evidence));
        Assert.Equal([0, 1, 2], standings.Order);
        Assert.Equal(0, standings.Competitors.Sum(c => c.Offset), 12);
        Assert.Equal(0.25, standings.Pairs[0, 2].Difference, 12);
        Assert.Equal(-0.25, standings.Pairs[2, 0].Difference, 12);
        Assert.Equal((4, 1), (standings.Pairs[0, 1].Common, standings.Pairs[0, 1].Discordant));
        Assert.Equal(3, standings.Pairs.NotSeparated);
    }

    [Fact]
    public void Fit_IdenticalRows_AreNeverSeparated()
    {
        float[] strong = Boards.Digits[8], weak = Boards.Digits[1];
        Standings standings = MeanScore.Fit(Boards.Of([strong, weak, strong, weak]), Quick);
        Assert.False(standings.Pairs.AreSeparated(0, 2));
        Assert.False(standings.Pairs.AreSeparated(1, 3));
        Assert.True(standings.Pairs.IsBetter(0, 1));
        Assert.Equal((1, 2), (standings.Competitors[0].RankLow, standings.Competitors[0].RankHigh));
        Assert.Equal((3, 4), (standings.Competitors[3].RankLow, standings.Competitors[3].RankHigh));
        Assert.Equal([0, 2, 1, 3], standings.Order);
        // 899 samples alike still leave room for a small difference
        Assert.InRange(standings.Pairs[0, 2].SimultaneousHigh, 0.003, 0.01);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(5, false)]
    [InlineData(9, true)]
    public void Fit_AllDifferingSamplesFavourOne_SeparatesWhenThereAreEnough(int differing, bool separated)
    {
        float[] better = [.. Enumerable.Repeat(1f, 500)];
        float[] worse = [.. better];
        Array.Fill(worse, 0f, 0, differing);
        Standings standings = MeanScore.Fit(Boards.Of([better, worse]), Quick);
        Assert.True(standings.Pairs[0, 1].StandardError > 0);
        Assert.Equal(separated, standings.Pairs.IsBetter(0, 1));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(40, true)]
    public void Fit_DifferenceWithoutVariance_NeedsSamplesToSeparate(int samples, bool separated)
    {
        // right everywhere against wrong everywhere: no round of a bootstrap ever deviates
        Standings standings = MeanScore.Fit(Boards.Binary(new string('1', samples), new string('0', samples)), Quick);
        Assert.Equal(separated, standings.Pairs.AreSeparated(0, 1));
        Assert.True(standings.Competitors[0].Low < 1);
        Assert.True(standings.Competitors[1].High > 0);
    }

    [Fact]
    public void Fit_EntryMeasuredOnEasySamplesOnly_IsComparedOnSharedOnes()
    {
        // both right on the easy half; on the hard half only the first was measured, and it is right on half of them
        string easy = new('1', 100);
        string hard = string.Concat(Enumerable.Repeat("10", 50));
        Standings standings = MeanScore.Fit(Boards.Binary(easy + hard, easy[1..] + "0" + new string('-', 100)), Quick);
        Assert.True(standings.Competitors[1].Rating > standings.Competitors[0].Rating);
        Assert.Equal([0, 1], standings.Order);
        Assert.Equal((0.01, 100), (standings.Pairs[0, 1].Difference, standings.Pairs[0, 1].Common));
        Assert.Equal(0.005, standings.Competitors[0].Offset, 12);
        Assert.Equal(100, standings.Competitors[1].Evidence.Observations);
        Assert.NotEmpty(standings.Diagnostics.Notes);
    }

    [Fact]
    public void Fit_NoSharedSample_SeparatesNobodyAndSaysSo()
    {
        Standings standings = MeanScore.Fit(Boards.Binary(new string('1', 50) + new string('-', 50), new string('-', 50) + new string('0', 50)), Quick);
        Assert.Equal(0, standings.Pairs.Separated);
        Assert.Equal([0, 1], standings.Order);
        Assert.Contains(standings.Diagnostics.Notes, note => note.Contains("share no sample", StringComparison.Ordinal));
        Assert.All(standings.Competitors, c => Assert.Equal((1, 2), (c.RankLow, c.RankHigh)));
    }

    [Fact]
    public void Fit_SomeScoresMissing_AgreesWithCompleteBoardOnWhatIsShared()
    {
        float[][] rows = Boards.Random(5, 5, 600);
        float[][] holes = [.. rows.Select(r => r.ToArray())];
        Array.Fill(holes[2], float.NaN, 300, 300);
        Standings complete = MeanScore.Fit(Boards.Of([.. rows.Select(r => r[..300])]), Quick);
        Standings partial = MeanScore.Fit(Boards.Of(holes), Quick);
        Assert.Equal(complete.Pairs[2, 4].Difference, partial.Pairs[2, 4].Difference, 12);
        Assert.Equal(complete.Pairs[2, 4].StandardError, partial.Pairs[2, 4].StandardError, 12);
        Assert.Equal(complete.Competitors[2].Rating, partial.Competitors[2].Rating, 12);
        Assert.Equal(600, partial.Pairs[0, 4].Common);
    }

    [Fact]
    public void Fit_WeightTwo_MeansAsTheSampleTwice()
    {
        float[][] rows = Boards.Random(6, 3, 40);
        Standings weighted = MeanScore.Fit(Boards.Of(rows, weights: [.. Enumerable.Range(0, 40).Select(s => s < 10 ? 2.0 : 1.0)]), Quick);
        Standings repeated = MeanScore.Fit(Boards.Of(Boards.Take(rows, [.. Enumerable.Range(0, 40), .. Enumerable.Range(0, 10)])), Quick);
        Assert.Equal(repeated.Competitors.Select(c => Math.Round(c.Rating, 12)), weighted.Competitors.Select(c => Math.Round(c.Rating, 12)));
        Assert.Equal(40, weighted.Evidence.Observations);
    }

    [Fact]
    public void Fit_SecondsWhereLowerIsBetter_RatesInSecondsAndOrdersFromTheFastest()
    {
        float[] slow = [.. Enumerable.Range(0, 60).Select(s => 2f + s % 7)];
        float[] fast = [.. slow.Select((v, s) => v - 1 + s % 3 * 0.25f)];
        Standings standings = MeanScore.Fit(Boards.Of([slow, fast], new ScoreScale(ScoreKind.Numeric, ScoreDirection.LowerIsBetter)), Quick);
        Assert.Equal([1, 0], standings.Order);
        Standing first = standings.Competitors[1];
        Assert.True(first.Low < first.Rating && first.Rating < first.High && first.Rating > 0);
        Assert.Equal(slow.Average(), standings.Competitors[0].Rating, 5);
        Assert.True(standings.Pairs.IsBetter(1, 0));
        Assert.True(first.Offset > 0);
    }

    [Fact]
    public void Fit_MoreThreads_ChangesNothing()
    {
        ScoreMatrix board = Boards.Of(Boards.Digits);
        Standings one = MeanScore.Fit(board, Quick with { MaxDegreeOfParallelism = 1, Seed = 7 });
        Standings four = MeanScore.Fit(board, Quick with { MaxDegreeOfParallelism = 4, Seed = 7 });
        Standings otherSeed = MeanScore.Fit(board, Quick with { Seed = 8 });
        Assert.Equal(one.Competitors, four.Competitors);
        Assert.Equal(one.Diagnostics.CriticalValue, four.Diagnostics.CriticalValue);
        Assert.NotEqual(one.Competitors, otherSeed.Competitors);
    }

    [Fact]
    public void Fit_AnEntryAdded_LeavesTheOthersIntervalsAlone()
    {
        Standings eight = MeanScore.Fit(Boards.Of(Boards.Digits[..8]), Quick);
        Standings nine = MeanScore.Fit(Boards.Of(Boards.Digits), Quick);
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(eight.Competitors[i].Low, nine.Competitors[i].Low, 12);
            Assert.Equal(eight.Competitors[i].High, nine.Competitors[i].High, 12);
        }
    }

    [Fact]
    public void Fit_ByGroupsAndByPairs_AreTheSameBootstrap()
    {
        float[][] rows = Boards.Random(11, 6, 300, missing: 0.3);
        double[] weights = [.. Enumerable.Range(0, 300).Select(s => 1.0 + s % 3)];
        ScoreMatrix board = Boards.Of(rows, weights: weights);
        SamplePatterns patterns = SamplePatterns.Of(board);
        (Evidence all, Evidence[] evidence) = EvidenceCounts.Of(patterns, 0);
        Assert.InRange(patterns.Groups, MeanScoreBootstrap.GroupLimit + 1, 64);
        Standings byGroups = new MeanScoreFit(board.Scale, patterns, evidence, Quick).Run(all, groupLimit: 64);
        Standings byPairs = new MeanScoreFit(board.Scale, patterns, evidence, Quick).Run(all);
        Assert.Equal(byGroups.Diagnostics.CriticalValue, byPairs.Diagnostics.CriticalValue, 9);
        foreach ((Standing a, Standing b) in byGroups.Competitors.Zip(byPairs.Competitors))
        {
            Assert.Equal(a.Low, b.Low, 9);
            Assert.Equal(a.High, b.High, 9);
            Assert.Equal((a.RankLow, a.RankHigh), (b.RankLow, b.RankHigh));
        }
    }

    [Fact]
    public void Fit_WeightTwoEverywhere_ChangesNothing()
    {
        float[][] rows = [.. Boards.Digits.Skip(2)];
        Standings plain = MeanScore.Fit(Boards.Of(rows), Quick);
        Standings doubled = MeanScore.Fit(Boards.Of(rows, weights: [.. Enumerable.Repeat(2.0, 899)]), Quick);
        Assert.Equal(plain.Evidence, doubled.Evidence);
        Assert.Equal(plain.Diagnostics.CriticalValue, doubled.Diagnostics.CriticalValue, 9);
        Assert.Equal(plain.Competitors.Select(c => Math.Round(c.Low, 9)), doubled.Competitors.Select(c => Math.Round(c.Low, 9)));
    }
}
