using System.Buffers;
using System.Security.Cryptography;

namespace Arena.Data.Embedded.Backup;

/// <summary>Length, lines and SHA-256 of what passed by.</summary>
internal sealed record Tally(long Bytes, long Lines, string Sha256)
{
    private const int Chunk = 128 * 1024;

    /// <param name="to">null only counts.</param>
    /// <param name="limit">Stops after this many bytes.</param>
    public static async Task<Tally> CopyAsync(Stream from, Stream? to, CancellationToken cancellationToken, long limit = long.MaxValue)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            long bytes = 0, lines = 0;
            for (int read; bytes < limit && (read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, limit - bytes)), cancellationToken)) > 0; bytes += read)
            {
                hash.AppendData(buffer, 0, read);
                lines += buffer.AsSpan(0, read).Count((byte)'\n');
                if (to is not null)
                {
                    await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
            }

            return new(bytes, lines, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
