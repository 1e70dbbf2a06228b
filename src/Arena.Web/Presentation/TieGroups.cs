using Arena.Application.Leaderboards;

namespace Arena.Web.Presentation;

/// <summary>Which rows the evidence cannot tell apart.</summary>
internal static class TieGroups
{
    /// <summary>
    /// A new group begins where everything above certainly ranks above everything below, that is, where no rank interval crosses.
    /// Within a group not every pair is open, but one leads to the other through pairs that are.
    /// </summary>
    /// <param name="standings">In the order of the table.</param>
    /// <returns>The group of each row, counted from 0.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<Standing> standings)
    {
        ArgumentNullException.ThrowIfNull(standings);
        var groups = new int[standings.Count];
        var group = 0;
        var worst = 0;
        for (var i = 0; i < standings.Count; i++)
        {
            if (i > 0 && standings.Skip(i).Min(row => row.RankLow) > worst)
            {
                group++;
            }

            worst = Math.Max(worst, standings[i].RankHigh);
            groups[i] = group;
        }

        return groups;
    }
}
