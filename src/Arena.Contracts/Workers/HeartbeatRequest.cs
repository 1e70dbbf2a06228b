namespace Arena.Contracts.Workers;

/// <summary>The worker still works on these leases.</summary>
public sealed record HeartbeatRequest(IReadOnlyList<LeaseReference> Leases);

public sealed record LeaseReference(long JobId, Guid LeaseToken);

/// <summary>One verdict a lease, in the order asked.</summary>
public sealed record HeartbeatAnswer(IReadOnlyList<LeaseVerdict> Leases);

/// <param name="JobId">The job.</param>
/// <param name="Verdict"><c>continue</c>, <c>cancel</c> (someone cancelled the run) or <c>lost</c> (the lease is another's now).</param>
/// <param name="ExpiresInSeconds">With <c>continue</c>: the new time left.</param>
public sealed record LeaseVerdict(long JobId, string Verdict, int ExpiresInSeconds)
{
    public const string Continue = "continue";

    public const string Cancel = "cancel";

    public const string Lost = "lost";
}
