using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Arena.Evaluation.Tensors;

namespace Arena.Evaluation.Suites;

/// <summary>Reads a JSONL file that holds one text for each sample, in any order: <c>{"sample": "id", key: "text"}</c> a line.</summary>
/// <param name="file">Its path, as errors name it.</param>
/// <param name="key">The text's key.</param>
/// <param name="mayBeBlank">Whether a text may be without any letter or digit.</param>
/// <param name="ids">The samples' ids, by ordinal.</param>
internal sealed class TextRowsReader(string file, string key, bool mayBeBlank, IReadOnlyList<string> ids, ErrorList errors)
{
    /// <summary>Bytes of the longest line: every character of the longest text may be escaped.</summary>
    private const int MaxLineBytes = 6 * PackedTexts.MaxBytes + 4096;

    private const int NamedMissing = 10;
    private const string SampleKey = "sample";

    /// <returns>The texts by ordinal; null after reporting everything that is wrong.</returns>
    public string[]? Read(ReadOnlyMemory<byte> bytes)
    {
        var before = errors.Count;
        var ordinals = ids.Select((id, ordinal) => KeyValuePair.Create(id, ordinal)).ToDictionary(StringComparer.Ordinal);
        var texts = new string[ids.Count];
        var lines = new int[ids.Count];
        var rest = bytes.Span;
        rest = rest.StartsWith("\uFEFF"u8) ? rest[3..] : rest;
        for (var line = 1; !rest.IsEmpty; line++)
        {
            var end = rest.IndexOf((byte)'\n');
            var row = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (line > ids.Count)
            {
                errors.Add(file, line, $"the file goes on here, and the suite has {ids.Count} samples; write one line for each.");
                break;
            }

            if (ReadRow(row, line) is not ({ } sample, var text))
            {
                continue;
            }

            if (!ordinals.TryGetValue(sample, out var ordinal))
            {
                errors.Add(file, line, $"the suite has no sample \"{Shorten(sample)}\"; correct the id or remove the line.");
            }
            else if (lines[ordinal] > 0)
            {
                errors.Add(file, line, $"sample \"{sample}\" was already answered on line {lines[ordinal]}; remove one of the two.");
            }
            else
            {
                lines[ordinal] = line;
                texts[ordinal] = text ?? "";
            }
        }

        var missing = Enumerable.Range(0, ids.Count).Where(ordinal => lines[ordinal] == 0).Select(ordinal => ids[ordinal]).ToList();
        if (missing.Count > 0)
        {
            errors.Add(file, null, $"{missing.Count} of {ids.Count} samples have no line that can be read: {string.Join(", ", missing.Take(NamedMissing))}{(missing.Count > NamedMissing ? " …" : "")}. Add one for each.");
        }

        return errors.Count == before ? texts : null;
    }

    /// <summary>A sample of null: the line could not be read, which was reported. A text of null: only the text is wrong, which was reported, too.</summary>
    private (string? Sample, string? Text) ReadRow(ReadOnlySpan<byte> row, int line)
    {
        if (row.Length > MaxLineBytes || !Utf8.IsValid(row))
        {
            errors.Add(file, line, row.Length > MaxLineBytes
                ? $"the line has {row.Length} bytes; a text has at most {PackedTexts.MaxBytes} bytes of UTF-8. Make it shorter."
                : "the line is not UTF-8; save the file as UTF-8.");
            return default;
        }

        try
        {
            return ReadObject(row, line);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // the reader lets the second out on escapes that are no characters ("\ud800")
            errors.Add(file, line, $"this is not a JSON object on a line of its own; write {{\"{SampleKey}\": \"…\", \"{key}\": \"…\"}}.");
            return default;
        }
    }

    private (string? Sample, string? Text) ReadObject(ReadOnlySpan<byte> row, int line)
    {
        var json = new Utf8JsonReader(row);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        string? sample = null;
        string? text = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            var isSample = string.Equals(name, SampleKey, StringComparison.Ordinal);
            if (!isSample && !string.Equals(name, key, StringComparison.Ordinal))
            {
                errors.Add(file, line, $"\"{Shorten(name)}\" is not a key of a line; known keys: {SampleKey}, {key}.");
                return default;
            }

            if ((isSample ? sample : text) is not null || !json.Read() || json.TokenType != JsonTokenType.String)
            {
                errors.Add(file, line, $"\"{name}\" must be a text, once on a line.");
                return default;
            }

            (isSample ? ref sample : ref text) = json.GetString();
        }

        if (json.Read() || sample is null || text is null)
        {
            errors.Add(file, line, $"the line must be one object with the keys {SampleKey} and {key}, and nothing else.");
            return default;
        }

        return (sample, Check(text, line) ? text : null);
    }

    private bool Check(string text, int line)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        var problem = bytes > PackedTexts.MaxBytes ? $"has {bytes} bytes of UTF-8, and at most {PackedTexts.MaxBytes} are possible; make it shorter."
            : text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? "has control characters; only line breaks and tabs are possible."
            : !mayBeBlank && !text.Any(char.IsLetterOrDigit) ? "has no word in it."
            : null;
        if (problem is not null)
        {
            errors.Add(file, line, $"\"{key}\" {problem}");
        }

        return problem is null;
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
