using System.Globalization;
using Arena.Cli.Hosting;

namespace Arena.Cli.Rank.Input;

/// <summary>What the command line says about the input.</summary>
/// <param name="Files">Paths, or "-".</param>
/// <param name="Layout">How it stands in the table; null finds out by the headings.</param>
/// <param name="Columns">Columns of roles.</param>
/// <param name="Ignored">Columns of a wide table that hold no scores, or strategies to leave out.</param>
/// <param name="Metrics">Columns of scores, one a metric.</param>
/// <param name="Covariates">Covariates of votes, as written.</param>
/// <param name="Scores">How scores are read.</param>
/// <param name="SkipBadRows">Whether rows that cannot be read are left out.</param>
internal sealed record InputSettings(
    IReadOnlyList<string> Files,
    InputLayout? Layout,
    ColumnMap Columns,
    IReadOnlyList<string> Ignored,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<string> Covariates,
    ScoreSettings Scores,
    bool SkipBadRows)
{
    /// <summary>Whether the method ranks payoffs, so that a table of numbers is taken for them.</summary>
    public bool WantsPayoffs { get; init; }

    /// <summary>Whether pairwise votes without voters and prompts need only be counted.</summary>
    public CountVotes Count { get; init; }
}

/// <summary>Whether pairwise votes need only be counted.</summary>
internal enum CountVotes
{
    /// <summary>They are held.</summary>
    No,

    /// <summary>Where no column knows a voter or a prompt.</summary>
    WithoutClusters,

    /// <summary>Whatever else is known of them.</summary>
    Always,
}

/// <summary>Reads votes, scores or payoffs out of any of the formats and layouts.</summary>
internal sealed class InputReader
{
    private readonly InputSettings _settings;
    private readonly BadRows _bad;
    private readonly RowContext _context;

    private InputReader(InputSettings settings, RowReader rows, IProgress<long> progress)
    {
        (_settings, _bad) = (settings, new BadRows(settings.SkipBadRows));
        _context = new RowContext(rows, settings.Columns, _bad, progress);
    }

    private IReadOnlyList<string> Columns => _context.Rows.Columns;

    public static RankInput Read(InputSettings settings, CliSurroundings surroundings, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        RankInput[] inputs = [.. settings.Files.Select(f => ReadFile(f, settings, surroundings, progress, seen, cancellationToken))];
        settings.Columns.Check(seen);
        return inputs.Length == 1 ? inputs[0] : SharedEntries.Of([.. settings.Files.Select(RowSource.NameOf).Zip(inputs)]);
    }

