using System.Diagnostics;
using System.Globalization;
using Arena.Cli.Hosting;

namespace Arena.Cli.Rank;

/// <summary>
/// Says on standard error what takes long, from the first second on: where a person watches over and over on one line, which goes away again, else now
/// and then a line.
/// </summary>
internal sealed class RankProgress : IProgress<long>, IDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EachWatched = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan EachWritten = TimeSpan.FromSeconds(10);

    private readonly CliSurroundings _surroundings;
    private readonly Lock _lock = new();
    private readonly Timer? _timer;
    private readonly long _begin = Stopwatch.GetTimestamp();
    private string _step = "reading";
    private long _rows;
    private bool _open;

    public RankProgress(CliSurroundings surroundings, bool quiet)
    {
        _surroundings = surroundings;
        _timer = quiet ? null : new Timer(_ => Write(), null, First, surroundings.Watched ? EachWatched : EachWritten);
    }

    public void Report(long value) => Volatile.Write(ref _rows, value);

    /// <summary>A step that may take long.</summary>
    public void Say(string step) => Volatile.Write(ref _step, step);

    /// <summary>Says no more, and takes the line away.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            if (_open)
            {
                _surroundings.Errors.Write($"\r{"",-60}\r");
                _open = false;
            }
        }
    }

    private void Write()
    {
        lock (_lock)
        {
            long rows = Volatile.Read(ref _rows);
            string step = Volatile.Read(ref _step);
            string text = string.Create(CultureInfo.InvariantCulture, $"{step} … {(rows > 0 ? $"{rows:N0} rows read, " : "")}{Stopwatch.GetElapsedTime(_begin).TotalSeconds:0} s");
            if (_surroundings.Watched)
            {
                _surroundings.Errors.Write($"\r{text,-60}");
                _open = true;
            }
            else
            {
                _surroundings.Errors.WriteLine(text);
            }
        }
    }
}
