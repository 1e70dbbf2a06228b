using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Arena.Inference.Runner;

/// <summary>Writes the fields of a small payload in order and makes a frame of it.</summary>
internal sealed class PayloadWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public PayloadWriter() => _bytes.Advance(Reserve());

    public PayloadWriter Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
        return this;
    }

    public PayloadWriter Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(4), value);
        _bytes.Advance(4);
        return this;
    }

    public PayloadWriter Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
        return this;
    }

    public PayloadWriter Text(string text)
    {
        Int32(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _bytes);
        return this;
    }

    /// <summary>Header and payload together.</summary>
    public byte[] ToFrame(FrameType type, uint request)
    {
        byte[] frame = _bytes.WrittenSpan.ToArray();
        new FrameHeader(type, request, frame.Length - FrameHeader.Size).Write(frame);
        return frame;
    }

    private int Reserve()
    {
        _bytes.GetSpan(FrameHeader.Size)[..FrameHeader.Size].Clear();
        return FrameHeader.Size;
    }
}
