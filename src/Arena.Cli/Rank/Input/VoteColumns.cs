using System.Globalization;
using Arena.Ranking;

namespace Arena.Cli.Rank.Input;

/// <summary>What rides along with every vote, held for those that can be used: time, source and covariates; voter, prompt and weight as numbers.</summary>
/// <param name="rows">The rows.</param>
/// <param name="covariates">Covariates that were named.</param>
/// <param name="weightsOnly">Whether only weights are wanted: nothing is held then.</param>
internal sealed class VoteColumns(RowContext rows, IReadOnlyList<CovariateColumn> covariates, bool weightsOnly = false)
{
    private readonly NameTable _voters = new();
    private readonly NameTable _prompts = new();
    private readonly NameTable _sources = new();
    private readonly List<int> _source = [];
    private readonly TimeColumn _times = new();
    private readonly List<double>[] _measures = [.. covariates.SelectMany(c => c.Columns).Select(_ => new List<double>())];
    private readonly double[] _row = new double[covariates.Sum(c => c.Columns.Count)];
    private readonly bool _timed = !weightsOnly && rows.Has(ColumnRole.Time);
    private readonly bool _sourced = !weightsOnly && rows.Has(ColumnRole.Source);

    /// <summary>Reads the current row's; false, with the mistake noted, where it cannot be used. Call it once a vote, when all else is known to be right.</summary>
    public bool TryRead(out BallotDetails details)
    {
        details = default;
        double weight = 1;
        ReadOnlySpan<char> written = rows[ColumnRole.Weight];
        if (!written.IsEmpty && (!double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out weight) || !double.IsFinite(weight) || weight < 0))
        {
            rows.Bad(ColumnRole.Weight, $"the weight '{Outcomes.Short(written)}' is no number of 0 or more");
            return false;
        }

        if (weightsOnly)
        {
            details = new BallotDetails(weight);
            return true;
        }

        ReadOnlySpan<char> source = rows[ColumnRole.Source];
        if (_sourced && source.IsEmpty)
        {
            rows.Bad(ColumnRole.Source, "it names no source");
            return false;
        }

        if (!TryReadCovariates())
        {
            return false;
        }

        if (_sourced)
        {
            _source.Add(_sources.Number(source));
        }

        if (_timed)
        {
            _times.Add(rows[ColumnRole.Time], rows.Rows.Place);
        }

        for (int k = 0; k < _row.Length; k++)
        {
            _measures[k].Add(_row[k]);
        }

        ReadOnlySpan<char> voter = rows[ColumnRole.Voter];
        int v = voter.IsEmpty ? -1 : _voters.Number(voter);
        ReadOnlySpan<char> prompt = rows[ColumnRole.Prompt];
        details = new BallotDetails(weight, v, prompt.IsEmpty ? -1 : _prompts.Number(prompt));
        return true;
    }

    /// <summary>The votes with what rides along.</summary>
    public RankInput.Votes Finish(Ballots ballots, IReadOnlyList<string> names) => new(ballots)
    {
        Names = names,
        Times = _timed ? _times.Finish(rows.NameOf(ColumnRole.Time)!) : null,
        Sources = _sourced ? new VoteSources([.. Enumerable.Range(0, _sources.Count).Select(s => _sources[s])], [.. _source]) : null,
        Covariates = covariates.Count > 0 ? Built(ballots.Count) : null,
    };

    private bool TryReadCovariates()
    {
        int k = 0;
        foreach (CovariateColumn covariate in covariates)
        {
            foreach (string column in covariate.Columns)
            {
                ReadOnlySpan<char> text = rows.Rows[rows.Find(column)].Trim();
                if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _row[k]) || !double.IsFinite(_row[k]) || (covariate.Columns.Count > 1 && _row[k] < 0))
                {
                    rows.BadColumn(column, text.IsEmpty ? "it has no value, and a covariate needs one on every row" : $"the covariate '{Outcomes.Short(text)}' is no finite number{(covariate.Columns.Count > 1 ? " of 0 or more" : "")}");
                    return false;
                }

                k++;
            }
        }

        return true;
    }

    private Covariates Built(int votes)
    {
        Covariates all = Covariates.None(votes);
        int k = 0;
        foreach (CovariateColumn covariate in covariates)
        {
            all = covariate.Columns switch
            {
                [] => all.WithPosition(covariate.Name),
                [_] => all.And(Covariates.Create([covariate.Name], votes, [.. _measures[k]])),
                _ => all.And(Covariates.RelativeDifference(covariate.Name, [.. _measures[k]], [.. _measures[k + 1]])),
            };
            k += covariate.Columns.Count;
        }

        return all;
    }
}
