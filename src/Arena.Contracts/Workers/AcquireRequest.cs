namespace Arena.Contracts.Workers;

/// <summary>A worker asks for work.</summary>
/// <param name="Capabilities">What it can take now.</param>
/// <param name="MaximumJobs">No more leases than this, 1 to 32. All of an answer belong to one run.</param>
/// <param name="WaitSeconds">How long the server may hold the request while there is nothing to do, 0 to 25.</param>
public sealed record AcquireRequest(IReadOnlyList<string> Capabilities, int MaximumJobs, int WaitSeconds);

/// <param name="Run">The work, or null when there was none within the time.</param>
public sealed record AcquireAnswer(RunLease? Run);
