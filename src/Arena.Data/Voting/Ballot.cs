using Arena.Data.Ids;

namespace Arena.Data.Voting;

/// <summary>What a voter said of a battle. One a battle, never edited; only its eligibility can change, with a history.</summary>
public sealed class Ballot
{
    public BattleId BattleId { get; init; }

    public Battle? Battle { get; init; }

    public VotingArenaId ArenaId { get; init; }

    public Guid VoterId { get; init; }

    /// <summary>Grows in the order of commits, over all arenas: who has read up to one number has missed nothing below it.</summary>
    public long Sequence { get; init; }

    public BallotForm Form { get; init; }

    /// <summary>The place of each slot of the battle, 1 the best, equal numbers equally placed; empty for a skip.</summary>
    public required short[] Ranks { get; init; }

    /// <summary>None of them is any good; beside the ranks, not instead of them.</summary>
    public bool AllBad { get; init; }

    /// <summary>How strongly: 1 slightly, 2 clearly, 3 much; null when not said.</summary>
    public short? Strength { get; init; }

    /// <summary>A bit a slot, set where the voter called it acceptable; null when not said.</summary>
    public short? Acceptable { get; init; }

    public required string[] Reasons { get; init; }

    public string? Comment { get; init; }

    /// <summary>From when the battle was shown to when the ballot came, as the browser measured it; null when it did not say.</summary>
    public float? SecondsSpent { get; init; }

    public BallotSource Source { get; init; }

    /// <summary>HMAC of the network prefix under a key that is thrown away daily.</summary>
    public byte[]? NetworkDigest { get; init; }

    public DateTimeOffset CastAt { get; init; }

    public Eligibility Eligibility { get; set; }

    /// <summary>Why, as a code of <see cref="EligibilityReason"/>.</summary>
    public required string EligibilityReason { get; set; }

    public ICollection<EligibilityChange> History { get; } = new List<EligibilityChange>();
}
