using System.Globalization;
using Arena.Ranking;

namespace Arena.Cli.Rank.Input;

/// <summary>How scores are to be read.</summary>
/// <param name="Kind">What the numbers are; null finds out (right or wrong when all are 0 or 1).</param>
/// <param name="Direction">Which end is good.</param>
/// <param name="TieMargin">Scores that differ by this much or less tie.</param>
internal sealed record ScoreSettings(ScoreKind? Kind, ScoreDirection Direction, double TieMargin);

/// <summary>Tables of scores: a row for each entry and sample, with one column of scores or one a metric; a row for each entry; or a row for each sample.</summary>
internal sealed class ScoreReader(RowContext rows, ScoreSettings settings)
{
    private static readonly string[] Missing = ["", "nan", "na", "n/a", "null", "none", "-", "–"];

    private readonly NameTable _entries = new();
    private readonly NameTable _samples = new();
    private readonly List<(int Entry, int Sample, int Metric, float Score)> _scores = [];
    private long _missing;

    /// <param name="metrics">Columns of scores, one a metric.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public RankInput ReadLong(IReadOnlyList<string> metrics, CancellationToken cancellationToken)
    {
        do
        {
            ReadOnlySpan<char> entry = rows[ColumnRole.Entry];
            if (entry.IsEmpty)
            {
                rows.Bad(ColumnRole.Entry, "it names no entry");
                continue;
            }

            int number = _entries.Number(entry);
            ReadOnlySpan<char> sample = rows[ColumnRole.Sample];
            if (sample.IsEmpty)
            {
                rows.Bad(ColumnRole.Sample, "it names no sample");
                continue;
            }

            int on = _samples.Number(sample);
            if (metrics.Count == 0)
            {
                Add(number, on, 0, rows[ColumnRole.Score], rows.NameOf(ColumnRole.Score));
            }

            for (int m = 0; m < metrics.Count; m++)
            {
                Add(number, on, m, rows.Rows[rows.Find(metrics[m])].Trim(), metrics[m]);
            }
        }
        while (rows.Read(cancellationToken));
        return Finish(Math.Max(1, metrics.Count));
    }

    /// <param name="entriesInRows">Whether a row is an entry; otherwise a row is a sample.</param>
    /// <param name="name">The column that names the row; −1 numbers the rows.</param>
    /// <param name="values">The columns of scores.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public RankInput ReadWide(bool entriesInRows, int name, IReadOnlyList<int> values, CancellationToken cancellationToken)
    {
        (NameTable ofRows, NameTable ofColumns) = entriesInRows ? (_entries, _samples) : (_samples, _entries);
        foreach (int column in values)
        {
            ofColumns.Number(rows.Rows.Columns[column]);
        }

        do
        {
            ReadOnlySpan<char> own = name < 0 ? rows.Count.ToString(CultureInfo.InvariantCulture) : rows.Rows[name].Trim();
            if (own.IsEmpty)
            {
                rows.BadColumn(rows.Rows.Columns[name], $"it names no {(entriesInRows ? "entry" : "sample")}");
                continue;
            }

            int row = ofRows.Number(own);
            for (int k = 0; k < values.Count; k++)
            {
                Add(entriesInRows ? row : k, entriesInRows ? k : row, 0, rows.Rows[values[k]].Trim(), rows.Rows.Columns[values[k]]);
            }
        }
        while (rows.Read(cancellationToken));
        return Finish(1);
    }

    private void Add(int entry, int sample, int metric, ReadOnlySpan<char> text, string? column)
    {
        foreach (string missing in Missing)
        {
            if (text.Equals(missing, StringComparison.OrdinalIgnoreCase))
            {
                _missing++;
                return;
            }
        }

        float score = text switch
        {
            "true" or "True" or "TRUE" => 1,
            "false" or "False" or "FALSE" => 0,
            _ => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) ? number : float.NaN,
        };
        if (float.IsFinite(score))
        {
            _scores.Add((entry, sample, metric, score));
            return;
        }

        string advice = text.Contains(',') ? "Write a point before decimals and nothing between thousands" : "Leave it empty where it is missing, or leave a column without scores out with --ignore";
        rows.BadColumn(column, $"the score '{Outcomes.Short(text)}' of '{Outcomes.Short(_entries[entry])}' is no finite number. {advice}");
    }

    /// <summary>All metrics side by side in one matrix, each on its own scale, and each in one of its own.</summary>
    private RankInput.Scores Finish(int metrics)
    {
        (string[] sorted, int[] place) = _entries.Sorted();
        int samples = _samples.Count, width = metrics * samples;
        long size = (long)sorted.Length * samples * metrics;
        if (size > Array.MaxLength)
        {
            throw new RefusedException($"{sorted.Length:N0} entries on {samples:N0} samples are too many scores for one table. Are the columns for entry and sample the right ones? --columns names others.");
        }

        float[] matrix = new float[size];
        Array.Fill(matrix, float.NaN);
        bool[] binary = new bool[metrics];
        Array.Fill(binary, true);
        foreach ((int entry, int sample, int metric, float score) in _scores)
        {
            ref float cell = ref matrix[place[entry] * (long)width + metric * samples + sample];
            if (!float.IsNaN(cell))
            {
                throw new RefusedException($"'{_entries[entry]}' has two scores on the sample '{_samples[sample]}'. Keep one, or name samples by more columns, as in --columns sample=question_id+turn.");
            }

            cell = score;
            binary[metric] &= score is 0 or 1;
        }

        ScoreScale[] scales = [.. binary.Select(b => new ScoreScale(settings.Kind ?? (b ? ScoreKind.Binary : ScoreKind.Numeric), settings.Direction, settings.TieMargin))];
        try
        {
            return new RankInput.Scores(metrics == 1
                ? ScoreMatrix.Create(sorted.Length, samples, matrix, scales[0])
                : ScoreMatrix.Create(sorted.Length, width, matrix, [.. scales.SelectMany(s => Enumerable.Repeat(s, samples))]))
            {
                Names = sorted,
                Notes = _missing == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{_missing:N0} {(_missing == 1 ? "score is" : "scores are")} missing in the file.")],
                Metrics = metrics == 1 ? [] : [.. Enumerable.Range(0, metrics).Select(m => ScoreMatrix.Create(sorted.Length, samples, Part(m), scales[m]))],
            };
        }
        catch (RankingException e)
        {
            throw new RefusedException(DiagnosisText.Explain(e.Diagnosis, sorted));
        }

        float[] Part(int metric) => [.. Enumerable.Range(0, sorted.Length).SelectMany(e => matrix.AsSpan(e * width + metric * samples, samples).ToArray())];
    }
}
