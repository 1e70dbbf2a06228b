using Arena.Data.Ids;

namespace Arena.Data.Voting;

/// <summary>A sample of the arena's suite version that battles are drawn on: together they are its voting split.</summary>
public sealed class VotingSample
{
    public VotingArenaId ArenaId { get; init; }

    /// <summary>The sample's ordinal in the suite version.</summary>
    public int Ordinal { get; init; }

    /// <summary>A gold item: the contestant that attentive voters place first on it; null for an ordinary sample.</summary>
    public int? GoldBest { get; set; }

    /// <summary>A gold item: the contestant that attentive voters place below <see cref="GoldBest"/>.</summary>
    public int? GoldWorst { get; set; }
}
