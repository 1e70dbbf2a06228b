namespace Arena.Data.Blobs;

/// <summary>Where the bytes of blobs are. One seam: a disk now, an object store when there are several nodes.</summary>
public interface IBlobStore
{
    /// <summary>Stores what the stream holds and returns its hash and size. Durable when it returns; storing the same bytes again changes nothing.</summary>
    Task<(string Sha256, long Size)> PutAsync(Stream content, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading; throws <see cref="FileNotFoundException"/> when there is none.</summary>
    Stream Open(string sha256);
}
