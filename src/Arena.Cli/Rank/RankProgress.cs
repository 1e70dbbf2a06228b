using System.Diagnostics;
using System.Globalization;
using Arena.Cli.Hosting;

namespace Arena.Cli.Rank;

/// <summary>Says on standard error how far long work is: over and over on one line where a person watches, else a line at a time when asked for.</summary>
internal sealed class RankProgress(CliSurroundings surroundings, bool wanted) : IProgress<long>
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(0.5);

    private readonly long _begin = Stopwatch.GetTimestamp();
    private TimeSpan _said;
    private bool _open;

    public void Report(long value)
    {
        TimeSpan now = Stopwatch.GetElapsedTime(_begin);
        if (now - _said >= Each)
        {
            _said = now;
            Say(string.Create(CultureInfo.InvariantCulture, $"{value:N0} rows read"));
        }
    }

    /// <summary>A step that may take long.</summary>
    public void Say(string text)
    {
        if (surroundings.Watched)
        {
            surroundings.Errors.Write($"\r{text,-60}");
            _open = true;
        }
        else if (wanted)
        {
            surroundings.Errors.WriteLine(text);
        }
    }

    /// <summary>Takes the line away again.</summary>
    public void End()
    {
        if (_open)
        {
            surroundings.Errors.Write($"\r{"",-60}\r");
            _open = false;
        }
    }
}
