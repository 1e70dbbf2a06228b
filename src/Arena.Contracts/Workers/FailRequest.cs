namespace Arena.Contracts.Workers;

/// <summary>The job could not be done.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Fault"><c>worker</c> (tried again elsewhere), <c>entry</c> or <c>suite</c> (the run ends).</param>
/// <param name="Reason">A sentence for the submitter.</param>
public sealed record FailRequest(int Attempt, string Fault, string Reason)
{
    public const string WorkerFault = "worker";

    public const string EntryFault = "entry";

    public const string SuiteFault = "suite";
}

/// <summary>The job is given back untried, for example at shutdown.</summary>
public sealed record AbortRequest(int Attempt);
