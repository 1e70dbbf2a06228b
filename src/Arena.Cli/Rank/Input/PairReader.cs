using System.Globalization;
using System.Runtime.InteropServices;
using Arena.Ranking;

namespace Arena.Cli.Rank.Input;

/// <summary>Votes on two entries: their names and who won, or winner and loser, or a preference from 1 to 2.</summary>
internal sealed class PairReader
{
    private readonly RowContext _rows;
    private readonly VoteColumns _columns;
    private readonly NameTable _names = new();
    private readonly bool _count;
    private readonly bool _byLoser;
    private readonly bool _graded;
    private bool _zero;
    private bool _two;

    /// <param name="rows">The rows, at the first.</param>
    /// <param name="covariates">Covariates that were named.</param>
    /// <param name="count">Whether votes are to be counted and not held.</param>
    public PairReader(RowContext rows, IReadOnlyList<CovariateColumn> covariates, bool count)
    {
        (_rows, _count, _columns) = (rows, count, new VoteColumns(rows, covariates, weightsOnly: count));
        _byLoser = rows.Has(ColumnRole.Loser) && !rows.Has(ColumnRole.A);
        _graded = !_byLoser && !rows.Has(ColumnRole.Winner);
    }

    public RankInput Read(CancellationToken cancellationToken) => _count ? Count(cancellationToken) : Hold(cancellationToken);

    private RankInput.Votes Hold(CancellationToken cancellationToken)
    {
        var (first, second, outcomes) = (new List<int>(), new List<int>(), new List<PairOutcome>());
        var (weights, voters, prompts) = (new LateColumn<double>(1), new LateColumn<int>(-1), new LateColumn<int>(-1));
        do
        {
            if (TryReadVote(out int a, out int b, out PairOutcome outcome, out BallotDetails details))
            {
                first.Add(a);
                second.Add(b);
                outcomes.Add(outcome);
                weights.Add(details.Weight);
                voters.Add(details.Voter);
                prompts.Add(details.Prompt);
            }
        }
        while (_rows.Read(cancellationToken));

        (string[] sorted, int[] place) = Finish();
        foreach (ref int name in CollectionsMarshal.AsSpan(first))
        {
            name = place[name];
        }

        foreach (ref int name in CollectionsMarshal.AsSpan(second))
        {
            name = place[name];
        }

        Ballots ballots = Ballots.FromPairs(
            Math.Max(1, sorted.Length), CollectionsMarshal.AsSpan(first), CollectionsMarshal.AsSpan(second), CollectionsMarshal.AsSpan(outcomes), weights.Values, voters.Values, prompts.Values);
        return _columns.Finish(ballots, sorted);
    }

    private RankInput.Counts Count(CancellationToken cancellationToken)
    {
        var counts = new VoteCounts();
        do
        {
            if (TryReadVote(out int a, out int b, out PairOutcome outcome, out BallotDetails details))
            {
                counts.Add(a, b, outcome, details.Weight);
            }
        }
        while (_rows.Read(cancellationToken));

        (string[] sorted, int[] place) = Finish();
        return new RankInput.Counts(counts.ToTally(Math.Max(1, sorted.Length), place)) { Names = sorted };
    }

    private (string[] Names, int[] Place) Finish() => _zero && _two
        ? throw new RefusedException("The winner is 0 on some rows and 2 on others, so 0 may mean a tie or the second. Write model_a, model_b and tie instead.")
        : _names.Sorted();

    private bool TryReadVote(out int first, out int second, out PairOutcome outcome, out BallotDetails details)
    {
        (outcome, details, second) = (PairOutcome.FirstWins, default, -1);
        first = Name(_byLoser ? ColumnRole.Winner : ColumnRole.A);
        if (first < 0 || (second = Name(_byLoser ? ColumnRole.Loser : ColumnRole.B)) < 0)
        {
            return false;
        }

        if (first == second)
        {
            _rows.Bad($"it compares '{Outcomes.Short(_names[first])}' with itself");
            return false;
        }

        if (_graded ? !TryReadPreference(out outcome) : !_byLoser && !TryReadWinner(first, second, out outcome))
        {
            return false;
        }

        return _columns.TryRead(out details);
    }

    private int Name(ColumnRole role)
    {
        ReadOnlySpan<char> name = _rows[role];
        if (!name.IsEmpty)
        {
            return _names.Number(name);
        }

        _rows.Bad(role, role switch
        {
            ColumnRole.A => "it does not name the first entry",
            ColumnRole.B => "it does not name the second entry",
            ColumnRole.Loser => "it has no loser",
            _ => "it has no winner",
        });
        return -1;
    }

    private bool TryReadWinner(int first, int second, out PairOutcome outcome)
    {
        ReadOnlySpan<char> winner = _rows[ColumnRole.Winner];
        if (!Outcomes.TryRead(winner, _names[first], _names[second], out outcome, out string problem))
        {
            _rows.Bad(ColumnRole.Winner, problem);
            return false;
        }

        _zero |= winner is "0";
        _two |= winner is "2";
        return true;
    }

    private bool TryReadPreference(out PairOutcome outcome)
    {
        ReadOnlySpan<char> text = _rows[ColumnRole.Preference];
        bool read = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double preference) && preference is >= 1 and <= 2;
        if (!read)
        {
            _rows.Bad(ColumnRole.Preference, $"the preference '{Outcomes.Short(text)}' is no number from 1 (the first is better) to 2 (the second is)");
        }

        outcome = preference < 1.5 ? PairOutcome.FirstWins : preference > 1.5 ? PairOutcome.SecondWins : PairOutcome.Tie;
        return read;
    }
}
