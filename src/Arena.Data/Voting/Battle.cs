using Arena.Data.Ids;

namespace Arena.Data.Voting;

/// <summary>What was put before a voter, and how it was drawn. Immutable.</summary>
public sealed class Battle
{
    public BattleId Id { get; init; }

    public VotingArenaId ArenaId { get; init; }

    public Guid VoterId { get; init; }

    /// <summary>Contestants in the order shown.</summary>
    public required int[] Slots { get; init; }

    /// <summary>The sample that each slot answers; all equal unless the arena compares across samples.</summary>
    public required int[] Samples { get; init; }

    public BattleBranch Branch { get; init; }

    /// <summary>Policy and version that drew it, as in <c>under-sampled/3</c>.</summary>
    public required string Policy { get; init; }

    /// <summary>ε at the time: the share of uniform draws.</summary>
    public double UniformShare { get; init; }

    /// <summary>The probability of this set of contestants given the sample and the state at the time, over both branches.</summary>
    public double Probability { get; init; }

    /// <summary>Standard error of <see cref="Probability"/>: 0 when it is exact.</summary>
    public double ProbabilityError { get; init; }

    public DateTimeOffset DrawnAt { get; init; }
}
