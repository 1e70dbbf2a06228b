using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Arena.Evaluation.Tensors;

/// <summary>The texts of an output as bytes: first where each text ends (int32, little endian, counted in bytes from the
/// beginning of the first text, so never less than the one before), then the bytes of all texts, UTF-8, one after
/// another with nothing between.</summary>
public static class PackedTexts
{
    /// <summary>Bytes of the longest text.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Bytes that say where one text ends.</summary>
    internal const int EndBytes = 4;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">A text is longer than <see cref="MaxBytes"/> or not Unicode, or all are longer than an array.</exception>
    public static byte[] Encode(ReadOnlySpan<string> texts)
    {
        var length = (long)texts.Length * EndBytes;
        foreach (var text in texts)
        {
            var bytes = Utf8.GetByteCount(text);
            length += bytes <= MaxBytes ? bytes : throw new ArgumentException($"A text has {bytes} bytes; at most {MaxBytes} are possible.", nameof(texts));
        }

        var data = new byte[length <= Array.MaxLength ? length : throw new ArgumentException("The texts are longer than 2 GiB.", nameof(texts))];
        var first = texts.Length * EndBytes;
        var at = first;
        for (var i = 0; i < texts.Length; i++)
        {
            at += Utf8.GetBytes(texts[i], data.AsSpan(at));
            BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(i * EndBytes), at - first);
        }

        return data;
    }

    /// <summary>Finds out how many of the bytes are so many texts, and whether they are texts at all. Safe on any bytes.</summary>
    /// <param name="error">What is wrong, a sentence; null when the bytes begin with the texts.</param>
    public static bool TryMeasure(ReadOnlySpan<byte> bytes, long texts, out int length, [NotNullWhen(false)] out string? error)
    {
        length = 0;
        if (texts > bytes.Length / EndBytes)
        {
            error = $"it ends before it has said where its {texts} texts end.";
            return false;
        }

        var first = (int)texts * EndBytes;
        var start = 0;
        for (var i = 0; i < texts; i++)
        {
            var end = End(bytes, i);
            if (end < start || end - start > MaxBytes || end > bytes.Length - first)
            {
                error = $"text {i} is said to reach from byte {start} to {end} of {bytes.Length - first}; a text has at most {MaxBytes} bytes.";
                return false;
            }

            if (!System.Text.Unicode.Utf8.IsValid(bytes[(first + start)..(first + end)]))
            {
                error = $"text {i} is not UTF-8.";
                return false;
            }

            start = end;
        }

        length = first + start;
        error = null;
        return true;
    }

    /// <summary>One text.</summary>
    /// <param name="data">What <see cref="TryMeasure"/> found sound.</param>
    /// <param name="texts">How many are in it.</param>
    /// <param name="index">Which, from 0.</param>
    public static string Read(ReadOnlySpan<byte> data, int texts, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, texts);
        var first = texts * EndBytes;
        return Utf8.GetString(data[(first + (index == 0 ? 0 : End(data, index - 1)))..(first + End(data, index))]);
    }

    private static int End(ReadOnlySpan<byte> data, int index) => BinaryPrimitives.ReadInt32LittleEndian(data[(index * EndBytes)..]);
}
