namespace Arena.Contracts.Workers;

/// <summary>The worker protocol's fixed names. docs/worker-protocol.md describes it whole.</summary>
public static class WorkerProtocol
{
    /// <summary>What this build speaks. The server answers 426 to a worker below <see cref="LeastVersion"/>.</summary>
    public const int Version = 2;

    /// <summary>The oldest version that the server still understands.</summary>
    public const int LeastVersion = 2;

    public const string RegisterPath = "/worker/v1/register";

    public const string AcquirePath = "/worker/v1/acquire";

    public const string HeartbeatPath = "/worker/v1/heartbeat";

    /// <summary>PUT, with the job in the path and the rest in the query: attempt, first, count.</summary>
    public static string ChunkPath(long job, int attempt, int first, int count) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/worker/v1/jobs/{job}/chunks?attempt={attempt}&first={first}&count={count}");

    public static string CompletePath(long job) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/worker/v1/jobs/{job}/complete");

    public static string FailPath(long job) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/worker/v1/jobs/{job}/fail");

    public static string AbortPath(long job) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/worker/v1/jobs/{job}/abort");

    /// <summary>Carries the lease token (a UUID) with everything that concerns one job.</summary>
    public const string LeaseHeader = "Arena-Lease";

    /// <summary>Carries the protocol version with every request.</summary>
    public const string VersionHeader = "Arena-Worker-Protocol";

    /// <summary>SHA-256 of a chunk's body, lower-case hexadecimal.</summary>
    public const string DigestHeader = "Arena-Digest";

    /// <summary>Where a worker finds its token, unless the file is given.</summary>
    public const string TokenVariable = "ARENA_WORKER_TOKEN";

    /// <summary>Where a worker finds the path of the file (mode 0600) that holds its token.</summary>
    public const string TokenFileVariable = "ARENA_WORKER_TOKEN_FILE";
}
