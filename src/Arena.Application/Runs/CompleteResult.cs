namespace Arena.Application.Runs;

/// <summary>What became of a completion.</summary>
public abstract record CompleteResult
{
    private CompleteResult()
    {
    }

    /// <summary>The attempt is the job's result; repeated completions are answered the same.</summary>
    /// <param name="EntryFault">Why the outputs were refused as the entry's fault, or null when they were scored.</param>
    public sealed record Completed(string? EntryFault) : CompleteResult;

    /// <summary>The chunks do not make a result; the lease goes on.</summary>
    public sealed record Refused(string Reason) : CompleteResult;

    /// <summary>The lease ended before: nothing was changed.</summary>
    public sealed record LeaseOver : CompleteResult;
}
