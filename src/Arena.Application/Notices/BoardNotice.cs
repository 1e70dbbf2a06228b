namespace Arena.Application.Notices;

/// <summary>Something about a leaderboard changed. A hint: who receives it reads again, who misses it is only late.</summary>
/// <param name="Board">The leaderboard's slug.</param>
/// <param name="Version">Its newest snapshot, 0 while there is none.</param>
/// <param name="Revision">Differs whenever anything behind the board differs (the progress of a run, say); means nothing else.</param>
public sealed record BoardNotice(string Board, long Version, long Revision);
