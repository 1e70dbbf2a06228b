using Arena.Ranking.Resampling;

namespace Arena.Ranking.Tests.Properties;

/// <summary>A column of the table method × property of docs/ranking.md.</summary>
/// <param name="Name">As the table's heading has it.</param>
/// <param name="Violation">What is wrong with a method on a piece of evidence; null when the property holds there. The number is a seed.</param>
/// <param name="Asks">Whether a kind of evidence knows the change that the property speaks of.</param>
internal sealed record MethodProperty(string Name, Func<RankedMethod, IEvidence, ulong, string?> Violation, Func<IEvidence, bool> Asks)
{
    /// <summary>All columns, in the order of the table.</summary>
    public static readonly MethodProperty[] All =
    [
        new("names permuted", NamesPermuted, _ => true),
        new("votes permuted", VotesPermuted, e => e.Shuffled(1) is not null),
        new("ballots reversed", BallotsReversed, e => e.Reversed() is not null),
        new("votes doubled", VotesDoubled, e => e.Twice() is not null),
        new("last win", (m, e, seed) => WinAdded(m, e, seed, 1), _ => true),
        new("any win", (m, e, seed) => WinAdded(m, e, seed, seed % 3 == 0 ? 0 : new Xoshiro256(seed, 41).NextDouble()), _ => true),
        new("clone", CloneAdded, _ => true),
        new("threads", ThreadsChanged, _ => true),
    ];

    public override string ToString() => Name;

    /// <summary>Permuting names permutes the ratings.</summary>
    private static string? NamesPermuted(RankedMethod method, IEvidence evidence, ulong seed)
    {
        int[] to = new Xoshiro256(seed, 42).Permutation(evidence.Competitors);
        double[] plain = Ratings(method, evidence), renamed = Ratings(method, evidence.Renamed(to));
        return Differ(plain, [.. to.Select(i => renamed[i])]);
    }

    /// <summary>Permuting votes or samples changes no rating.</summary>
    private static string? VotesPermuted(RankedMethod method, IEvidence evidence, ulong seed) =>
        Differ(Ratings(method, evidence), Ratings(method, evidence.Shuffled(seed)!));

    /// <summary>Reversing every ballot reverses the order.</summary>
    private static string? BallotsReversed(RankedMethod method, IEvidence evidence, ulong seed) =>
        OrderedOtherwise(Scores(method, evidence), [.. Scores(method, evidence.Reversed()!).Select(x => -x)]);

    /// <summary>Every vote twice keeps the order.</summary>
    private static string? VotesDoubled(RankedMethod method, IEvidence evidence, ulong seed) =>
        OrderedOtherwise(Scores(method, evidence), Scores(method, evidence.Twice()!));

    /// <summary>A win costs the winner no rating, and nobody that it was ahead of passes it.</summary>
    private static string? WinAdded(RankedMethod method, IEvidence evidence, ulong seed, double place)
    {
        int n = evidence.Competitors, winner = (int)(seed % (ulong)n), loser = (winner + 1 + (int)(seed / (ulong)n % (ulong)(n - 1))) % n;
        Standings before = method.Rate(evidence), after = method.Rate(evidence.WithWin(winner, loser, place));
        double[] was = [.. before.Competitors.Select(c => c.Offset)], now = [.. after.Competitors.Select(c => c.Offset)];
        double from = before.Competitors[winner].Rating, to = after.Competitors[winner].Rating;
        if (Sign(to - from, [from, to]) < 0)
        {
            return $"{winner} beat {loser} once more and fell from {from} to {to}.";
        }

        int passed = Enumerable.Range(0, n).FirstOrDefault(j => Sign(was[winner] - was[j], was) > 0 && Sign(now[winner] - now[j], now) < 0, -1);
        return passed < 0 ? null : $"{winner} beat {loser} once more and was passed by {passed}: {Text(was)}, then {Text(now)}.";
    }

    /// <summary>A clone leaves the order of those that were there.</summary>
    private static string? CloneAdded(RankedMethod method, IEvidence evidence, ulong seed) =>
        OrderedOtherwise(Scores(method, evidence), Scores(method, evidence.WithClone(seed))[..evidence.Competitors]);

    /// <summary>The number of threads changes nothing, not even the last bit.</summary>
    private static string? ThreadsChanged(RankedMethod method, IEvidence evidence, ulong seed)
    {
        Standings one = method.Rate(evidence, 20, 1), three = method.Rate(evidence, 20, 3);
        return one.Competitors.SequenceEqual(three.Competitors) && one.Diagnostics.CriticalValue.Equals(three.Diagnostics.CriticalValue)
            ? null
            : $"{string.Join(", ", one.Competitors)} with one thread, {string.Join(", ", three.Competitors)} with three.";
    }

    private static double[] Ratings(RankedMethod method, IEvidence evidence) => [.. method.Rate(evidence).Competitors.Select(c => c.Rating)];

    /// <summary>What a board is ordered by.</summary>
    private static double[] Scores(RankedMethod method, IEvidence evidence) => [.. method.Rate(evidence).Competitors.Select(c => c.Offset)];

    private static string? Differ(double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= Rounding(expected)))
            {
                return $"Competitor {i} stands at {expected[i]} and then at {actual[i]}.";
            }
        }

        return null;
    }

    private static string? OrderedOtherwise(double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (Sign(expected[i] - expected[j], expected) != Sign(actual[i] - actual[j], actual))
                {
                    return $"{i} and {j} are ordered otherwise: {Text(expected)}, then {Text(actual)}.";
                }
            }
        }

        return null;
    }

    private static int Sign(double difference, double[] ratings) => Math.Abs(difference) <= Rounding(ratings) ? 0 : Math.Sign(difference);

    /// <summary>What iterations leave over: 1e-7 of the largest number.</summary>
    private static double Rounding(double[] ratings) => 1e-7 * Math.Max(1, ratings.Max(Math.Abs));

    private static string Text(double[] values) => string.Join(" ", values.Select(v => v.ToString("G6", System.Globalization.CultureInfo.InvariantCulture)));
}
