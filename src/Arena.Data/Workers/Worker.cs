using Arena.Data.Ids;

namespace Arena.Data.Workers;

/// <summary>A worker that has registered, with what it said of itself then.</summary>
public sealed class Worker
{
    public WorkerId Id { get; init; }

    /// <summary>Given with the token.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of its token.</summary>
    public required byte[] TokenHash { get; init; }

    public string[] Capabilities { get; set; } = [];

    public string Software { get; set; } = "";

    public string Hardware { get; set; } = "";

    public DateTimeOffset? RegisteredAt { get; set; }

    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>Measured over its finished jobs; 0 until then.</summary>
    public double SamplesPerSecond { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
