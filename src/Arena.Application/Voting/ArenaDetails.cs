using Arena.Data.Ids;
using Arena.Data.Voting;

namespace Arena.Application.Voting;

/// <summary>An arena as its maintainers see it.</summary>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Suite">The suite's slug.</param>
/// <param name="SuiteVersion">The suite version's number.</param>
/// <param name="State">Draft, open or closed.</param>
/// <param name="Board">Slug of its leaderboard.</param>
/// <param name="Version">Changes with every change: given back when saving, so that two maintainers do not overwrite each other.</param>
/// <param name="Settings">What can be set.</param>
/// <param name="Contestants">By ordinal.</param>
/// <param name="Candidates">Entries that run on the suite version and do not compete.</param>
/// <param name="Samples">Public samples of the suite version, by ordinal.</param>
/// <param name="NotNow">Why nobody can vote at the moment, a sentence; null when they can.</param>
public sealed record ArenaDetails(
    string Slug,
    string Suite,
    int SuiteVersion,
    ArenaState State,
    string Board,
    uint Version,
    ArenaSettings Settings,
    IReadOnlyList<ContestantDetails> Contestants,
    IReadOnlyList<CandidateDetails> Candidates,
    IReadOnlyList<VotingSampleDetails> Samples,
    string? NotNow);

/// <summary>A contestant.</summary>
public sealed record ContestantDetails(int Ordinal, string Entry, string Name, int Version, bool Withdrawn, bool Active);

/// <summary>An entry that could compete.</summary>
public sealed record CandidateDetails(EntryVersionId EntryVersion, string Entry, string Name, int Version);

/// <summary>A public sample.</summary>
/// <param name="Ordinal">In the suite version.</param>
/// <param name="Name">The suite's own.</param>
/// <param name="Group">The suite's own.</param>
/// <param name="Chosen">Whether people vote on it.</param>
/// <param name="GoldBest">On a gold item the contestant that belongs first.</param>
/// <param name="GoldWorst">On a gold item the contestant that belongs below it.</param>
public sealed record VotingSampleDetails(int Ordinal, string Name, string Group, bool Chosen, int? GoldBest, int? GoldWorst);
