namespace Arena.Inference.Runner;

/// <summary>A request that waits for its answer. Its limit counts from when it is the oldest one that waits.</summary>
internal sealed class RunnerRequest(uint id, FrameType answer, TimeSpan limit, CancellationToken cancellationToken)
    : TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public uint Id { get; } = id;

    public FrameType Answer { get; } = answer;

    public TimeSpan Limit { get; set; } = limit;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>A Cancel frame was sent or is on its way.</summary>
    public bool CancelSent { get; set; }

    /// <summary>When the clock began to run for it (TimeProvider's timestamp); null while others are before it.</summary>
    public long? Since { get; set; }
}
