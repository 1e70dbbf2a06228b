using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Arena.Inference.Runner;

/// <summary>The 16 bytes before every payload: 'A' 'R', version, type, request id (u32), payload length (u64); little endian.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FrameHeader(FrameType Type, uint Request, long Length)
{
    public const int Size = 16;

    public const byte Version = 1;

    /// <summary>The longest payload that either side accepts unless it was told a smaller limit: 1 GiB.</summary>
    public const long MaxLength = 1L << 30;

    public void Write(Span<byte> target)
    {
        target[0] = (byte)'A';
        target[1] = (byte)'R';
        target[2] = Version;
        target[3] = (byte)Type;
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Request);
        BinaryPrimitives.WriteUInt64LittleEndian(target[8..], (ulong)Length);
    }

    /// <exception cref="FrameException">These are not the first bytes of a frame, or it is longer than <paramref name="maxLength"/>.</exception>
    public static FrameHeader Read(ReadOnlySpan<byte> source, long maxLength)
    {
        if (source[0] != 'A' || source[1] != 'R')
            throw new FrameException($"Expected a frame, got the bytes {Convert.ToHexString(source[..Size])}.");
        if (source[2] != Version)
            throw new FrameException($"The frame is of version {source[2]}; this side speaks version {Version}. Build the worker and the runner from the same source.");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(source[8..]);
        return length <= (ulong)maxLength
            ? new FrameHeader((FrameType)source[3], BinaryPrimitives.ReadUInt32LittleEndian(source[4..]), (long)length)
            : throw new FrameException($"The frame's payload is {length} bytes long; at most {maxLength} are accepted.");
    }
}
