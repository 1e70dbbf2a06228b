using System.Globalization;
using Arena.Cli.Hosting;

namespace Arena.Cli.Rank.Input;

/// <summary>What the command line says about the input.</summary>
/// <param name="File">A path, or "-".</param>
/// <param name="Layout">How it stands in the table; null finds out by the headings.</param>
/// <param name="Columns">Columns of roles.</param>
/// <param name="Ignored">Columns of a wide table that hold no scores.</param>
/// <param name="Scores">How scores are read.</param>
/// <param name="SkipBadRows">Whether rows that cannot be read are left out.</param>
internal sealed record InputSettings(string File, InputLayout? Layout, ColumnMap Columns, IReadOnlyList<string> Ignored, ScoreSettings Scores, bool SkipBadRows);

/// <summary>Reads votes or scores out of any of the formats and layouts.</summary>
internal static class InputReader
{
    public static RankInput Read(InputSettings settings, CliSurroundings surroundings, IProgress<long> progress, CancellationToken cancellationToken)
    {
        using RowReader rows = RowSource.Open(settings.File, surroundings);
        var bad = new BadRows(settings.SkipBadRows);
        var context = new RowContext(rows, settings.Columns, bad, progress);
        InputLayout? layout = null;
        if (rows.Columns.Count > 0)
        {
            // headings come first; lines of JSON bring theirs with the first row
            settings.Columns.Check(rows.Columns);
            layout = Layout(context, settings);
            rows.Need(layout is InputLayout.EntriesInRows or InputLayout.EntriesInColumns ? [.. Enumerable.Range(0, rows.Columns.Count)] : context.AllColumns());
        }

        if (!context.Read(cancellationToken))
        {
            bad.Check();
            throw new RefusedException(bad.Count > 0 ? "No row can be read." : "There are headings and no rows. Give at least one.");
        }

        layout ??= Layout(context, settings);
        RankInput input = layout switch
        {
            InputLayout.Pairs => PairReader.Read(context, cancellationToken),
            InputLayout.Rankings => new BallotReader(context).ReadRankings(cancellationToken),
            InputLayout.Choices => new BallotReader(context).ReadChoices(cancellationToken),
            InputLayout.Contests => new BallotReader(context).ReadContests(cancellationToken),
            InputLayout.Scores => new ScoreReader(context, settings.Scores).ReadLong(cancellationToken),
            _ => Wide(layout == InputLayout.EntriesInRows, context, settings, cancellationToken),
        };
        settings.Columns.Check(rows.Columns);
        bad.Check();
        return bad.Count == 0
            ? input
            : input with { Notes = [.. input.Notes, string.Create(CultureInfo.InvariantCulture, $"{bad.Count:N0} of {context.Count:N0} rows could not be read and were left out.")] };
    }

    private static InputLayout Layout(RowContext rows, InputSettings settings)
    {
        InputLayout layout = settings.Layout ?? Guess(rows, settings.Columns);
        Require(layout, rows);
        return layout;
    }

    private static InputLayout Guess(RowContext rows, ColumnMap columns)
    {
        bool Has(params ReadOnlySpan<ColumnRole> roles)
        {
            foreach (ColumnRole role in roles)
            {
                if (!rows.Has(role))
                {
                    return false;
                }
            }

            return true;
        }

        string first = rows.Rows.Columns.Count > 0 ? rows.Rows.Columns[0].Trim() : "";
        return Has(ColumnRole.A, ColumnRole.B) && (Has(ColumnRole.Winner) || Has(ColumnRole.Preference)) ? InputLayout.Pairs
            : Has(ColumnRole.Winner, ColumnRole.Loser) ? InputLayout.Pairs
            : Has(ColumnRole.Best, ColumnRole.Shown) ? InputLayout.Choices
            : Has(ColumnRole.Ranking) ? InputLayout.Rankings
            : Has(ColumnRole.Entry, ColumnRole.Contest, ColumnRole.Place) ? InputLayout.Contests
            : Has(ColumnRole.Entry, ColumnRole.Sample, ColumnRole.Score) ? InputLayout.Scores
            : rows.Rows.Columns.Count > 1 && columns.IsFor(ColumnRole.Entry, first) ? InputLayout.EntriesInRows
            : rows.Rows.Columns.Count > 1 && columns.IsFor(ColumnRole.Sample, first) ? InputLayout.EntriesInColumns
            : throw new RefusedException($"""
                These headings are not known: {ColumnMap.Listed(rows.Rows.Columns)}.
                Votes on two have model_a, model_b and winner; on several a column ranking; scores have entry, sample and score.
                Name yours, as in --columns a=left,b=right,winner=outcome, or for a wide table of scores give --layout entries-in-rows or entries-in-columns.
                """);
    }

    /// <summary>A layout that was named must find its columns.</summary>
    private static void Require(InputLayout layout, RowContext rows)
    {
        ColumnRole[] roles = layout switch
        {
            InputLayout.Pairs when rows.Has(ColumnRole.Loser) && !rows.Has(ColumnRole.A) => [ColumnRole.Winner, ColumnRole.Loser],
            InputLayout.Pairs when rows.Has(ColumnRole.Preference) && !rows.Has(ColumnRole.Winner) => [ColumnRole.A, ColumnRole.B],
            InputLayout.Pairs => [ColumnRole.A, ColumnRole.B, ColumnRole.Winner],
            InputLayout.Rankings => [ColumnRole.Ranking],
            InputLayout.Choices => [ColumnRole.Best, ColumnRole.Shown],
            InputLayout.Contests => [ColumnRole.Entry, ColumnRole.Contest, ColumnRole.Place],
            InputLayout.Scores => [ColumnRole.Entry, ColumnRole.Sample, ColumnRole.Score],
            _ => [],
        };
        if (Array.FindAll(roles, r => !rows.Has(r)) is { Length: > 0 } missing)
        {
            throw new RefusedException($"There is no column for {string.Join(", ", missing.Select(r => r.ToString().ToLowerInvariant()))}. There are: {ColumnMap.Listed(rows.Rows.Columns)}. Name them, as in --columns {missing[0].ToString().ToLowerInvariant()}=COLUMN.");
        }
    }

    private static RankInput Wide(bool entriesInRows, RowContext context, InputSettings settings, CancellationToken cancellationToken)
    {
        ColumnRole role = entriesInRows ? ColumnRole.Entry : ColumnRole.Sample;
        IReadOnlyList<string> columns = context.Rows.Columns;
        int name = settings.Columns.Find(role, columns) is [int named, ..] ? named : entriesInRows ? 0 : -1;
        if (settings.Ignored.FirstOrDefault(i => !columns.Contains(i, StringComparer.Ordinal)) is { } unknown)
        {
            throw new RefusedException($"There is no column '{unknown}' to ignore. There are: {ColumnMap.Listed(columns)}.");
        }

        int[] values = [.. Enumerable.Range(0, columns.Count).Where(k => k != name && !settings.Ignored.Contains(columns[k], StringComparer.Ordinal))];
        return values.Length > 0
            ? new ScoreReader(context, settings.Scores).ReadWide(entriesInRows, name, values, cancellationToken)
            : throw new RefusedException("The table has no column of scores.");
    }
}
