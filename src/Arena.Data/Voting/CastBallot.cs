using Arena.Data.Ids;

namespace Arena.Data.Voting;

/// <summary>A checked ballot on its way into the database, with the battle that it answers.</summary>
/// <param name="Battle">The battle as it was drawn; its <see cref="Battle.VoterId"/> is not used: the voter is known by <paramref name="VoterKey"/>.</param>
/// <param name="VoterKey">What the cookie, the account or the token stands for.</param>
/// <param name="VoterKind">How the voter is known, when this is the first ballot.</param>
/// <param name="Ballot">What the voter said; its voter and sequence are given by the database.</param>
public sealed record CastBallot(Battle Battle, Guid VoterKey, VoterKind VoterKind, Ballot Ballot);
