namespace Arena.Ranking.Tests.Degenerate;

/// <summary>Inputs on which methods go wrong.</summary>
internal static class DegenerateInputs
{
    private static readonly BallotDetails Plain = new();

    public static readonly Dictionary<string, Func<Ballots>> Ballots = new(StringComparer.Ordinal)
    {
        ["groups that never met"] = () => Make(4, b => Both(b, (0, 1), (2, 3))),
        ["one never lost"] = () => Make(3, b =>
        {
            Both(b, (1, 2));
            b.AddPair(0, 1, PairOutcome.FirstWins);
            b.AddPair(0, 2, PairOutcome.FirstWins);
        }),
        ["one never won"] = () => Make(3, b =>
        {
            Both(b, (1, 2));
            b.AddPair(0, 1, PairOutcome.SecondWins);
            b.AddPair(0, 2, PairOutcome.SecondWins);
        }),
        ["only ties"] = () => Make(3, b =>
        {
            b.AddPair(0, 1, PairOutcome.Tie);
            b.AddPair(1, 2, PairOutcome.BothBad);
            b.AddPair(2, 0, PairOutcome.Tie);
        }),
        ["one tie of all"] = () => Make(4, b => b.AddTiers([0, 1, 2, 3])),
        ["one competitor"] = () => Make(1, b => b.AddRanking(0)),
        ["no ballots"] = () => Make(3, _ => { }),
        ["empty ballots"] = () => Make(3, b => b.AddRanking()),
        ["ballots of one"] = () => Make(3, b =>
        {
            b.AddRanking(0);
            b.AddRanking(2);
        }),
        ["no weight"] = () => Make(3, b => b.AddRanking([0, 1, 2], new BallotDetails(0))),
        ["weight for some only"] = () => Make(3, b =>
        {
            Both(b, (0, 1));
            b.AddPair(1, 2, PairOutcome.FirstWins, new BallotDetails(0));
            b.AddPair(2, 1, PairOutcome.FirstWins, new BallotDetails(0));
        }),
        ["one vote"] = () => Make(2, b => b.AddPair(1, 0, PairOutcome.FirstWins)),
        ["one vote, one without"] = () => Make(3, b => b.AddPair(1, 0, PairOutcome.FirstWins)),
        ["one slate"] = () => Make(4, b => b.AddRanking(3, 1, 0, 2)),
        ["one choice"] = () => Make(4, b => b.AddTopOne(2, 0, 1, 3)),
        ["nobody ordered"] = () => Make(3, b => b.AddTiers([[0, 1, 2]], Plain, TierKind.Unordered)),
        ["one without a vote"] = () => Make(4, b => Both(b, (0, 1), (1, 2), (2, 0))),
        ["one without a vote beside certain ones"] = () => Make(3, b =>
        {
            for (int k = 0; k < 400; k++)
            {
                b.AddPair(0, 1, k % 10 == 0 ? PairOutcome.SecondWins : k % 10 == 1 ? PairOutcome.Tie : PairOutcome.FirstWins, new BallotDetails(1, k % 40, k % 50));
            }
        }),
        ["one voter"] = () => Make(3, b =>
        {
            foreach ((int i, int j) in new[] { (0, 1), (1, 2), (2, 0), (1, 0) })
            {
                b.AddPair(i, j, PairOutcome.FirstWins, new BallotDetails(1, 0, 0));
            }
        }),
        ["tiny weights"] = () => Weighted(1e-9, 1e-9),
        ["huge weights"] = () => Weighted(1e9, 1e9),
        ["weights far apart"] = () => Weighted(1e-9, 1e9),
        ["the same again and again"] = () => Make(3, b =>
        {
            for (int k = 0; k < 500; k++)
            {
                b.AddRanking(2, 1, 0);
            }
        }),
        ["a chain of single upsets"] = () => Make(12, b =>
        {
            for (int i = 0; i < 11; i++)
            {
                for (int k = 0; k < 200; k++)
                {
                    b.AddPair(i, i + 1, k == 0 ? PairOutcome.SecondWins : PairOutcome.FirstWins);
                }
            }
        }),
        ["rock, paper, scissors"] = () => Make(3, b =>
        {
            b.AddPair(0, 1, PairOutcome.FirstWins);
            b.AddPair(1, 2, PairOutcome.FirstWins);
            b.AddPair(2, 0, PairOutcome.FirstWins);
        }),
    };

