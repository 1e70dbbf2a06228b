using System.Buffers;
using System.Security.Cryptography;

namespace Arena.Data.Blobs;

/// <summary>Blobs as files: <c>folder/ab/abcdef…</c>, written to a temporary name, flushed to the disk and then renamed.</summary>
public sealed class DiskBlobStore : IBlobStore
{
    private readonly string folder;
    private readonly string incoming;

    /// <param name="folder">Made when it is not there.</param>
    public DiskBlobStore(string folder)
    {
        this.folder = folder;
        incoming = Path.Combine(folder, "incoming");
        // what a killed process left half written was never referred to
        if (Directory.Exists(incoming))
        {
            Directory.Delete(incoming, recursive: true);
        }

        Directory.CreateDirectory(incoming);
    }

    public async Task<(string Sha256, long Size)> PutAsync(Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var partial = Path.Combine(incoming, Guid.CreateVersion7().ToString("N"));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            long size = 0;
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
            {
                for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0; size += read)
                {
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }

                file.Flush(flushToDisk: true);
            }

            var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            var path = PathOf(sha256);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(partial, path, overwrite: true);
            return (sha256, size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            File.Delete(partial);
        }
    }

    public Stream Open(string sha256) =>
        new FileStream(PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);

    private string PathOf(string sha256)
    {
        // the name comes from the database or an address: nothing but a hash may become a path
        if (sha256 is not { Length: 64 } || !sha256.All(char.IsAsciiHexDigitLower))
        {
            throw new FileNotFoundException("A blob is named by a SHA-256 in lower-case hexadecimal.", sha256);
        }

        return Path.Combine(folder, sha256[..2], sha256);
    }
}
