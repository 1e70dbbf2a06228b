using Arena.Inference.Native;
using Arena.Inference.Runner;

namespace Arena.Runner;

/// <summary>
/// Frames in from standard input and out to what standard output was: that descriptor itself is pointed at standard error,
/// so that whatever a native library prints cannot get between two frames.
/// </summary>
internal sealed unsafe class FramePipes
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    private readonly Lock _writing = new();
    private readonly int _output;

    private FramePipes(int output) => _output = output;

    public static FramePipes Claim()
    {
        int output = Posix.Duplicate(StandardOutput);
        Posix.Redirect(StandardError, StandardOutput);
        Posix.WidenPipe(StandardInput);
        Posix.WidenPipe(output);
        return new FramePipes(output);
    }

    /// <summary>The next frame's header; null at the end of the input.</summary>
    /// <exception cref="FrameException">These bytes are no frame.</exception>
    public static FrameHeader? ReadHeader()
    {
        byte* header = stackalloc byte[FrameHeader.Size];
        long read = Posix.ReadFully(StandardInput, header, FrameHeader.Size);
        return read == FrameHeader.Size
            ? FrameHeader.Read(new ReadOnlySpan<byte>(header, FrameHeader.Size), FrameHeader.MaxLength)
            : read == 0 ? null : throw new FrameException($"The input ended after {read} bytes of a frame's header.");
    }

    /// <exception cref="FrameException">The input ended inside the payload.</exception>
    public static void ReadPayload(AlignedBuffer target, long length)
    {
        target.EnsureCapacity(length);
        long read = Posix.ReadFully(StandardInput, target.Pointer, length);
        if (read < length)
            throw new FrameException($"The input ended after {read} of a payload's {length} bytes.");
    }

    /// <summary>Writes a whole frame. Ends the process where nobody reads any more.</summary>
    public void Write(byte* frame, long length)
    {
        bool written;
        lock (_writing)
            written = Posix.WriteFully(_output, frame, length);
        if (!written)
            Posix.ExitNow(ExitCode.Done);
    }

    public void Write(ReadOnlySpan<byte> frame)
    {
        fixed (byte* f = frame)
            Write(f, frame.Length);
    }
}