    public static readonly Dictionary<string, Func<ScoreMatrix>> Scores = new(StringComparer.Ordinal)
    {
        ["groups that never met"] = () => Boards.Binary("10--", "01--", "--10", "--01"),
        ["one always right"] = () => Boards.Binary("1111", "1010", "0101"),
        ["one always wrong"] = () => Boards.Binary("0000", "1010", "0101"),
        ["only ties"] = () => Boards.Binary("1010", "1010", "1010"),
        ["all wrong"] = () => Boards.Binary("000", "000"),
        ["one competitor"] = () => Boards.Binary("0110"),
        ["no competitor"] = () => ScoreMatrix.Create(0, 3, []),
        ["no samples"] = () => ScoreMatrix.Create(3, 0, []),
        ["one sample"] = () => Boards.Binary("1", "0", "0"),
        ["one score"] = () => Boards.Binary("1--", "---", "---"),
        ["all missing"] = () => Boards.Binary("--", "--"),
        ["one without a score"] = () => Boards.Binary("1010", "0110", "----"),
        ["no weight"] = () => Boards.Of(Boards.Rows("10", "01"), weights: [0, 0]),
        ["one sample with weight"] = () => Boards.Of(Boards.Rows("10", "01"), weights: [1, 0]),
        ["tiny weights"] = () => Boards.Of(Boards.Rows("1001", "0110", "0011"), weights: [1e-9, 1e-9, 1e-9, 1e-9]),
        ["huge weights"] = () => Boards.Of(Boards.Rows("1001", "0110", "0011"), weights: [1e9, 1e9, 1e9, 1e9]),
        ["weights far apart"] = () => Boards.Of(Boards.Rows("1001", "0110", "0011"), weights: [1e-9, 1, 1e9, 1]),
        ["huge scores"] = () => Boards.Of([[float.MaxValue, -float.MaxValue, 0], [-float.MaxValue, float.MaxValue, 1], [1, 2, float.MaxValue]], new ScoreScale(ScoreKind.Numeric)),
        ["tiny scores"] = () => Boards.Of([[float.Epsilon, 0, 0], [0, float.Epsilon, 0], [0, 0, float.Epsilon]], new ScoreScale(ScoreKind.Numeric)),
        ["the same again and again"] = () => Boards.Of([[.. Enumerable.Repeat(1f, 300)], [.. Enumerable.Repeat(0f, 300)]]),
    };

    public static readonly Dictionary<string, Func<PayoffTables>> Payoffs = new(StringComparer.Ordinal)
    {
        ["one strategy"] = () => PayoffTables.Symmetric(1, [1]),
        ["one strategy each"] = () => PayoffTables.General([1, 1, 1], [[1], [2], [3]]),
        ["all alike"] = () => PayoffTables.Symmetric(3, new double[9]),
        ["one dominates"] = () => PayoffTables.Symmetric(3, [1, 1, 1, 0, 0, 0, -1, -1, -1]),
        ["rock, paper, scissors"] = () => PayoffTables.Symmetric(3, [0, -1, 1, 1, 0, -1, -1, 1, 0]),
        ["huge payoffs"] = () => PayoffTables.Symmetric(2, [0, 1e300, -1e300, 0]),
        ["largest payoffs"] = () => PayoffTables.Symmetric(3, [0, double.MaxValue, -double.MaxValue, -double.MaxValue, 0, double.MaxValue, double.MaxValue, -double.MaxValue, 0]),
        ["tiny payoffs"] = () => PayoffTables.Symmetric(2, [0, double.Epsilon, -double.Epsilon, 0]),
        ["payoffs far apart"] = () => PayoffTables.General([2, 2], [[1e-200, 1e200, 3, -1e200], [1e200, 0, -1e-200, 5]]),
        ["never played"] = () => PayoffTables.Symmetric(2, [0, 1, -1, 0], counts: [0, 0, 0, 0], variances: [0, 0, 0, 0]),
        ["played once"] = () => PayoffTables.Symmetric(2, [0, 1, 0, 0], counts: [1, 1, 1, 1], variances: [0, 0, 0, 0]),
    };

    private static Ballots Make(int competitors, Action<BallotsBuilder> fill)
    {
        var builder = new BallotsBuilder(competitors);
        fill(builder);
        return builder.ToBallots();
    }

    private static void Both(BallotsBuilder builder, params ReadOnlySpan<(int First, int Second)> pairs)
    {
        foreach ((int first, int second) in pairs)
        {
            builder.AddPair(first, second, PairOutcome.FirstWins);
            builder.AddPair(first, second, PairOutcome.SecondWins);
        }
    }

    private static Ballots Weighted(double one, double other) => Make(3, b =>
    {
        (int I, int J)[] votes = [(0, 1), (1, 2), (2, 0), (1, 0), (0, 2), (0, 1)];
        for (int v = 0; v < votes.Length; v++)
        {
            b.AddPair(votes[v].I, votes[v].J, PairOutcome.FirstWins, new BallotDetails(v % 2 == 0 ? one : other, v % 3, v % 2));
        }
    });
}
