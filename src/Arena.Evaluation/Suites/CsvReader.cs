using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Arena.Evaluation.Suites;

/// <summary>Reads RFC 4180 CSV a record at a time: commas, double quotes, LF or CRLF.</summary>
internal sealed class CsvReader(string text)
{
    private const int MaxField = 4096;
    private int at;
    private int nextLine = 1;

    /// <summary>The line the last record began on, from 1.</summary>
    public int Line { get; private set; }

    /// <param name="error">What is wrong with the record; reading cannot go on after it.</param>
    /// <returns>False at the end of the text or at an error.</returns>
    public bool TryRead([NotNullWhen(true)] out List<string>? fields, out string? error)
    {
        fields = null;
        error = null;
        Line = nextLine;
        if (at >= text.Length)
        {
            return false;
        }

        var record = new List<string>();
        do
        {
            if (!TryReadField(out var field, out error))
            {
                return false;
            }

            record.Add(field);
        }
        while (Take(','));

        if (at < text.Length && !TakeLineEnd())
        {
            error = "a closing quote must be followed by a comma or the end of the line.";
            return false;
        }

        fields = record;
        return true;
    }

    private bool TryReadField([NotNullWhen(true)] out string? field, [NotNullWhen(false)] out string? error)
    {
        field = null;
        error = null;
        if (!Take('"'))
        {
            var length = text.AsSpan(at).IndexOfAny(",\r\n");
            length = length < 0 ? text.Length - at : length;
            if (length > MaxField || text.AsSpan(at, length).Contains('"'))
            {
                error = $"a field has a quote inside or more than {MaxField} characters; put the whole field into double quotes and double each quote in it.";
                return false;
            }

            field = text.Substring(at, length);
            at += length;
            return true;
        }

        var builder = new StringBuilder();
        while (true)
        {
            var length = text.AsSpan(at).IndexOf('"');
            if (length < 0 || builder.Length + length > MaxField)
            {
                error = $"a quoted field does not end within {MaxField} characters; close it with a double quote.";
                return false;
            }

            nextLine += text.AsSpan(at, length).Count('\n');
            builder.Append(text, at, length);
            at += length + 1;
            if (!Take('"'))
            {
                field = builder.ToString();
                return true;
            }

            builder.Append('"');
        }
    }

    private bool Take(char expected)
    {
        if (at >= text.Length || text[at] != expected)
        {
            return false;
        }

        at++;
        return true;
    }

    private bool TakeLineEnd()
    {
        var crlf = text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n';
        if (!crlf && text[at] != '\n')
        {
            return false;
        }

        at += crlf ? 2 : 1;
        nextLine++;
        return true;
    }
}
