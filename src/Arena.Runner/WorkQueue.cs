namespace Arena.Runner;

/// <summary>
/// Hands frames from the reading thread to the computing one, in order. It has room for one item more than the worker may
/// have in flight, so the reader is never held up and a Cancel frame is always seen.
/// </summary>
internal sealed class WorkQueue
{
    private readonly object _gate = new();
    private readonly Stack<WorkItem> _free = new();
    private readonly LinkedList<WorkItem> _waiting = new();
    private WorkItem? _current;

    public WorkQueue(int capacity)
    {
        for (int i = 0; i < capacity; i++)
            _free.Push(new WorkItem());
    }

    /// <summary>An item to fill; null where the other side has sent more than it may.</summary>
    public WorkItem? TryRent()
    {
        lock (_gate)
            return _free.TryPop(out var item) ? item : null;
    }

    public void Add(WorkItem item)
    {
        lock (_gate)
        {
            _waiting.AddLast(item);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for the next item, which stays cancellable until it is returned.</summary>
    public WorkItem Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
                Monitor.Wait(_gate);
            _current = _waiting.First!.Value;
            _waiting.RemoveFirst();
            return _current;
        }
    }

    public void Return(WorkItem item)
    {
        lock (_gate)
        {
            _current = null;
            item.Reset();
            _free.Push(item);
        }
    }

    /// <summary>Cancels the request if it still waits or runs; one that is done is left alone.</summary>
    public void Cancel(uint request)
    {
        lock (_gate)
        {
            if (_current?.Header.Request == request)
                _current.Cancellation.Cancel();
            foreach (var item in _waiting)
            {
                if (item.Header.Request == request)
                    item.Cancellation.Cancel();
            }
        }
    }
}
