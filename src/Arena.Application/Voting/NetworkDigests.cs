using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Arena.Application.Voting;

/// <summary>Digests of network prefixes under a key of the day. Keys older than a day are deleted: from then on the digests lead nowhere.</summary>
public sealed class NetworkDigests(NpgsqlDataSource database, TimeProvider time)
{
    private (DateOnly Day, byte[] Key)? today;

    /// <summary>The digest to keep beside a ballot; null when the network is not known.</summary>
    public async Task<byte[]?> DigestAsync(string? network, CancellationToken cancellationToken)
    {
        if (network is null)
        {
            return null;
        }

        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var key = today is { } kept && kept.Day == day ? kept.Key : await ReadAsync(day, cancellationToken);
        return HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(network))[..16];
    }

    private async Task<byte[]> ReadAsync(DateOnly day, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("delete from network_keys where day < $1 - 1") { Parameters = { new() { Value = day } } },
                new("insert into network_keys (day, key) values ($1, $2) on conflict (day) do nothing") { Parameters = { new() { Value = day }, new() { Value = RandomNumberGenerator.GetBytes(32) } } },
                new("select key from network_keys where day = $1") { Parameters = { new() { Value = day } } },
            },
        };
        var key = (byte[])(await batch.ExecuteScalarAsync(cancellationToken))!;
        today = (day, key);
        return key;
    }
}
