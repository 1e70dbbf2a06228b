using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Arena.Application.Voting;

/// <summary>How much one voter, and one network, may do in a minute on this node.</summary>
public sealed class VotingLimits : IDisposable
{
    private readonly PartitionedRateLimiter<Guid> draws;
    private readonly PartitionedRateLimiter<Guid> voters;
    private readonly PartitionedRateLimiter<string> networks;
    private readonly PartitionedRateLimiter<string> bursts;

    public VotingLimits(IOptions<VotingOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = options.Value;
        draws = PerMinute<Guid>(settings.DrawsPerVoterMinute);
        voters = PerMinute<Guid>(settings.BallotsPerVoterMinute);
        networks = PerMinute<string>(settings.BallotsPerNetworkMinute);
        bursts = PerMinute<string>(settings.BurstPerNetworkMinute);
    }

    /// <summary>Takes a draw.</summary>
    /// <returns>Null when there was room; else how long to wait.</returns>
    public TimeSpan? TakeDraw(VoterIdentity voter) => Take(draws, voter.Key);

    /// <summary>Takes a ballot.</summary>
    /// <returns>Null when there was room; else how long to wait.</returns>
    public TimeSpan? TakeBallot(VoterIdentity voter, string? network) =>
        Take(voters, voter.Key) ?? (network is null ? null : Take(networks, network));

    /// <summary>Notes a ballot from a network; true when there are more of late than a room full of people casts.</summary>
    public bool IsBurst(string? network) => network is not null && Take(bursts, network) is not null;

    public void Dispose()
    {
        draws.Dispose();
        voters.Dispose();
        networks.Dispose();
        bursts.Dispose();
    }

    private static PartitionedRateLimiter<T> PerMinute<T>(int permits)
        where T : notnull =>
        PartitionedRateLimiter.Create<T, T>(key => RateLimitPartition.GetSlidingWindowLimiter(key, _ => new()
        {
            PermitLimit = permits,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
            QueueLimit = 0,
            AutoReplenishment = true,
        }));

    private static TimeSpan? Take<T>(PartitionedRateLimiter<T> limiter, T key)
    {
        using var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired)
        {
            return null;
        }

        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(10);
    }
}
