namespace Arena.Worker.Hosting;

/// <summary>What the worker was started with.</summary>
/// <param name="Server">The server's address.</param>
/// <param name="Token">Never printed, never handed on.</param>
/// <param name="CacheFolder">Where fetched files are kept.</param>
internal sealed record WorkerSettings(Uri Server, string Token, string CacheFolder)
{
    /// <summary>What the server's pages may call the worker.</summary>
    public string? Name { get; init; }

    /// <summary>Stop when standard input ends.</summary>
    public bool ExitWithStdin { get; init; }

    /// <summary>Threads that one operator of a model may use. Default: 1, so that results do not depend on the machine.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Ask for work once, do it and stop.</summary>
    public bool Once { get; init; }

    /// <summary>How large the cache may grow, in bytes. Default: 1 GiB.</summary>
    public long CacheBytes { get; init; } = 1L << 30;

    public WorkerPace Pace { get; init; } = new();
}
