namespace Arena.Application.Leaderboards;

/// <summary>The standings by one method.</summary>
/// <param name="Method">For machines: <c>mean</c>, <c>bradley-terry</c>, <c>plackett-luce</c> or <c>trueskill</c>.</param>
/// <param name="Standings">In the order of the table, best first.</param>
/// <param name="PairsNotSeparated">Pairs of entries whose order the evidence does not settle.</param>
/// <param name="Diagnosis">Why there are no standings, or what to know about them; a sentence, or null.</param>
public sealed record MethodStandings(string Method, IReadOnlyList<Standing> Standings, int PairsNotSeparated, string? Diagnosis);