    private static RankInput ReadFile(string file, InputSettings settings, CliSurroundings surroundings, IProgress<long> progress, HashSet<string> seen, CancellationToken cancellationToken)
    {
        string name = RowSource.NameOf(file);
        try
        {
            (PeekedStream stream, bool payoffs) = RowSource.Open(file, surroundings);
            using (stream)
            {
                if (payoffs)
                {
                    return PayoffJson.Read(stream) with { Files = [new InputFile(name, "payoffs", 0, new Dictionary<string, string>(StringComparer.Ordinal))] };
                }

                using RowReader rows = RowSource.Rows(stream, file);
                var reader = new InputReader(settings, rows, progress);
                RankInput input = reader.Run(settings.Files.Count == 1, cancellationToken);
                seen.UnionWith(rows.Columns);
                return input;
            }
        }
        catch (RefusedException e) when (!e.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw new RefusedException($"{name}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new RefusedException($"{name} cannot be read to its end: {e.Message}");
        }
    }

    private RankInput Run(bool only, CancellationToken cancellationToken)
    {
        InputLayout? layout = null;
        if (Columns.Count > 0)
        {
            // headings come first; lines of JSON bring theirs with the first row
            layout = Layout(only);
            bool all = layout is null or InputLayout.EntriesInRows or InputLayout.EntriesInColumns or InputLayout.Payoffs;
            _context.Rows.Need(all ? [.. Enumerable.Range(0, Columns.Count)] : [.. _context.AllColumns(), .. _settings.Metrics.Select(_context.Find), .. Covariates(layout).SelectMany(c => c.Columns).Select(_context.Find)]);
        }

        if (!_context.Read(cancellationToken))
        {
            _bad.Check();
            throw _bad.Count == 0 && layout is null && Columns.Count > 0 ? Unknown() : new RefusedException(_bad.Count > 0 ? "No row can be read." : "There are headings and no rows. Give at least one.");
        }

        InputLayout known = layout ?? Layout(only) ?? (IsMatrix() ? InputLayout.Payoffs : throw Unknown());
        RankInput input = known switch
        {
            InputLayout.Pairs => new PairReader(_context, Covariates(known), Counting()).Read(cancellationToken),
            InputLayout.Rankings => new BallotReader(_context).ReadRankings(cancellationToken),
            InputLayout.Choices => new BallotReader(_context).ReadChoices(cancellationToken),
            InputLayout.Contests => new BallotReader(_context).ReadContests(cancellationToken),
            InputLayout.Scores => new ScoreReader(_context, _settings.Scores).ReadLong(_settings.Metrics, cancellationToken),
            InputLayout.Payoffs when PayoffReader.IsList(Columns) => new PayoffReader(_context).ReadList(cancellationToken),
            InputLayout.Payoffs => new PayoffReader(_context).ReadMatrix(_settings.Ignored, cancellationToken),
            _ => Wide(known == InputLayout.EntriesInRows, cancellationToken),
        };
        _bad.Check();
        string[] notes = _bad.Count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{_bad.Count:N0} of {_context.Count:N0} rows could not be read and were left out.")];
        return input with
        {
            Notes = [.. input.Notes, .. notes],
            Files = [new InputFile(_context.Rows.Name, Written(known), _context.Count, _context.NamesByRole())],
        };
    }

    /// <summary>The layout's name on the command line.</summary>
    public static string Written(InputLayout layout) => layout switch
    {
        InputLayout.EntriesInRows => "entries-in-rows",
        InputLayout.EntriesInColumns => "entries-in-columns",
        _ => layout.ToString().ToLowerInvariant(),
    };

    /// <summary>The layout that was named or that the headings tell; null where only the rows can tell whether they are a matrix of payoffs.</summary>
    private InputLayout? Layout(bool only)
    {
        if (only)
        {
            _settings.Columns.Check(Columns);
        }

        if (_settings.Metrics.FirstOrDefault(m => !Columns.Contains(m, StringComparer.Ordinal)) is { } metric)
        {
            throw new RefusedException(ColumnMap.Unknown(metric, " of a metric", Columns));
        }

        InputLayout? layout = _settings.Layout ?? Guess();
        if (layout is { } known)
        {
            Require(known);
        }

        return layout;
    }

    private InputLayout? Guess()
    {
        string first = Columns.Count > 0 ? Columns[0].Trim() : "";
        return Has(ColumnRole.A, ColumnRole.B) && (Has(ColumnRole.Winner) || Has(ColumnRole.Preference)) ? InputLayout.Pairs
            : Has(ColumnRole.Winner, ColumnRole.Loser) ? InputLayout.Pairs
            : Has(ColumnRole.Best, ColumnRole.Shown) ? InputLayout.Choices
            : Has(ColumnRole.Ranking) ? InputLayout.Rankings
            : Has(ColumnRole.Entry, ColumnRole.Contest, ColumnRole.Place) ? InputLayout.Contests
            : Has(ColumnRole.Entry, ColumnRole.Sample) && (_settings.Metrics.Count > 0 || Has(ColumnRole.Score)) ? InputLayout.Scores
            : PayoffReader.IsList(Columns) || _settings.WantsPayoffs ? InputLayout.Payoffs
            : Columns.Count > 1 && Has(ColumnRole.Entry, ColumnRole.Sample) ? throw ManyScores()
            : Columns.Count > 1 && _settings.Columns.IsFor(ColumnRole.Entry, first) ? InputLayout.EntriesInRows
            : Columns.Count > 1 && _settings.Columns.IsFor(ColumnRole.Sample, first) ? InputLayout.EntriesInColumns
            : null;
    }

    private bool Has(params ReadOnlySpan<ColumnRole> roles)
    {
        foreach (ColumnRole role in roles)
        {
            if (!_context.Has(role))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the first row's name is also that of a column: strategies against each other.</summary>
    private bool IsMatrix() => _context.Rows.HasHeadings
        ? Columns.Count > 2 && Columns.Skip(1).Contains(_context.Rows[0].Trim().ToString(), StringComparer.Ordinal)
        : _settings.WantsPayoffs;

    private RefusedException ManyScores() => new($"""
        It has an entry ('{_context.NameOf(ColumnRole.Entry)}') and a sample ('{_context.NameOf(ColumnRole.Sample)}') on every row, but which column holds the score? There are: {ColumnMap.Listed(Columns)}.
        Name one, as in --columns score=COLUMN, or several with --metrics COLUMN,COLUMN.
        """);

    private RefusedException Unknown() => new(_context.Rows.HasHeadings
        ? $"""
            These headings are not known: {ColumnMap.Listed(Columns)}.
            Votes on two have model_a, model_b and winner; on several a column ranking; scores have entry, sample and score.
            Name yours, as in --columns a=left,b=right,winner=outcome, or for a wide table of scores give --layout entries-in-rows or entries-in-columns.
            """
        : "The first line holds numbers only, so there are no headings. Put a line of names above it; a bare matrix of payoffs is read with --layout payoffs.");

    /// <summary>A layout that was named must find its columns.</summary>
    private void Require(InputLayout layout)
    {
        ColumnRole[] roles = layout switch
        {
            InputLayout.Pairs when Has(ColumnRole.Loser) && !Has(ColumnRole.A) => [ColumnRole.Winner, ColumnRole.Loser],
            InputLayout.Pairs when Has(ColumnRole.Preference) && !Has(ColumnRole.Winner) => [ColumnRole.A, ColumnRole.B],
            InputLayout.Pairs => [ColumnRole.A, ColumnRole.B, ColumnRole.Winner],
            InputLayout.Rankings => [ColumnRole.Ranking],
            InputLayout.Choices => [ColumnRole.Best, ColumnRole.Shown],
            InputLayout.Contests => [ColumnRole.Entry, ColumnRole.Contest, ColumnRole.Place],
            InputLayout.Scores when _settings.Metrics.Count > 0 => [ColumnRole.Entry, ColumnRole.Sample],
            InputLayout.Scores => [ColumnRole.Entry, ColumnRole.Sample, ColumnRole.Score],
            _ => [],
        };
        if (Array.FindAll(roles, r => !_context.Has(r)) is { Length: > 0 } missing)
        {
            throw new RefusedException($"There is no column for {string.Join(", ", missing.Select(r => r.ToString().ToLowerInvariant()))}. There are: {ColumnMap.Listed(Columns)}. Name them, as in --columns {missing[0].ToString().ToLowerInvariant()}=COLUMN.");
        }

        if (layout != InputLayout.Pairs && _settings.Covariates.Count > 0)
        {
            throw new RefusedException("--covariates are for votes on two.");
        }

        if (layout != InputLayout.Scores && _settings.Metrics.Count > 0)
        {
            throw new RefusedException("--metrics are for tables with an entry and a sample on every row.");
        }
    }

    private CovariateColumn[] Covariates(InputLayout? layout) =>
        layout == InputLayout.Pairs ? [.. _settings.Covariates.Select(c => CovariateColumn.Parse(c, Columns))] : [];

    private bool Counting() => _settings.Count switch
    {
        CountVotes.Always => true,
        CountVotes.WithoutClusters => !_context.Has(ColumnRole.Voter) && !_context.Has(ColumnRole.Prompt),
        _ => false,
    } && !_context.Has(ColumnRole.Source) && _settings.Covariates.Count == 0;

    private RankInput Wide(bool entriesInRows, CancellationToken cancellationToken)
    {
        ColumnRole role = entriesInRows ? ColumnRole.Entry : ColumnRole.Sample;
        int name = _settings.Columns.Find(role, Columns) is [int named, ..] ? named : entriesInRows ? 0 : -1;
        if (_settings.Ignored.FirstOrDefault(i => !Columns.Contains(i, StringComparer.Ordinal)) is { } unknown)
        {
            throw new RefusedException(ColumnMap.Unknown(unknown, " to ignore", Columns));
        }

        int[] values = [.. Enumerable.Range(0, Columns.Count).Where(k => k != name && !_settings.Ignored.Contains(Columns[k], StringComparer.Ordinal))];
        return values.Length > 0
            ? new ScoreReader(_context, _settings.Scores).ReadWide(entriesInRows, name, values, cancellationToken)
            : throw new RefusedException("The table has no column of scores.");
    }
}
