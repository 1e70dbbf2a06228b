using System.ComponentModel.DataAnnotations;

namespace Arena.Application.Workers;

/// <summary>Settings under <c>Arena:Workers</c>.</summary>
public sealed class WorkerOptions
{
    /// <summary>How long a lease lasts without a heartbeat. Default: 90 seconds.</summary>
    [Range(2, 3600)]
    public int LeaseSeconds { get; set; } = 90;

    /// <summary>How often a worker sends heartbeats. Default: 20 seconds.</summary>
    [Range(1, 600)]
    public int HeartbeatSeconds { get; set; } = 20;

    /// <summary>The largest chunk of outputs. Default: 8 MiB.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int MaximumChunkBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Samples in a job. Default: 256.</summary>
    [Range(1, 1_000_000)]
    public int ShardSamples { get; set; } = 256;
}
