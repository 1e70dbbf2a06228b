using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Arena.Cli.Rank.Input;

/// <summary>One JSON object a line, or one array of objects. Lists and objects inside a value stay JSON text.</summary>
internal sealed class JsonRows : RowReader
{
    private const int LongestRow = 64 << 20;

    private readonly Stream _stream;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly bool _array;
    private byte[] _buffer = new byte[1 << 16];
    private int _at;
    private int _end;
    private long _row;
    private JsonReaderState _state;

    /// <param name="stream">The text, from its beginning.</param>
    /// <param name="array">Whether it is one array, which is then held in memory.</param>
    public JsonRows(Stream stream, bool array)
    {
        (_stream, _array) = (stream, array);
        if (!array)
        {
            return;
        }

        while (Fill())
        {
        }

        SkipMark();
        var reader = new Utf8JsonReader(Rest, isFinalBlock: true, default);
        reader.Read(); // the bracket, which is known to be there
        Advance(ref reader);
    }

    protected override string At => string.Create(CultureInfo.InvariantCulture, $"{(_array ? "object" : "line")} {_row}");

    private ReadOnlySpan<byte> Rest => _buffer.AsSpan(_at, _end - _at);

    public override void Dispose()
    {
        _stream.Dispose();
        base.Dispose();
    }

    protected override bool ReadRow() => _array ? ReadElement() : ReadLine();

    private bool ReadElement()
    {
        _row++;
        try
        {
            var reader = new Utf8JsonReader(Rest, isFinalBlock: true, _state);
            reader.Read();
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return false;
            }

            ReadObject(ref reader);
            Advance(ref reader);
            return true;
        }
        catch (JsonException e)
        {
            throw new RefusedException($"{At}: {Text(e)}.");
        }
    }

    private bool ReadLine()
    {
        while (true)
        {
            _row++;
            int length;
            while ((length = Rest.IndexOf((byte)'\n')) < 0 && Fill())
            {
            }

            ReadOnlySpan<byte> line = length < 0 ? Rest : Rest[..length];
            if (length < 0 && line.IsEmpty)
            {
                return false;
            }

            if (_row == 1)
            {
                SkipMark();
                line = length < 0 ? Rest : Rest[..Rest.IndexOf((byte)'\n')];
            }

            _at += line.Length + (length < 0 ? 0 : 1);
            if (line.Trim(" \t\r"u8).IsEmpty)
            {
                continue;
            }

            try
            {
                var reader = new Utf8JsonReader(line);
                reader.Read();
                ReadObject(ref reader);
                reader.Read(); // nothing may follow
            }
            catch (JsonException e)
            {
                Problem = Text(e);
            }

            return true;
        }
    }

    private void ReadObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("it is no object in braces");
        }

        int expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int column = Column(ref reader, expected);
            expected = column + 1;
            reader.Read();
            ReadValue(ref reader, column);
        }
    }

    private int Column(ref Utf8JsonReader reader, int expected)
    {
        if (expected < Columns.Count && reader.ValueTextEquals(Columns[expected]))
        {
            return expected;
        }

        string name = reader.GetString()!;
        if (!_columns.TryGetValue(name, out int column))
        {
            _columns[name] = column = AddColumn(name);
        }

        return column;
    }

    private void ReadValue(ref Utf8JsonReader reader, int column)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                Set(column, 0);
                break;
            case JsonTokenType.String:
                Set(column, Copy(ref reader));
                break;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                using (JsonDocument value = JsonDocument.ParseValue(ref reader))
                {
                    string text = value.RootElement.GetRawText();
                    text.CopyTo(Room(text.Length));
                    Set(column, text.Length);
                }

                break;
            default:
                Set(column, Encoding.UTF8.GetChars(reader.ValueSpan, Room(reader.ValueSpan.Length)));
                break;
        }
    }

    private int Copy(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.CopyString(Room(reader.ValueSpan.Length));
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("a text is not valid UTF-8", e);
        }
    }

    private void Advance(ref Utf8JsonReader reader) => (_at, _state) = (_at + (int)reader.BytesConsumed, reader.CurrentState);

    private static string Text(JsonException e) =>
        $"broken JSON ({e.Message.Split(" LineNumber:")[0].TrimEnd('.')}). Each row is an object in braces: JSON lines hold one on each line, a JSON file an array of them";

    private void SkipMark()
    {
        if (Rest.StartsWith("\uFEFF"u8))
        {
            _at += 3;
        }
    }

    private bool Fill()
    {
        if (_at > 0)
        {
            Rest.CopyTo(_buffer);
            (_at, _end) = (0, _end - _at);
        }

        if (_end == _buffer.Length)
        {
            if (!_array && _end >= LongestRow)
            {
                throw new RefusedException($"{At} is longer than {LongestRow:N0} bytes. JSON lines hold one object on each line.");
            }

            if (_end >= Array.MaxLength / 2)
            {
                throw new RefusedException("The JSON array is too large to be read at once. Write one object on each line instead (JSON lines): these are streamed.");
            }

            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
