namespace Arena.Contracts.Voting;

/// <summary>What became of a batch of recorded votes: all of them are stored, durably.</summary>
/// <param name="New">Stored by this request.</param>
/// <param name="Repeated">Stored before.</param>
/// <param name="Counted">Of the new ones, those that count.</param>
public sealed record VoteReplayAnswer(int New, int Repeated, int Counted);
