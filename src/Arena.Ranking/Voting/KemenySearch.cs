using Arena.Ranking.Resampling;

namespace Arena.Ranking.Voting;

/// <summary>Kemeny rankings of duels: groups that beat all below them are ordered apart, exactly or by local search.</summary>
internal sealed class KemenySearch(PairwiseVotes duels, int exactLimit, int restarts, ulong seed)
{
    /// <summary>What the search finds.</summary>
    public sealed record Found(double[] Ratings, IReadOnlyList<IReadOnlyList<int>> Rankings, double Distance, bool Exact, double LowerBound);

    public Found Run(int maxRankings)
    {
        int n = duels.Competitors;
        double[] margins = duels.Margins();
        List<int[]> groups = ComparisonGraph.StrongComponents(n, (i, j) => i != j && margins[i * n + j] >= 0);
        var ratings = new double[n];
        var rankings = new List<List<int>> { new() };
        (double distance, double bound, bool exact, int below) = (0, 0, true, n);
        foreach (int[] group in groups)
        {
            below -= group.Length;
            double[] against = Against(group);
            GroupOrder order = group.Length <= exactLimit
                ? KemenySubsets.Solve(against, group.Length, maxRankings)
                : KemenyMoves.Search(against, group.Length, restarts, seed);
            exact &= group.Length <= exactLimit;
            distance += order.Distance;
            bound += group.Length <= exactLimit ? order.Distance : LeastPossible(against, group.Length);
            for (int a = 0; a < group.Length; a++)
            {
                ratings[group[a]] = below + order.MeanBelow[a];
            }

            rankings = [.. rankings.SelectMany(head => order.Orders.Select(tail => head.Concat(tail.Select(a => group[a])).ToList())).Take(maxRankings)];
        }

        foreach ((int i, int j) in Between(groups))
        {
            distance += duels.For(j, i);
            bound += duels.For(j, i);
        }

        return new Found(ratings, rankings, distance, exact, bound);
    }

    /// <summary>k × k: votes that placing the row above the column contradicts.</summary>
    private double[] Against(int[] group)
    {
        int k = group.Length;
        var against = new double[k * k];
        for (int a = 0; a < k; a++)
        {
            for (int b = 0; b < k; b++)
            {
                against[a * k + b] = duels.For(group[b], group[a]);
            }
        }

        return against;
    }

    private static double LeastPossible(double[] against, int k)
    {
        double sum = 0;
        for (int a = 0; a < k; a++)
        {
            for (int b = a + 1; b < k; b++)
            {
                sum += Math.Min(against[a * k + b], against[b * k + a]);
            }
        }

        return sum;
    }

    private static IEnumerable<(int Above, int Below)> Between(List<int[]> groups)
    {
        for (int g = 0; g < groups.Count; g++)
        {
            for (int h = g + 1; h < groups.Count; h++)
            {
                foreach (int i in groups[g])
                {
                    foreach (int j in groups[h])
                    {
                        yield return (i, j);
                    }
                }
            }
        }
    }
}

/// <summary>Best orders of a group.</summary>
/// <param name="Orders">Places in the group, best first.</param>
/// <param name="MeanBelow">How many of the group stand below each, on average over all best orders.</param>
/// <param name="Distance">Votes contradicted.</param>
internal sealed record GroupOrder(IReadOnlyList<int[]> Orders, double[] MeanBelow, double Distance);

/// <summary>Insertion moves from several starts: O(k²) a sweep over all competitors.</summary>
internal static class KemenyMoves
{
    private const ulong Streams = 0x4B454D454E59;

    public static GroupOrder Search(double[] against, int k, int restarts, ulong seed)
    {
        var random = new Xoshiro256(seed, Streams);
        double[] lost = [.. Enumerable.Range(0, k).Select(a => against.AsSpan(a * k, k).ToArray().Sum())];
        int[] best = [.. Enumerable.Range(0, k).OrderBy(a => lost[a]).ThenBy(a => a)];
        double least = Descend(best, against);
        for (int start = 0; start < restarts; start++)
        {
            int[] order = random.Permutation(k);
            double distance = Descend(order, against);
            if (distance < least - 1e-9 * Math.Abs(least))
            {
                (best, least) = (order, distance);
            }
        }

        var below = new double[k];
        for (int place = 0; place < k; place++)
        {
            below[best[place]] = k - 1 - place;
        }

        return new GroupOrder([best], below, least);
    }

    /// <summary>Moves one competitor at a time to its best place, until nothing improves.</summary>
    private static double Descend(int[] order, double[] against)
    {
        int k = order.Length;
        double slack = 1e-12 * against.Sum();
        bool moved = true;
        while (moved)
        {
            moved = false;
            for (int from = 0; from < k; from++)
            {
                int item = order[from];
                (int to, double gain) = (from, slack);
                double change = 0;
                for (int p = from - 1; p >= 0; p--)
                {
                    change += against[order[p] * k + item] - against[item * k + order[p]];
                    (to, gain) = change > gain ? (p, change) : (to, gain);
                }

                change = 0;
                for (int p = from + 1; p < k; p++)
                {
                    change += against[item * k + order[p]] - against[order[p] * k + item];
                    (to, gain) = change > gain ? (p, change) : (to, gain);
                }

                if (to != from)
                {
                    Move(order, from, to);
                    moved = true;
                }
            }
        }

        double distance = 0;
        for (int p = 0; p < k; p++)
        {
            for (int q = p + 1; q < k; q++)
            {
                distance += against[order[p] * k + order[q]];
            }
        }

        return distance;
    }

    private static void Move(int[] order, int from, int to)
    {
        int item = order[from];
        if (to < from)
        {
            order.AsSpan(to, from - to).CopyTo(order.AsSpan(to + 1));
        }
        else
        {
            order.AsSpan(from + 1, to - from).CopyTo(order.AsSpan(from));
        }

        order[to] = item;
    }
}
