namespace Arena.Application.Voting;

/// <summary>One voter's own leaderboard of an arena.</summary>
/// <param name="Arena">The arena's slug.</param>
/// <param name="Title">The arena's title.</param>
/// <param name="Ballots">The voter's own that count.</param>
/// <param name="Standings">Best first by the voter's own ratings; no ranks, since one person's ballots separate little.</param>
/// <param name="Agreement">With the others; null while there is no pair on which both said something.</param>
public sealed record PersonalBoard(string Arena, string Title, int Ballots, IReadOnlyList<PersonalStanding> Standings, Agreement? Agreement);

/// <summary>An entry on a voter's own leaderboard.</summary>
/// <param name="Own">The rating by the voter's ballots, pulled toward everybody's.</param>
/// <param name="Everybody">The rating by all ballots.</param>
/// <param name="Ballots">The voter's own that show it.</param>
public sealed record PersonalStanding(string Entry, string Name, int Version, double Own, double Everybody, int Ballots);
