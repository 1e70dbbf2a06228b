using Arena.Contracts.Voting;

namespace Arena.Cli.Server;

/// <summary>What the server made of a batch of votes: a closed set.</summary>
internal abstract record VoteReplayResult
{
    private VoteReplayResult()
    {
    }

    public sealed record Stored(VoteReplayAnswer Answer) : VoteReplayResult;

    public sealed record Refused(IReadOnlyList<string> Problems) : VoteReplayResult;
}
