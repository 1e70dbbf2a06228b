using Arena.Inference.Native;
using Arena.Inference.Runner;

namespace Arena.Runner;

/// <summary>A frame that waits to be worked on. Items are reused, with their memory.</summary>
internal sealed class WorkItem
{
    public FrameHeader Header { get; set; }

    public AlignedBuffer Payload { get; } = new();

    public CancellationTokenSource Cancellation { get; private set; } = new();

    public unsafe ReadOnlySpan<byte> Bytes => new(Payload.Pointer, (int)Header.Length);

    public void Reset()
    {
        if (Cancellation.TryReset())
            return;
        Cancellation.Dispose();
        Cancellation = new CancellationTokenSource();
    }
}
