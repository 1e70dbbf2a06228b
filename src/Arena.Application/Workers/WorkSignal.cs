namespace Arena.Application.Workers;

/// <summary>Wakes requests that wait for work on this node. Work queued by another node is found by looking once a second.</summary>
public sealed class WorkSignal
{
    private TaskCompletionSource queued = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>There is work: everybody who waits looks again.</summary>
    public void Wake() => Interlocked.Exchange(ref queued, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Ends at the next <see cref="Wake"/>. Take it before looking for work, so that no wake-up falls between.</summary>
    public Task Next => Volatile.Read(ref queued).Task;
}
