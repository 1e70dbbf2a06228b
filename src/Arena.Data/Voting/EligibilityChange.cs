using Arena.Data.Ids;

namespace Arena.Data.Voting;

/// <summary>One step in the history of a ballot's eligibility; append-only.</summary>
public sealed class EligibilityChange
{
    /// <summary>Grows in the order of commits.</summary>
    public long Sequence { get; init; }

    public BattleId BattleId { get; init; }

    public VotingArenaId ArenaId { get; init; }

    public Eligibility Before { get; init; }

    public required string ReasonBefore { get; init; }

    public Eligibility After { get; init; }

    public required string ReasonAfter { get; init; }

    /// <summary>What the maintainer wrote.</summary>
    public required string Note { get; init; }

    /// <summary>An account's id, or <c>system</c>.</summary>
    public required string Actor { get; init; }

    public DateTimeOffset At { get; init; }
}
