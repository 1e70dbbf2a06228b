using System.Globalization;
using System.Runtime.InteropServices;
using Arena.Ranking;

namespace Arena.Cli.Rank.Input;

/// <summary>How scores are to be read.</summary>
/// <param name="Kind">What the numbers are; null finds out (right or wrong when all are 0 or 1).</param>
/// <param name="Direction">Which end is good.</param>
/// <param name="TieMargin">Scores that differ by this much or less tie.</param>
internal sealed record ScoreSettings(ScoreKind? Kind, ScoreDirection Direction, double TieMargin);

/// <summary>Tables of scores: a row for each entry and sample, a row for each entry, or a row for each sample.</summary>
internal sealed class ScoreReader(RowContext rows, ScoreSettings settings)
{
    private static readonly string[] Missing = ["", "nan", "na", "n/a", "null", "none", "-", "–"];

    private readonly NameTable _entries = new();
    private readonly NameTable _samples = new();
    private readonly List<(int Entry, int Sample, float Score)> _scores = [];
    private long _missing;

    public RankInput ReadLong(CancellationToken cancellationToken)
    {
        do
        {
            ReadOnlySpan<char> entry = rows[ColumnRole.Entry];
            if (entry.IsEmpty)
            {
                rows.Bad("it names no entry");
                continue;
            }

            int number = _entries.Number(entry);
            ReadOnlySpan<char> sample = rows[ColumnRole.Sample];
            if (sample.IsEmpty)
            {
                rows.Bad("it names no sample");
                continue;
            }

            Add(number, _samples.Number(sample), rows[ColumnRole.Score]);
        }
        while (rows.Read(cancellationToken));
        return Finish();
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
                rows.Bad($"it has no {(entriesInRows ? "entry" : "sample")} in the column '{rows.Rows.Columns[name]}'");
                continue;
            }

            int row = ofRows.Number(own);
            for (int k = 0; k < values.Count; k++)
            {
                Add(entriesInRows ? row : k, entriesInRows ? k : row, rows.Rows[values[k]].Trim());
            }
        }
        while (rows.Read(cancellationToken));
        return Finish();
    }

    private void Add(int entry, int sample, ReadOnlySpan<char> text)
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
            _scores.Add((entry, sample, score));
        }
        else
        {
            rows.Bad($"the score '{Outcomes.Short(text)}' of '{Outcomes.Short(_entries[entry])}' is no finite number. Leave it empty where it is missing");
        }
    }

    private RankInput.Scores Finish()
    {
        (string[] sorted, int[] place) = _entries.Sorted();
        long size = (long)sorted.Length * _samples.Count;
        if (size > Array.MaxLength)
        {
            throw new RefusedException($"{sorted.Length:N0} entries on {_samples.Count:N0} samples are too many scores for one table. Are the columns for entry and sample the right ones? --columns names others.");
        }

        float[] matrix = new float[size];
        Array.Fill(matrix, float.NaN);
        foreach ((int entry, int sample, float score) in _scores)
        {
            ref float cell = ref matrix[place[entry] * (long)_samples.Count + sample];
            if (!float.IsNaN(cell))
            {
                throw new RefusedException($"'{_entries[entry]}' has two scores on the sample '{_samples[sample]}'. Keep one, or name samples by more columns, as in --columns sample=question_id+turn.");
            }

            cell = score;
        }

        ScoreKind kind = settings.Kind ?? (CollectionsMarshal.AsSpan(_scores) is var all && Binary(all) ? ScoreKind.Binary : ScoreKind.Numeric);
        return ScoreMatrix.TryCreate(sorted.Length, _samples.Count, matrix, new ScoreScale(kind, settings.Direction, settings.TieMargin), [], out ScoreMatrix? scores, out Diagnosis? diagnosis)
            ? new RankInput.Scores(scores) { Names = sorted, Notes = _missing == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{_missing:N0} scores are missing in the file.")] }
            : throw new RefusedException(DiagnosisText.Explain(diagnosis, sorted));
    }

    private static bool Binary(ReadOnlySpan<(int Entry, int Sample, float Score)> scores)
    {
        foreach ((_, _, float score) in scores)
        {
            if (score is not (0 or 1))
            {
                return false;
            }
        }

        return true;
    }
}
