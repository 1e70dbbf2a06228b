using Arena.Ranking;

namespace Arena.Cli.Rank.Input;

/// <summary>What people write for the outcome of a pairwise vote.</summary>
internal static class Outcomes
{
    private static readonly Dictionary<string, PairOutcome> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["model_a"] = PairOutcome.FirstWins,
        ["model a"] = PairOutcome.FirstWins,
        ["a"] = PairOutcome.FirstWins,
        ["left"] = PairOutcome.FirstWins,
        ["first"] = PairOutcome.FirstWins,
        ["1"] = PairOutcome.FirstWins,
        ["1.0"] = PairOutcome.FirstWins,
        ["model_b"] = PairOutcome.SecondWins,
        ["model b"] = PairOutcome.SecondWins,
        ["b"] = PairOutcome.SecondWins,
        ["right"] = PairOutcome.SecondWins,
        ["second"] = PairOutcome.SecondWins,
        ["0"] = PairOutcome.SecondWins,
        ["0.0"] = PairOutcome.SecondWins,
        ["2"] = PairOutcome.SecondWins,
        ["tie"] = PairOutcome.Tie,
        ["draw"] = PairOutcome.Tie,
        ["equal"] = PairOutcome.Tie,
        ["0.5"] = PairOutcome.Tie,
        ["tie (bothbad)"] = PairOutcome.BothBad,
        ["bothbad"] = PairOutcome.BothBad,
        ["both_bad"] = PairOutcome.BothBad,
        ["both bad"] = PairOutcome.BothBad,
    };

    private static readonly Dictionary<string, PairOutcome>.AlternateLookup<ReadOnlySpan<char>> Spans = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads a word or one of the two names.</summary>
    /// <param name="text">What stands in the file.</param>
    /// <param name="first">Name of the first.</param>
    /// <param name="second">Name of the second.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="problem">Why there is none.</param>
    public static bool TryRead(ReadOnlySpan<char> text, string first, string second, out PairOutcome outcome, out string problem)
    {
        problem = "";
        bool word = Spans.TryGetValue(text, out outcome);
        PairOutcome? named = text.SequenceEqual(first) ? PairOutcome.FirstWins : text.SequenceEqual(second) ? PairOutcome.SecondWins : null;
        if (named is { } byName)
        {
            if (word && outcome != byName)
            {
                problem = $"the winner '{text}' is the name of one and means the other. Write model_a or model_b";
                return false;
            }

            outcome = byName;
            return true;
        }

        if (!word)
        {
            problem = text.IsEmpty
                ? "it has no winner"
                : $"the winner '{Short(text)}' is not known. Write model_a, model_b, tie, tie (bothbad), or one of the two names";
        }

        return word;
    }

    /// <summary>Not more of a value than a message can hold.</summary>
    public static string Short(ReadOnlySpan<char> text) => text.Length <= 60 ? text.ToString() : $"{text[..57]}…";
}
