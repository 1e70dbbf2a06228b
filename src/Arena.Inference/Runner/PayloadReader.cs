using System.Buffers.Binary;
using System.Text;

namespace Arena.Inference.Runner;

/// <summary>Reads a payload's fields in order; every read is checked against the end.</summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = payload;

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>A count that is followed by as many items of at least <paramref name="itemSize"/> bytes.</summary>
    public int Count(int itemSize)
    {
        int count = Int32();
        return count >= 0 && (long)count * itemSize <= _rest.Length
            ? count
            : throw new FrameException($"The frame claims {count} items and has {_rest.Length} bytes left.");
    }

    public string Text()
    {
        try
        {
            return Utf8.GetString(Take(Count(1)));
        }
        catch (DecoderFallbackException)
        {
            throw new FrameException("The frame holds a text that is not UTF-8.");
        }
    }

    public readonly void End()
    {
        if (!_rest.IsEmpty)
            throw new FrameException($"The frame has {_rest.Length} bytes too many.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw new FrameException($"The frame ends too early: {count} bytes wanted, {_rest.Length} left.");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
