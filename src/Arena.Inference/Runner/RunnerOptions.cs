namespace Arena.Inference.Runner;

/// <summary>How a runner process is started.</summary>
public sealed record RunnerOptions
{
    /// <summary>Arena.Runner.dll or its executable. Default: what <see cref="RunnerLocation.Find"/> finds.</summary>
    public string? RunnerPath { get; init; }

    /// <summary>The native library. Default: what <see cref="OnnxRuntimeLibrary.Locate(string?)"/> finds.</summary>
    public string? LibraryPath { get; init; }

    /// <summary>How long the process may take from its start to its first frame. Default: 30 seconds.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a cancelled run may take to stop before the process is killed. Default: 2 seconds.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How much of the end of standard error is kept, in bytes. Default: 8 KiB.</summary>
    public int StandardErrorBytes { get; init; } = 8 << 10;

    /// <summary>
    /// Environment variables beside the few that the runner needs. It inherits no others: the worker's token stays with the worker.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
