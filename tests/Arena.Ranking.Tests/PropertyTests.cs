using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Ranking.Tests;

/// <summary>The table method × property of docs/ranking.md, on generated boards.</summary>
public sealed class PropertyTests
{
    private static readonly Dictionary<string, Func<ScoreMatrix, Standings>> Methods = new(StringComparer.Ordinal)
    {
        [MeanScore.Name] = board => MeanScore.Fit(board, new MeanScoreOptions { Rounds = 200, MaxDegreeOfParallelism = 1 }),
        // a prior, so that every generated board has a fit
        [BradleyTerry.Name] = board => BradleyTerry.Fit(board, new BradleyTerryOptions { Rounds = 200, PriorTies = 0.1, MaxDegreeOfParallelism = 1 }),
    };

    public static TheoryData<string> MethodNames => [.. Methods.Keys];

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_CompetitorsPermuted_PermutesResults(string method) => ForBoards(0.2, (rows, seed) =>
    {
        int[] order = Boards.Permutation(rows.Length, seed + 1);
        Standings plain = Methods[method](Boards.Of(rows));
        Standings permuted = Methods[method](Boards.Of([.. order.Select(i => rows[i])]));
        for (int k = 0; k < order.Length; k++)
        {
            AssertSame(plain.Competitors[order[k]], permuted.Competitors[k]);
        }
    });

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_SamplesPermuted_KeepsEstimatesAndNearlyKeepsIntervals(string method) => ForBoards(0.2, (rows, seed) =>
    {
        Standings plain = Methods[method](Boards.Of(rows));
        Standings permuted = Methods[method](Boards.Of(Boards.Take(rows, Boards.Permutation(rows[0].Length, seed + 1))));
        foreach ((Standing a, Standing b) in plain.Competitors.Zip(permuted.Competitors))
        {
            Assert.Equal(a.Rating, b.Rating, 8);
            Assert.Equal(a.Offset, b.Offset, 8);
            Assert.Equal(a.Evidence, b.Evidence);
            // other random numbers meet other samples: the same interval up to the bootstrap's own noise
            Assert.InRange(b.High - b.Low, 0.7 * (a.High - a.Low), 1.4 * (a.High - a.Low));
        }
    });

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_DirectionReversed_ReversesTheOrder(string method) => ForBoards(0.2, (rows, _) =>
    {
        Standings plain = Methods[method](Boards.Of(rows));
        Standings reversed = Methods[method](Boards.Of(rows, new ScoreScale(ScoreKind.Binary, ScoreDirection.LowerIsBetter)));
        foreach ((Standing a, Standing b) in plain.Competitors.Zip(reversed.Competitors))
        {
            Assert.Equal(a.Offset, -b.Offset, 7);
            Assert.Equal((a.RankLow, a.RankHigh), (rows.Length + 1 - b.RankHigh, rows.Length + 1 - b.RankLow));
        }
    });

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_EverySampleTwice_DoublesEvidenceAndNarrowsPairs(string method) => ForBoards(0.2, (rows, _) =>
    {
        Standings once = Methods[method](Boards.Of(rows));
        Standings twice = Methods[method](Boards.Of([.. rows.Select(r => r.Concat(r).ToArray())]));
        Assert.Equal(new Evidence(2 * once.Evidence.Observations, 2 * once.Evidence.Discordant), twice.Evidence);
        for (int i = 1; i < rows.Length; i++)
        {
            Assert.True(twice.Pairs[0, i].StandardError <= once.Pairs[0, i].StandardError);
        }
    });

    [Fact]
    public void BradleyTerry_CompleteBoard_OrdersAsTheMeanScore() => ForBoards(0, (rows, _) =>
        Assert.Equal(Methods[MeanScore.Name](Boards.Of(rows)).Order, Methods[BradleyTerry.Name](Boards.Of(rows)).Order));

    [Fact]
    public void BradleyTerry_NumericScores_MayOrderOtherwiseThanTheMean()
    {
        // the counterexample: twice a little better, once much worse
        ScoreMatrix board = Boards.Of([[2, 2, 0], [1, 1, 9]], new ScoreScale(ScoreKind.Numeric));
        Assert.Equal([1, 0], Methods[MeanScore.Name](board).Order);
        Assert.Equal([0, 1], Methods[BradleyTerry.Name](board).Order);
    }

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_WrongTurnedRight_NeverLowersTheOffset(string method) => ForBoards(0.2, (rows, seed) =>
    {
        int competitor = (int)(seed % (ulong)rows.Length);
        int wrong = Array.IndexOf(rows[competitor], 0f);
        Standings before = Methods[method](Boards.Of(rows));
        rows[competitor][wrong] = 1;
        Standings after = Methods[method](Boards.Of(rows));
        Assert.True(after.Competitors[competitor].Offset > before.Competitors[competitor].Offset - 1e-7);
    });

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_CloneAdded_KeepsTheOrderOfTheOthersOnACompleteBoard(string method) => ForBoards(0, (rows, _) =>
    {
        Standings plain = Methods[method](Boards.Of(rows));
        Standings cloned = Methods[method](Boards.Of([.. rows, rows[0]]));
        Assert.Equal(plain.Order, cloned.Order.Where(i => i < rows.Length));
        Assert.False(cloned.Pairs.AreSeparated(0, rows.Length));
    });

    [Theory]
    [MemberData(nameof(MethodNames))]
    public void Fit_AnyBoard_IsFiniteAndRanksHoldTheDisplayedPlace(string method) => ForBoards(0, (rows, _) =>
    {
        Standings standings = Methods[method](Boards.Of(rows));
        for (int place = 1; place <= rows.Length; place++)
        {
            Standing c = standings.Competitors[standings.Order[place - 1]];
            Assert.True(double.IsFinite(c.Low) && double.IsFinite(c.High) && c.Low <= c.Rating && c.Rating <= c.High);
            Assert.InRange(place, c.RankLow, c.RankHigh);
        }
    });

    private static void AssertSame(Standing expected, Standing actual)
    {
        Assert.Equal(expected.Rating, actual.Rating, 7);
        Assert.Equal(expected.Low, actual.Low, 7);
        Assert.Equal(expected.High, actual.High, 7);
        Assert.Equal(expected.Offset, actual.Offset, 7);
        Assert.Equal((expected.RankLow, expected.RankHigh, expected.Evidence), (actual.RankLow, actual.RankHigh, actual.Evidence));
    }

    private static void ForBoards(double missing, Action<float[][], ulong> check) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(40).WithReplay(20250101, 1),
            Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<byte>(), (number, size) =>
            {
                ulong seed = (ulong)Math.Abs((long)number) + 1;
                check(Boards.Random(seed * 257 + size, 2 + size % 7, 60 + size, missing), seed);
            }));
}
