using Arena.Contracts.Voting;

namespace Arena.Application.Voting;

/// <summary>What came of a batch of recorded votes.</summary>
public abstract record ReplayResult
{
    private ReplayResult()
    {
    }

    /// <summary>All of them are stored, durably.</summary>
    public sealed record Done(VoteReplayAnswer Answer) : ReplayResult;

    /// <summary>Nothing of them was stored; sentences for the person who asked.</summary>
    public sealed record Refused(IReadOnlyList<string> Problems) : ReplayResult;

    /// <summary>Not all are known to be stored; the same batch may be sent again and counts once.</summary>
    public sealed record NotStored : ReplayResult;
}
