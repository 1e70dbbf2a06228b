namespace Arena.Cli.Rank.Input;

/// <summary>The rows of one input with the columns of each role, the mistakes found, and how far it is.</summary>
/// <param name="rows">The rows.</param>
/// <param name="map">Which column holds what.</param>
/// <param name="bad">Where rows that cannot be read are counted.</param>
/// <param name="progress">Told how many rows were read.</param>
internal sealed class RowContext(RowReader rows, ColumnMap map, BadRows bad, IProgress<long> progress)
{
    private const int ProgressEach = 1 << 16;

    private readonly Dictionary<string, int> _named = new(StringComparer.Ordinal);
    private readonly int[][] _columns = new int[Enum.GetValues<ColumnRole>().Length][];
    private int _known;
    private char[] _joined = new char[256];

    public RowReader Rows => rows;

    /// <summary>Rows so far, with those that could not be used.</summary>
    public long Count { get; private set; }

    /// <summary>Whether there is a column for the role.</summary>
    public bool Has(ColumnRole role) => map.Find(role, rows.Columns).Length > 0;

    /// <summary>A column by its name; −1 where there is none yet.</summary>
    public int Find(string column)
    {
        if (!_named.TryGetValue(column, out int index))
        {
            index = Enumerable.Range(0, rows.Columns.Count).FirstOrDefault(k => string.Equals(rows.Columns[k], column, StringComparison.Ordinal), -1);
            if (index >= 0)
            {
                _named[column] = index;
            }
        }

        return index;
    }

    /// <summary>The columns of all roles.</summary>
    public HashSet<int> AllColumns() => [.. Enum.GetValues<ColumnRole>().SelectMany(role => map.Find(role, rows.Columns))];

    /// <summary>Goes to the next row.</summary>
    public bool Read(CancellationToken cancellationToken)
    {
        do
        {
            if (!rows.Read())
            {
                return false;
            }

            Count++;
            if (rows.Problem is { } problem)
            {
                Bad(problem);
            }
        }
        while (rows.Problem is not null);

        if (_known != rows.Columns.Count)
        {
            foreach (ColumnRole role in Enum.GetValues<ColumnRole>())
            {
                _columns[(int)role] = map.Find(role, rows.Columns);
            }

            _known = rows.Columns.Count;
        }

        if (Count % ProgressEach == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(Count);
        }

        return true;
    }

    /// <summary>The role's value in the current row, trimmed; empty where there is none. Valid until the next call for a role of several columns.</summary>
    public ReadOnlySpan<char> this[ColumnRole role]
    {
        get
        {
            int[] columns = _columns[(int)role];
            return columns.Length switch
            {
                0 => [],
                1 => rows[columns[0]].Trim(),
                _ => Join(columns),
            };
        }
    }

    /// <summary>What the role's columns are called; null where there are none.</summary>
    public string? NameOf(ColumnRole role) => map.Find(role, rows.Columns) is { Length: > 0 } columns
        ? string.Join('+', columns.Select(c => rows.Columns[c]))
        : null;

    /// <summary>What the columns of every role that has any are called.</summary>
    public IReadOnlyDictionary<string, string> NamesByRole() => Enum.GetValues<ColumnRole>()
        .Where(Has)
        .ToDictionary(role => role.ToString().ToLowerInvariant(), role => NameOf(role)!, StringComparer.Ordinal);

    /// <summary>Notes a mistake in the current row.</summary>
    public void Bad(string message) => bad.Add(rows.Place, message);

    /// <summary>Notes a mistake in a role's value in the current row.</summary>
    public void Bad(ColumnRole role, string message) => BadColumn(NameOf(role), message);

    /// <summary>Notes a mistake in a column's value in the current row.</summary>
    public void BadColumn(string? column, string message) => bad.Add(column is null ? rows.Place : $"{rows.Place}, column '{Outcomes.Short(column)}'", message);

    private ReadOnlySpan<char> Join(int[] columns)
    {
        int used = 0;
        foreach (int column in columns)
        {
            ReadOnlySpan<char> value = rows[column].Trim();
            if (used + value.Length + 1 > _joined.Length)
            {
                Array.Resize(ref _joined, Math.Max(2 * _joined.Length, used + value.Length + 1));
            }

            if (used > 0)
            {
                _joined[used++] = '+';
            }

            value.CopyTo(_joined.AsSpan(used));
            used += value.Length;
        }

        return _joined.AsSpan(0, used);
    }
}
