using Arena.Ranking.Voting;

namespace Arena.Ranking.Selection;

/// <summary>How a committee is scored.</summary>
public enum CommitteeRule
{
    /// <summary>Single non-transferable vote: first places of its members added up.</summary>
    FirstPlaces,

    /// <summary>k-Borda: Borda points of its members added up.</summary>
    Borda,

    /// <summary>Chamberlin–Courant: every ballot counts the Borda points of its favourite member only, so that members differ.</summary>
    ChamberlinCourant,
}

/// <summary>A group of competitors that must have so many members on the committee. Groups may overlap.</summary>
/// <param name="Members">Indices of competitors.</param>
/// <param name="AtLeast">How many of them must be on it.</param>
public sealed record CommitteeGroup(IReadOnlyList<int> Members, int AtLeast);

/// <summary>A committee that was chosen.</summary>
/// <param name="Members">In the order in which they were chosen.</param>
/// <param name="Score">By the rule asked for.</param>
public sealed record CommitteeChoice(IReadOnlyList<int> Members, double Score);

/// <summary>
/// Chooses k competitors from ballots, with lower bounds for groups: which entries to show, or to measure next, so that
/// voters (or kinds of entries) are represented (Elkind, Faliszewski, Skowron, Slinko 2017).
/// </summary>
/// <remarks>
/// Greedy: the member that adds the most score comes next, among those with whom the bounds can still be met; ties by
/// index. Without bounds it is exact for first places and Borda, and at least 1 − 1/e of the best for Chamberlin–Courant,
/// whose score is submodular (Nemhauser, Wolsey, Fisher 1978). With disjoint groups the additive rules stay exact and
/// Chamberlin–Courant keeps at least half (a matroid); with overlapping groups whether the bounds can be met is checked by
/// search, and there is no such promise.
/// </remarks>
public static class Committee
{
    /// <summary>Chooses a committee.</summary>
    /// <param name="ballots">Votes; competitors not on a ballot get no points from it.</param>
    /// <param name="size">k, 1 … n.</param>
    /// <param name="rule">How a committee is scored.</param>
    /// <param name="groups">Lower bounds; null is none.</param>
    /// <exception cref="ArgumentException">The bounds cannot be met together, or name nobody or a competitor that does not exist.</exception>
    /// <exception cref="RankingException">There is no ballot that compares; see the diagnosis.</exception>
    public static CommitteeChoice Choose(Ballots ballots, int size, CommitteeRule rule, IReadOnlyList<CommitteeGroup>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, ballots.Competitors);
        VoteTable table = VoteTable.Of(ballots, VoteResampling.None);
        if (table.Diagnose() is Diagnosis.NoBallots nothing)
        {
            throw new RankingException(nothing);
        }

        var bounds = new CommitteeBounds(groups ?? [], ballots.Competitors);
        var score = new CommitteeScore(table, rule);
        var members = new List<int>();
        if (!bounds.CanBeMet(members, size))
        {
            throw new ArgumentException($"No committee of {size} meets all the lower bounds. Lower them, or enlarge the committee.", nameof(groups));
        }

        while (members.Count < size)
        {
            (int best, double most) = (-1, 0);
            foreach (int candidate in Enumerable.Range(0, ballots.Competitors).Except(members))
            {
                double gain = score.Gain(candidate);
                if ((best < 0 || gain > most * (1 + 1e-12)) && bounds.CanBeMet([.. members, candidate], size))
                {
                    (best, most) = (candidate, gain);
                }
            }

            score.Add(best);
            members.Add(best);
        }

        return new CommitteeChoice(members, score.Total);
    }

    /// <summary>Score of any committee by a rule.</summary>
    public static double Score(Ballots ballots, IReadOnlyList<int> members, CommitteeRule rule)
    {
        ArgumentNullException.ThrowIfNull(members);
        var score = new CommitteeScore(VoteTable.Of(ballots, VoteResampling.None), rule);
        foreach (int member in members.Distinct())
        {
            ArgumentOutOfRangeException.ThrowIfNegative(member, nameof(members));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(member, ballots.Competitors, nameof(members));
            score.Add(member);
        }

        return score.Total;
    }
}
