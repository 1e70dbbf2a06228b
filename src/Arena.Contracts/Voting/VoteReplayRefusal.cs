namespace Arena.Contracts.Voting;

/// <summary>Why nothing of a batch was stored: one sentence a problem, with the line where there is one.</summary>
public sealed record VoteReplayRefusal(IReadOnlyList<string> Problems);
