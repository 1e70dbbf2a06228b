using Arena.Data.Ids;

namespace Arena.Data.Runs;

/// <summary>A shard of a run that a worker can lease. Read and written by <see cref="JobQueue"/>, not by EF.</summary>
public sealed class Job
{
    public long Id { get; init; }

    public RunId RunId { get; init; }

    public int FirstOrdinal { get; init; }

    public int Count { get; init; }

    /// <summary>What a worker must have, for example <c>cpu</c>.</summary>
    public required string Capability { get; init; }

    /// <summary>Start-time fair queuing: the smallest goes first.</summary>
    public double VirtualStart { get; init; }

    public JobState State { get; init; }

    /// <summary>How often it has been leased; outputs belong to one attempt.</summary>
    public int Attempt { get; init; }

    /// <summary>Known to the worker that holds the lease, changed whenever a lease ends.</summary>
    public Guid? LeaseToken { get; init; }

    public DateTimeOffset? LeaseExpiresAt { get; init; }

    /// <summary>The token that completed it: a repeated completion with it is answered the same.</summary>
    public Guid? CompletedToken { get; init; }

    public WorkerId? WorkerId { get; init; }

    /// <summary>Workers on which it has failed; it is never given to one of them again.</summary>
    public required Guid[] FailedOn { get; init; }

    public string? LastError { get; init; }

    public Fault? LastFault { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
