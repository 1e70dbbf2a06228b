using Arena.Application.Notices;

namespace Arena.Application.Leaderboards;

/// <summary>Wakes the refresher. Losing a wake-up costs seconds, never correctness: it also looks by itself.</summary>
public sealed class RefreshSignal : IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    public void Wake() => NoticeBoard.Wake(signal);

    /// <summary>Waits for a wake-up or for the time to pass.</summary>
    public Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken) => signal.WaitAsync(limit, cancellationToken);

    public void Dispose() => signal.Dispose();
}
