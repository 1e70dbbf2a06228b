namespace Arena.Ranking;

/// <summary>What <see cref="Fragility"/> found.</summary>
/// <param name="Leader">Who is first with all ballots.</param>
/// <param name="Successor">Who is first without <paramref name="Ballots"/>; −1 when no set was found.</param>
/// <param name="Ballots">
/// The ballots whose removal changes first place, most influential first; confirmed by refit. An upper bound: a smaller set may
/// exist. Empty when none was found among the share that was tried.
/// </param>
/// <param name="Share">Their share of all ballots of positive weight; 0 when none was found.</param>
/// <param name="Refits">Fits made.</param>
public sealed record FragilityReport(int Leader, int Successor, IReadOnlyList<int> Ballots, double Share, int Refits)
{
    /// <summary>Whether a set was found.</summary>
    public bool Found => Ballots.Count > 0;
}
