using System.Globalization;
using System.Text;

namespace Arena.Cli.Rank.Input;

/// <summary>
/// CSV by RFC 4180, with the separator that the heading uses: comma, tab, semicolon, bar or blank. Blank lines are passed over;
/// a quote inside a value that does not begin with one is an ordinary character.
/// </summary>
internal sealed class CsvRows : RowReader
{
    private const int LongestRow = 16 << 20;

    private readonly StreamReader _reader;
    private readonly char[] _buffer = new char[1 << 16];
    private readonly StringBuilder _value = new();
    private readonly char _separator;
    private int _at;
    private int _end;
    private long _line = 1;
    private long _rowLine;
    private int _rowLength;
    private List<string>? _first;

    public CsvRows(Stream stream)
    {
        _reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, 1 << 16);
        Fill();
        _separator = Separator(_buffer.AsSpan(0, _end));
        ReadHeading();
    }

    protected override string At => string.Create(CultureInfo.InvariantCulture, $"line {_rowLine}");

    public override void Dispose()
    {
        _reader.Dispose();
        base.Dispose();
    }

    protected override bool ReadRow()
    {
        if (_first is { } first)
        {
            // what stood where headings do, and is a row
            _first = null;
            for (int k = 0; k < first.Count; k++)
            {
                first[k].CopyTo(Room(first[k].Length));
                Set(k, first[k].Length);
            }

            return true;
        }

        if (!BeginRow())
        {
            return false;
        }

        int column = 0;
        bool more;
        do
        {
            more = ReadValue();
            if (column < Columns.Count)
            {
                _value.CopyTo(0, Room(_value.Length), _value.Length);
                Set(column, _value.Length);
            }

            column++;
        }
        while (more);
        Problem = column == Columns.Count
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"it has {column} values under {Columns.Count} headings. Values that hold a separator stand in double quotes");
        return true;
    }

    private void ReadHeading()
    {
        if (!BeginRow())
        {
            throw new RefusedException("The input is empty. It needs a line of headings and at least one row.");
        }

        var headings = new List<string>();
        bool more;
        do
        {
            more = ReadValue();
            headings.Add(_value.ToString().Trim());
        }
        while (more);

        HasHeadings = headings.Count < 2 || !headings.TrueForAll(h => double.TryParse(h, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        _first = HasHeadings ? null : headings;
        for (int k = 0; k < headings.Count; k++)
        {
            string number = (k + 1).ToString(CultureInfo.InvariantCulture);
            string name = !HasHeadings ? number : k > 0 && headings[k].Length == 0 ? $"column {number}" : headings[k];
            if (Columns.Contains(name, StringComparer.Ordinal))
            {
                throw new RefusedException($"Two columns are called '{name}'. Give each a name of its own.");
            }

            AddColumn(name);
        }
    }

    /// <summary>Goes to the first character of the next line that is not blank.</summary>
    private bool BeginRow()
    {
        int next;
        while ((next = Peek()) is '\n' or '\r')
        {
            Take();
        }

        (_rowLine, _rowLength) = (_line, 0);
        return next >= 0;
    }

    /// <summary>Reads a value; true when another one follows on the row.</summary>
    private bool ReadValue()
    {
        _value.Clear();
        if (Peek() == '"')
        {
            Take();
            ReadQuoted();
        }

        while (true)
        {
            // as much at a time as is there and ordinary
            Span<char> rest = _buffer.AsSpan(_at, _end - _at);
            int plain = rest.IndexOfAny(_separator, '\n', '\r');
            if (plain != 0 && rest.Length > 0)
            {
                plain = plain < 0 ? rest.Length : plain;
                _value.Append(rest[..plain]);
                _at += plain;
                Grow(plain);
                continue;
            }

            int next = Peek();
            if (next == _separator)
            {
                Take();
                return true;
            }

            if (next < 0)
            {
                return false;
            }

            if (next is '\n' or '\r')
            {
                Take();
                if (next == '\r' && Peek() == '\n')
                {
                    Take();
                }

                return false;
            }
        }
    }

    private void ReadQuoted()
    {
        while (true)
        {
            int next = Take();
            if (next < 0)
            {
                throw new RefusedException($"The quote opened on {At} is never closed. Close it, or double quotes that belong to the text.");
            }

            if (next == '"')
            {
                if (Peek() != '"')
                {
                    if (Peek() is var after && after >= 0 && after != _separator && after is not ('\n' or '\r'))
                    {
                        throw new RefusedException($"On {At} text follows a closing quote. Double quotes that belong to the text.");
                    }

                    return;
                }

                Take();
            }

            _value.Append((char)next);
            Grow(1);
        }
    }

    private void Grow(int length)
    {
        _rowLength += length;
        if (_rowLength > LongestRow)
        {
            throw new RefusedException($"The row that begins on {At} is longer than {LongestRow:N0} characters. Is this a table, and are all quotes closed?");
        }
    }

    private int Peek()
    {
        if (_at == _end)
        {
            Fill();
        }

        return _at < _end ? _buffer[_at] : -1;
    }

    private int Take()
    {
        int next = Peek();
        if (next >= 0)
        {
            _at++;
            _line += next == '\n' ? 1 : 0;
        }

        return next;
    }

    private void Fill()
    {
        try
        {
            (_at, _end) = (0, _reader.Read(_buffer));
        }
        catch (DecoderFallbackException)
        {
            throw new RefusedException($"After line {_line} the input is no UTF-8 text. Save it as UTF-8, as iconv -f latin1 -t utf8 does; Parquet and gzip are recognised by themselves.");
        }

        if (_buffer.AsSpan(0, _end).Contains('\0'))
        {
            throw new RefusedException("The input is binary, not a table as text. CSV, JSON lines, JSON and Parquet can be read.");
        }
    }

    private static char Separator(ReadOnlySpan<char> start)
    {
        int end = start.IndexOfAny('\n', '\r');
        ReadOnlySpan<char> heading = end < 0 ? start : start[..end];
        char best = ',';
        int most = 0;
        foreach (char candidate in (ReadOnlySpan<char>)[',', '\t', ';', '|'])
        {
            int count = heading.Count(candidate);
            (best, most) = count > most ? (candidate, count) : (best, most);
        }

        return most > 0 || !heading.Contains(' ') ? best : ' ';
    }
}
