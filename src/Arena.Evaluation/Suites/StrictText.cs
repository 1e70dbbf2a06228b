using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Arena.Evaluation.Suites;

/// <summary>Decodes the text files of a suite: UTF-8 and nothing else.</summary>
internal static class StrictText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryDecode(string file, ReadOnlyMemory<byte> bytes, int maxBytes, ErrorList errors, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (bytes.Length > maxBytes)
        {
            errors.Add(file, null, $"the file has {bytes.Length} bytes and at most {maxBytes} are read; make it shorter.");
            return false;
        }

        var span = bytes.Span;
        if (span.StartsWith("\uFEFF"u8))
        {
            span = span[3..];
        }

        try
        {
            text = Utf8.GetString(span);
            return true;
        }
        catch (DecoderFallbackException bad)
        {
            var line = span[..Math.Clamp(bad.Index, 0, span.Length)].Count((byte)'\n') + 1;
            errors.Add(file, line, "the text is not UTF-8; save the file as UTF-8.");
            return false;
        }
    }
}
