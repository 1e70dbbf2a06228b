using Xunit;

namespace Arena.Ranking.Tests;

public sealed class BradleyTerryTests
{
    private static readonly BradleyTerryOptions Quick = new() { Rounds = 300 };

    [Fact]
    public void Fit_TwoCompetitors_GivesTheLogOddsAndItsError()
    {
        // 6 wins to 2 and 2 ties: θ = ln(7/3); clustered error √(Σ(y − p)² · m/(m − 1)) / Σ p(1 − p)
        Standings standings = BradleyTerry.Fit(Boards.Binary("1111110011", "0000001111"), Quick);
        double unit = 400 / Math.Log(10);
        Assert.Equal(unit * Math.Log(7.0 / 3), standings.Pairs[0, 1].Difference, 9);
        double spread = (6 * 0.3 * 0.3 + 2 * 0.7 * 0.7 + 2 * 0.2 * 0.2) * 10 / 9;
        Assert.Equal(unit * Math.Sqrt(spread) / (10 * 0.7 * 0.3), standings.Pairs[0, 1].StandardError, 9);
        Assert.Equal(1000, standings.Competitors.Average(c => c.Rating), 9);
        Assert.Equal(new Evidence(10, 8), standings.Evidence);
        Assert.Equal(StopReason.Converged, standings.Diagnostics.Reason);
    }

    [Fact]
    public void Fit_MinoriseMaximise_AgreesWithNewton()
    {
        ScoreMatrix board = Boards.Of(Boards.Random(3, 8, 200, missing: 0.4));
        Standings newton = BradleyTerry.Fit(board, Quick with { Solver = BradleyTerrySolver.Newton });
        Standings slow = BradleyTerry.Fit(board, Quick with { Solver = BradleyTerrySolver.MinoriseMaximise });
        Assert.True(newton.Diagnostics.Iterations < 12);
        Assert.True(slow.Diagnostics.Iterations > newton.Diagnostics.Iterations);
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(newton.Competitors[i].Rating, slow.Competitors[i].Rating, 5);
            Assert.Equal(newton.Competitors[i].High, slow.Competitors[i].High, 4);
        }
    }

    [Fact]
    public void Fit_OutOfIterations_SaysSo()
    {
        Standings standings = BradleyTerry.Fit(Boards.Of(Boards.Digits), Quick with { MaxIterations = 1 });
        Assert.False(standings.Diagnostics.Converged);
        Assert.NotEmpty(standings.Diagnostics.Notes);
    }

    [Fact]
    public void Fit_IdenticalRows_AreNeverSeparatedAndStandByIndex()
    {
        float[] strong = Boards.Digits[8], weak = Boards.Digits[1];
        Standings standings = BradleyTerry.Fit(Boards.Of([weak, strong, weak, strong]), Quick);
        Assert.False(standings.Pairs.AreSeparated(0, 2));
        Assert.False(standings.Pairs.AreSeparated(1, 3));
        Assert.True(standings.Pairs.IsBetter(3, 0));
        Assert.Equal([1, 3, 0, 2], standings.Order);
        Assert.Equal((3, 4), (standings.Competitors[0].RankLow, standings.Competitors[0].RankHigh));
    }

    [Fact]
    public void Fit_EverySampleTwice_DoublesEvidenceAndHalvesVariance()
    {
        ScoreMatrix once = Boards.Of(Boards.Digits);
        ScoreMatrix twice = Boards.Of([.. Boards.Digits.Select(r => r.Concat(r).ToArray())]);
        Standings a = BradleyTerry.Fit(once, Quick), b = BradleyTerry.Fit(twice, Quick);
        Assert.Equal(new Evidence(2 * a.Evidence.Observations, 2 * a.Evidence.Discordant), b.Evidence);
        for (int i = 1; i < 9; i++)
        {
            // up to what few samples leave out
            double ratio = 2 * Math.Pow(b.Pairs[0, i].StandardError / a.Pairs[0, i].StandardError, 2);
            Assert.InRange(ratio, 1 - 1.0 / once.Samples, 1);
        }
    }

    [Fact]
    public void Fit_WeightTwoEverywhere_ChangesNoInterval()
    {
        // weights say what a sample is worth beside the others, not that there were more of them
        float[][] rows = Boards.Random(9, 5, 150);
        Standings plain = BradleyTerry.Fit(Boards.Of(rows), Quick);
        Standings doubled = BradleyTerry.Fit(Boards.Of(rows, weights: [.. Enumerable.Repeat(2.0, 150)]), Quick);
        Assert.Equal(plain.Competitors.Select(c => Math.Round(c.High, 7)), doubled.Competitors.Select(c => Math.Round(c.High, 7)));
        Assert.Equal(plain.Evidence, doubled.Evidence);
    }

    [Fact]
    public void Fit_MarginAndMissingNumbers_CountsWinsByHand()
    {
        // sample 0: 0 beats 1 and 2, 1 ties 2; sample 1: 1 beats 2; sample 2: 2 beats 0
        float[][] rows = [[5, float.NaN, 1], [3.25f, 7, float.NaN], [3, 4, 9]];
        Standings standings = BradleyTerry.Fit(Boards.Of(rows, new ScoreScale(ScoreKind.Numeric, TieMargin: 0.25)), Quick);
        Assert.Equal(1, standings.Pairs[1, 2].Discordant);
        Assert.Equal(2, standings.Pairs[1, 2].Common);
        Assert.Equal(new Evidence(3, 3), standings.Evidence);
        // the likelihood equations: what each took equals what it was expected to take
        double[] theta = [.. standings.Competitors.Select(c => c.Offset * Math.Log(10) / 400)];
        double P(int i, int j) => 1 / (1 + Math.Exp(theta[j] - theta[i]));
        Assert.Equal(2, P(0, 1) + 2 * P(0, 2), 8);
        Assert.Equal(1.5, P(1, 0) + 2 * P(1, 2), 8);
        Assert.Equal(1.5, 2 * P(2, 0) + 2 * P(2, 1), 8);
    }

    [Fact]
    public void Fit_MoreThreads_ChangesNothing()
    {
        ScoreMatrix board = Boards.Of(Boards.Digits);
        Standings one = BradleyTerry.Fit(board, Quick with { MaxDegreeOfParallelism = 1 });
        Standings four = BradleyTerry.Fit(board, Quick with { MaxDegreeOfParallelism = 4 });
        Assert.Equal(one.Competitors, four.Competitors);
        Assert.Equal(one.Diagnostics.CriticalValue, four.Diagnostics.CriticalValue);
    }

    [Fact]
    public void Fit_AnEntryAdded_MovesTheOthersRatings()
    {
        // the counterexample to "an entry's own interval is its own": strengths are relative
        Standings eight = BradleyTerry.Fit(Boards.Of(Boards.Digits[..8]), Quick);
        Standings nine = BradleyTerry.Fit(Boards.Of(Boards.Digits), Quick);
        Assert.NotEqual(eight.Competitors[0].Rating, nine.Competitors[0].Rating, 1.0);
    }
}
