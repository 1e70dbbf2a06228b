using Xunit;
using Xunit.Abstractions;

namespace Arena.Ranking.Tests;

/// <summary>
/// A real board taken as the population: its samples are drawn with replacement, over and over, and every interval of
/// every such board is held against the population's own value.
/// </summary>
public sealed class CoverageTests(ITestOutputHelper output)
{
    private const int BoardCount = 1000;

    private static readonly ScoreMatrix Population = Boards.Of(Boards.Digits);

    [Fact]
    public void MeanScore_RealBoardResampled_IntervalsCoverAsPromised()
    {
        Standings truth = MeanScore.Fit(Population, new MeanScoreOptions { Rounds = 1 });
        Coverage coverage = Measure(BoardCount, truth, (board, seed) =>
            MeanScore.Fit(board, new MeanScoreOptions { Rounds = 500, Seed = seed, MaxDegreeOfParallelism = 1 }));
        output.WriteLine($"mean score: {coverage}");
        Assert.InRange(coverage.Differences, 0.93, 0.97);
        Assert.InRange(coverage.Ratings, 0.93, 0.97);
        Assert.True(coverage.Ranks >= LowestJoint, $"the true ranks lay in all rank intervals at once on {coverage.Ranks:P1} of boards");
        Assert.True(coverage.AllDifferences >= LowestJoint, $"all differences lay in their simultaneous intervals on {coverage.AllDifferences:P1} of boards");
    }

    [Fact]
    public void BradleyTerry_RealBoardResampled_IntervalsCoverAsPromised()
    {
        Standings truth = BradleyTerry.Fit(Population, new BradleyTerryOptions { Rounds = 1 });
        Coverage coverage = Measure(BoardCount, truth, (board, seed) =>
            BradleyTerry.Fit(board, new BradleyTerryOptions { Rounds = 500, Seed = seed, MaxDegreeOfParallelism = 1 }));
        output.WriteLine($"Bradley–Terry, a sample is one observation: {coverage}");
        Assert.InRange(coverage.Differences, 0.93, 0.97);
        Assert.InRange(coverage.Ratings, 0.93, 0.97);
        Assert.True(coverage.Ranks >= LowestJoint, $"the true ranks lay in all rank intervals at once on {coverage.Ranks:P1} of boards");
        Assert.True(coverage.AllDifferences >= LowestJoint, $"all differences lay in their simultaneous intervals on {coverage.AllDifferences:P1} of boards");
    }

    [Fact]
    public void BradleyTerry_EveryDerivedPairItsOwnSample_CoversFarTooLittle()
    {
        // the counterexample: the same fit told that pairs derived from one sample are separate observations
        Standings truth = BradleyTerry.Fit(Population, new BradleyTerryOptions { Rounds = 1 });
        Coverage coverage = Measure(100, truth, (board, _) =>
        {
            Standings fit = BradleyTerry.Fit(PairsAsSamples(board), new BradleyTerryOptions { Rounds = 1, MaxDegreeOfParallelism = 1 });
            Assert.Equal(BradleyTerry.Fit(board, new BradleyTerryOptions { Rounds = 1 }).Competitors[0].Rating, fit.Competitors[0].Rating, 6);
            return fit;
        });
        output.WriteLine($"Bradley–Terry, pairs as observations: {coverage}");
        Assert.True(coverage.Differences < 0.90, $"treating pairs as independent covered {coverage.Differences:P1}");
    }

    /// <summary>95 % less two standard errors of a share measured on that many boards.</summary>
    private static double LowestJoint => 0.95 - 2 * Math.Sqrt(0.95 * 0.05 / BoardCount);

    private static Coverage Measure(int boards, Standings truth, Func<ScoreMatrix, ulong, Standings> fit)
    {
        int n = truth.Competitors.Count;
        var rankOf = new int[n];
        for (int k = 0; k < n; k++)
        {
            rankOf[truth.Order[k]] = k + 1;
        }

        Assert.Equal(n, truth.Competitors.Select(c => c.Rating).Distinct().Count());
        var sum = new Coverage(0, 0, 0, 0, 0);
        for (int b = 0; b < boards; b++)
        {
            Standings standings = fit(Boards.Of(Boards.Take(Boards.Digits, Boards.Draw(Population.Samples, (ulong)b + 1))), (ulong)b);
            sum = sum.Plus(One(standings, truth, rankOf));
        }

        return sum.Over(boards);
    }

    private static Coverage One(Standings standings, Standings truth, int[] rankOf)
    {
        int n = rankOf.Length;
        (int covered, bool all) = (0, true);
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                PairComparison pair = standings.Pairs[i, j];
                double difference = truth.Pairs[i, j].Difference;
                covered += pair.Low <= difference && difference <= pair.High ? 1 : 0;
                all &= pair.SimultaneousLow <= difference && difference <= pair.SimultaneousHigh;
            }
        }

        double ratings = standings.Competitors.Count(c => c.Low <= truth.Competitors[c.Index].Rating && truth.Competitors[c.Index].Rating <= c.High);
        bool ranks = standings.Competitors.All(c => c.RankLow <= rankOf[c.Index] && rankOf[c.Index] <= c.RankHigh);
        double width = standings.Competitors.Average(c => c.RankHigh - c.RankLow + 1.0);
        return new Coverage(covered / (n * (n - 1) / 2.0), ratings / n, all ? 1 : 0, ranks ? 1 : 0, width);
    }

    /// <summary>Every two competitors measured on a sample become a sample of their own.</summary>
    private static ScoreMatrix PairsAsSamples(ScoreMatrix board)
    {
        int n = board.Competitors;
        var rows = new float[n][];
        for (int i = 0; i < n; i++)
        {
            rows[i] = new float[board.Samples * (n * (n - 1) / 2)];
            Array.Fill(rows[i], float.NaN);
        }

        int column = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++, column += board.Samples)
            {
                board.Row(i).CopyTo(rows[i].AsSpan(column));
                board.Row(j).CopyTo(rows[j].AsSpan(column));
            }
        }

        return Boards.Of(rows);
    }

    /// <summary>Shares of boards (or, on a board, of intervals) that hold the population's value.</summary>
    private sealed record Coverage(double Differences, double Ratings, double AllDifferences, double Ranks, double Width)
    {
        public Coverage Plus(Coverage other) => new(
            Differences + other.Differences,
            Ratings + other.Ratings,
            AllDifferences + other.AllDifferences,
            Ranks + other.Ranks,
            Width + other.Width);

        public Coverage Over(double boards) =>
            new(Differences / boards, Ratings / boards, AllDifferences / boards, Ranks / boards, Width / boards);

        public override string ToString() =>
            FormattableString.Invariant($"differences {Differences:P2}, ratings {Ratings:P2}, all differences at once {AllDifferences:P2}, all ranks at once {Ranks:P2}, mean width of rank intervals {Width:F2}");
    }
}
