using Arena.Data.Entries;
using Arena.Data.Ids;

namespace Arena.Data.Voting;

/// <summary>An entry version that competes in an arena. Never removed: it is withdrawn, and its ballots stay.</summary>
public sealed class Contestant
{
    public VotingArenaId ArenaId { get; init; }

    /// <summary>0, 1, 2 … within the arena; ballots name contestants by it.</summary>
    public int Ordinal { get; init; }

    public EntryVersionId EntryVersionId { get; init; }

    public EntryVersion? EntryVersion { get; init; }

    /// <summary>Its run on the arena's suite version, which holds the outputs.</summary>
    public RunId RunId { get; init; }

    public DateTimeOffset JoinedAt { get; init; }

    /// <summary>From then on it is drawn no more.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
}
