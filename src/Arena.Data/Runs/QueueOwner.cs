namespace Arena.Data.Runs;

/// <summary>The virtual finish of the last job that an owner queued (start-time fair queuing).</summary>
public sealed class QueueOwner
{
    /// <summary>An account's id, or <c>baselines</c>.</summary>
    public required string OwnerKey { get; init; }

    public double LastVirtualFinish { get; init; }
}
