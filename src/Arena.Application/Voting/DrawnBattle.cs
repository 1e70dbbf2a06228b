using Arena.Data.Voting;

namespace Arena.Application.Voting;

/// <summary>What a battle token stands for.</summary>
/// <param name="Battle">As it was drawn; its voter is not set.</param>
/// <param name="Voter">Whose it is.</param>
/// <param name="Arena">The arena's slug.</param>
public sealed record DrawnBattle(Battle Battle, VoterIdentity Voter, string Arena);
