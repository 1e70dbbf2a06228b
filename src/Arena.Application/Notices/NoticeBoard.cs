using System.Collections.Concurrent;

namespace Arena.Application.Notices;

/// <summary>
/// Where use cases leave word that a board changed. The sender takes the words away at most four times a second:
/// no hot transaction ever sends a NOTIFY itself (that costs nine tenths of the throughput).
/// </summary>
public sealed class NoticeBoard : IDisposable
{
    private readonly ConcurrentDictionary<string, long> dirty = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim signal = new(0, 1);

    /// <summary>Leaves word; cheap, never waits.</summary>
    public void Changed(string board, long version)
    {
        dirty.AddOrUpdate(board, version, (_, known) => Math.Max(known, version));
        Wake(signal);
    }

    /// <summary>Waits until there is word, then takes it all.</summary>
    public async Task<IReadOnlyList<(string Board, long Version)>> TakeAsync(CancellationToken cancellationToken)
    {
        await signal.WaitAsync(cancellationToken);
        List<(string, long)> taken = [];
        foreach (var board in dirty.Keys)
        {
            if (dirty.TryRemove(board, out var version))
            {
                taken.Add((board, version));
            }
        }

        return taken;
    }

    public void Dispose() => signal.Dispose();

    internal static void Wake(SemaphoreSlim signal)
    {
        // one waiting wake-up is as good as many
        if (signal.CurrentCount == 0)
        {
            try
            {
                signal.Release();
            }
            catch (SemaphoreFullException)
            {
                // another thread was faster: the waiter wakes all the same
            }
        }
    }
}
