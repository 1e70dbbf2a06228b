using System.Security.Cryptography;

namespace Arena.Worker.Hosting;

/// <summary>How long the worker waits for what.</summary>
internal sealed record WorkerPace
{
    /// <summary>Before the first repetition of a request; doubled from one to the next. Default: 0.25 seconds.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Between later repetitions. Default: 10 seconds.</summary>
    public TimeSpan MostDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a request may be answered with an error of the server's before the job is given up. Default: 12, about a minute.</summary>
    public int MostErrors { get; init; } = 12;

    /// <summary>How long the server may hold the question for work. Default: 20 seconds.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Between two questions for work that were answered at once with nothing. Default: 1 second.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the server may be silent within a request. Default: 60 seconds.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long giving back jobs at the end may take. Default: 5 seconds.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The delay before repetition <paramref name="round"/>, from 0: doubled each time, between half and all of it, so that workers do not come in step.</summary>
    public TimeSpan Delay(int round)
    {
        var most = Math.Min(MostDelay.TotalMilliseconds, FirstDelay.TotalMilliseconds * Math.Pow(2, Math.Min(round, 20)));
        return TimeSpan.FromMilliseconds(most * RandomNumberGenerator.GetInt32(512, 1025) / 1024);
    }
}
