namespace Arena.Contracts.Voting;

/// <summary>A batch of votes that were recorded elsewhere, in the order in which they are to be taken in. POST it with the operator's token as bearer.</summary>
/// <param name="Arena">Slug of the arena that they go to.</param>
/// <param name="Create">Whether to make a closed arena of that name, with the file's models as entries, when there is none.</param>
/// <param name="Entries">All entries that the votes may name.</param>
/// <param name="Votes">At most <see cref="MostVotes"/>.</param>
public sealed record VoteReplay(string Arena, bool Create, IReadOnlyList<RecordedEntry> Entries, IReadOnlyList<RecordedVote> Votes)
{
    public const string Path = "/api/v1/admin/replays";

    public const int MostVotes = 5000;
}

/// <summary>An entry of a file of votes.</summary>
/// <param name="Name">As the file calls it.</param>
/// <param name="Slug">Its name in addresses, where the file is an Arena's own export.</param>
/// <param name="Version">Its version, likewise.</param>
public sealed record RecordedEntry(string Name, string? Slug = null, int? Version = null);

/// <summary>One vote.</summary>
/// <param name="Line">Where it stands in the file, from 1.</param>
/// <param name="Id">The same for the same vote in the same file: what was taken in under it is not taken in again.</param>
/// <param name="Voter">Who voted, as the file calls them.</param>
/// <param name="At">When.</param>
/// <param name="Slots">Places in <see cref="VoteReplay.Entries"/>, in the order shown.</param>
/// <param name="Tiers">Places in <paramref name="Slots"/>, best first; those in one list are tied. Empty for a skip.</param>
public sealed record RecordedVote(int Line, string Id, string Voter, DateTimeOffset At, int[] Slots, int[][] Tiers)
{
    /// <summary><c>ranking</c>, <c>best-worst</c> or <c>skip</c>.</summary>
    public string Form { get; init; } = "ranking";

    public bool AllBad { get; init; }

    /// <summary>The sample that each slot answers; null when it is not known.</summary>
    public int[]? Samples { get; init; }

    /// <summary><c>pending</c> or <c>excluded</c> where the file says that the vote does not count; else null.</summary>
    public string? State { get; init; }

    /// <summary>Why it does not count, as a code.</summary>
    public string? Reason { get; init; }
}
