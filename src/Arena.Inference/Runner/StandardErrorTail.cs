using System.Text;

namespace Arena.Inference.Runner;

/// <summary>Drains a stream on a thread of its own and keeps only its end, so that a flood costs neither memory nor the writer's life.</summary>
internal sealed class StandardErrorTail
{
    private readonly Lock _gate = new();
    private readonly Thread _thread;
    private readonly byte[] _ring;
    private long _total;

    public StandardErrorTail(Stream source, int capacity)
    {
        _ring = new byte[Math.Max(1, capacity)];
        _thread = new Thread(() => Drain(source)) { IsBackground = true, Name = "runner stderr" };
        _thread.Start();
    }

    /// <summary>Bytes seen so far, kept or not.</summary>
    public long TotalBytes => Interlocked.Read(ref _total);

    /// <summary>Waits for the stream's end, which a process's death brings about.</summary>
    public void WaitForEnd(TimeSpan limit) => _thread.Join(limit);

    /// <summary>What was kept, without control characters that could fool a terminal.</summary>
    public override string ToString()
    {
        byte[] kept;
        lock (_gate)
        {
            int length = (int)Math.Min(_total, _ring.Length);
            kept = new byte[length];
            for (int i = 0; i < length; i++)
                kept[i] = _ring[(_total - length + i) % _ring.Length];
        }

        var text = new StringBuilder(Encoding.UTF8.GetString(kept));
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] != '\n')
                text[i] = ' ';
        }

        return text.ToString().Trim();
    }

    private void Drain(Stream source)
    {
        byte[] buffer = new byte[16 << 10];
        while (true)
        {
            int read;
            try
            {
                read = source.Read(buffer);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
            {
                return; // the pipe went with the process
            }

            if (read == 0)
                return;
            lock (_gate)
            {
                int skipped = Math.Max(0, read - _ring.Length);
                for (int i = skipped; i < read; i++)
                    _ring[(_total + i) % _ring.Length] = buffer[i];
                _total += read;
            }
        }
    }
}
