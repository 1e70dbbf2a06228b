namespace Arena.Data.Blobs;

/// <summary>Bytes kept under their SHA-256; the bytes themselves are in the blob store.</summary>
public sealed class Blob
{
    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public long Size { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
