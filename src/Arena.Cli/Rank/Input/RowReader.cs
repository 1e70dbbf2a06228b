namespace Arena.Cli.Rank.Input;

/// <summary>
/// A table read a row at a time, every value as text; a value that is not there is empty. Columns may grow while reading:
/// a line of JSON may bring one that no line before it had.
/// </summary>
internal abstract class RowReader : IDisposable
{
    private readonly List<string> _columns = [];
    private char[] _text = new char[4096];
    private int[] _start = new int[16];
    private int[] _length = new int[16];
    private int _used;

    /// <summary>Names of the columns known so far.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>What the input is called in messages.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the columns have names of their own; otherwise they are numbered from 1.</summary>
    public bool HasHeadings { get; protected set; } = true;

    /// <summary>Where the current row stands, such as "votes.csv, line 12".</summary>
    public string Place => $"{Name}, {At}";

    /// <summary>Where in the input the current row stands, such as "line 12".</summary>
    protected abstract string At { get; }

    /// <summary>Value of a column in the current row.</summary>
    public ReadOnlySpan<char> this[int column] => column < 0 ? [] : _text.AsSpan(_start[column], _length[column]);

    /// <summary>Why the current row cannot be used although the next one can be read; null when it can.</summary>
    public string? Problem { get; protected set; }

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="RefusedException">The rest cannot be read.</exception>
    public bool Read()
    {
        (_used, Problem) = (0, null);
        Array.Clear(_length);
        return ReadRow();
    }

    /// <summary>Says which columns will be asked for; a reader that can leave the others out does.</summary>
    public virtual void Need(IReadOnlyCollection<int> columns)
    {
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    protected abstract bool ReadRow();

    protected int AddColumn(string name)
    {
        _columns.Add(name);
        if (_columns.Count > _start.Length)
        {
            Array.Resize(ref _start, 2 * _start.Length);
            Array.Resize(ref _length, 2 * _length.Length);
        }

        return _columns.Count - 1;
    }

    /// <summary>Room for more text of the current row; what was written before stays.</summary>
    protected Span<char> Room(int length)
    {
        if (_used + length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(2 * _text.Length, _used + length));
        }

        return _text.AsSpan(_used);
    }

    /// <summary>Makes the first characters of <see cref="Room"/> the value of a column.</summary>
    protected void Set(int column, int length)
    {
        (_start[column], _length[column]) = (_used, length);
        _used += length;
    }
}
