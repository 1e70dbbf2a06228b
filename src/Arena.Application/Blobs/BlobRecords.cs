using Arena.Data;
using Arena.Data.Blobs;
using Microsoft.EntityFrameworkCore;

namespace Arena.Application.Blobs;

/// <summary>Stores bytes so that rows can refer to them.</summary>
internal static class BlobRecords
{
    /// <summary>Puts the bytes into the store and their row into the context, once; the caller saves.</summary>
    /// <returns>Their SHA-256.</returns>
    public static async Task<string> PutAsync(this IBlobStore blobs, ArenaDbContext context, ReadOnlyMemory<byte> bytes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        var (sha256, size) = await blobs.PutAsync(stream, cancellationToken);
        if (context.Blobs.Local.All(blob => !string.Equals(blob.Sha256, sha256, StringComparison.Ordinal)) && !await context.Blobs.AnyAsync(blob => blob.Sha256 == sha256, cancellationToken))
        {
            context.Blobs.Add(new() { Sha256 = sha256, Size = size, CreatedAt = now });
        }

        return sha256;
    }
}
