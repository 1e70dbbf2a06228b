using System.Globalization;
using Arena.Ranking;

namespace Arena.Cli.Rank.Input;

/// <summary>Votes on two entries: their names and who won, or winner and loser, or a preference from 1 to 2.</summary>
internal static class PairReader
{
    public static RankInput Read(RowContext rows, CancellationToken cancellationToken)
    {
        var names = new NameTable();
        var columns = new VoteColumns(rows);
        var votes = new List<(int First, int Second, PairOutcome Outcome, BallotDetails Details)>();
        bool byLoser = rows.Has(ColumnRole.Loser) && !rows.Has(ColumnRole.A);
        bool graded = !byLoser && !rows.Has(ColumnRole.Winner);
        (bool zero, bool two) = (false, false);
        do
        {
            int first = Name(rows, byLoser ? ColumnRole.Winner : ColumnRole.A, names);
            int second = Name(rows, byLoser ? ColumnRole.Loser : ColumnRole.B, names);
            if (first < 0 || second < 0)
            {
                continue;
            }

            if (first == second)
            {
                rows.Bad($"it compares '{Outcomes.Short(names[first])}' with itself");
                continue;
            }

            PairOutcome outcome = PairOutcome.FirstWins;
            if (graded)
            {
                if (!TryReadPreference(rows, out outcome))
                {
                    continue;
                }
            }
            else if (!byLoser)
            {
                ReadOnlySpan<char> winner = rows[ColumnRole.Winner];
                if (!Outcomes.TryRead(winner, names[first], names[second], out outcome, out string problem))
                {
                    rows.Bad(problem);
                    continue;
                }

                zero |= winner is "0";
                two |= winner is "2";
            }

            if (columns.TryRead(out BallotDetails details))
            {
                votes.Add((first, second, outcome, details));
            }
        }
        while (rows.Read(cancellationToken));

        if (zero && two)
        {
            throw new RefusedException("The winner is 0 on some rows and 2 on others, so 0 may mean a tie or the second. Write model_a, model_b and tie instead.");
        }

        (string[] sorted, int[] place) = names.Sorted();
        if (votes.Count == 0)
        {
            return new RankInput.Votes(new BallotsBuilder(Math.Max(1, sorted.Length)).ToBallots()) { Names = sorted };
        }

        var builder = new BallotsBuilder(sorted.Length, votes.Count, 2 * votes.Count);
        foreach ((int first, int second, PairOutcome outcome, BallotDetails details) in votes)
        {
            builder.AddPair(place[first], place[second], outcome, details);
        }

        return new RankInput.Votes(builder.ToBallots()) { Names = sorted };
    }

    private static int Name(RowContext rows, ColumnRole role, NameTable names)
    {
        ReadOnlySpan<char> name = rows[role];
        if (!name.IsEmpty)
        {
            return names.Number(name);
        }

        rows.Bad(role switch
        {
            ColumnRole.A => "it does not name the first entry",
            ColumnRole.B => "it does not name the second entry",
            ColumnRole.Loser => "it has no loser",
            _ => "it has no winner",
        });
        return -1;
    }

    private static bool TryReadPreference(RowContext rows, out PairOutcome outcome)
    {
        ReadOnlySpan<char> text = rows[ColumnRole.Preference];
        bool read = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double preference) && preference is >= 1 and <= 2;
        if (!read)
        {
            rows.Bad($"the preference '{Outcomes.Short(text)}' is no number from 1 (the first is better) to 2 (the second is)");
        }

        outcome = preference < 1.5 ? PairOutcome.FirstWins : preference > 1.5 ? PairOutcome.SecondWins : PairOutcome.Tie;
        return read;
    }
}
