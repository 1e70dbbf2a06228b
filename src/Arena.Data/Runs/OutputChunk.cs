namespace Arena.Data.Runs;

/// <summary>Typed outputs of one attempt at a job for consecutive samples. Written by binary COPY.</summary>
public sealed class OutputChunk
{
    public long JobId { get; init; }

    public int Attempt { get; init; }

    public int FirstOrdinal { get; init; }

    public int Count { get; init; }

    /// <summary>SHA-256 of the payload: the same chunk again is not an error, another one is.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>Packed outputs (docs/worker-protocol.md).</summary>
    public required byte[] Payload { get; init; }
}
