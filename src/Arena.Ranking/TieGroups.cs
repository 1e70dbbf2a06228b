namespace Arena.Ranking;

/// <summary>
/// Groups of competitors that nobody separates. "Not separated" is not transitive: A and B may be indistinguishable, B and C too,
/// and A still certainly better than C. There are therefore two readings, and no third that is both a partition and true.
/// </summary>
public static class TieGroups
{
    /// <summary>
    /// Overlapping groups, best first: the longest runs of the displayed order in which no two are separated (a compact letter
    /// display along the order, Piepho 2004). Two that share a group are not separated; one competitor may be in several.
    /// Where standard errors are unequal, two may be unseparated across a run that holds separated ones; they then share no group.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<int>> Of(Standings standings)
    {
        ArgumentNullException.ThrowIfNull(standings);
        IReadOnlyList<int> order = standings.Order;
        var groups = new List<IReadOnlyList<int>>();
        int end = 0;
        for (int start = 0; start < order.Count; start++)
        {
            // whoever fitted a run from the place before also fits one that starts later
            int reached = end;
            while (end < order.Count && !Separates(standings, order, start, end))
            {
                end++;
            }

            if (end > reached)
            {
                groups.Add([.. order.Skip(start).Take(end - start)]);
            }
        }

        return groups;
    }

    /// <summary>
    /// A partition, best first: the order is cut only where everybody above is certainly better than everybody below. Two in one
    /// tier may be separated, linked by others between them; two in different tiers always are.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<int>> Tiers(Standings standings)
    {
        ArgumentNullException.ThrowIfNull(standings);
        IReadOnlyList<int> order = standings.Order;
        var tiers = new List<IReadOnlyList<int>>();
        // reach: the last place that someone at or before the current one is not certainly better than
        int start = 0, reach = 0;
        for (int place = 0; place < order.Count; place++)
        {
            for (int below = order.Count - 1; below > Math.Max(reach, place); below--)
            {
                if (!standings.Pairs.IsBetter(order[place], order[below]))
                {
                    reach = below;
                }
            }

            if (Math.Max(reach, place) == place)
            {
                tiers.Add([.. order.Skip(start).Take(place + 1 - start)]);
                start = place + 1;
            }
        }

        return tiers;
    }

    private static bool Separates(Standings standings, IReadOnlyList<int> order, int start, int candidate)
    {
        for (int place = start; place < candidate; place++)
        {
            if (standings.Pairs.AreSeparated(order[place], order[candidate]))
            {
                return true;
            }
        }

        return false;
    }
}
