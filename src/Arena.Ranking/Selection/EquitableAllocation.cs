namespace Arena.Ranking.Selection;

/// <summary>A group that shares in a budget of samples or votes.</summary>
/// <param name="Size">How much it can use, 0 or more.</param>
/// <param name="LeastShare">How much it gets at least, from 0 to its size. Default: 0.</param>
/// <param name="Weight">What its allocation is measured against, above 0; variance of its scores, for equal standard errors. Default: 1.</param>
public sealed record AllocationGroup(int Size, int LeastShare = 0, double Weight = 1);

/// <summary>Whole units of a budget over groups (languages, subjects, classes), with lower bounds and no more than a group's size.</summary>
public static class EquitableAllocation
{
    /// <summary>
    /// Max-min fair: no group's n/weight can be raised without lowering that of one which has no more. With equal weights all
    /// groups get the same until the small ones are used up; with variances as weights, standard errors √(weight/n) are made
    /// equal, the largest as small as it can be. Every next unit goes to the smallest n/weight, which is exact for whole units.
    /// </summary>
    /// <exception cref="ArgumentException">A group is malformed, or the budget is less than the lower bounds or more than the sizes.</exception>
    public static int[] MaxMin(int budget, IReadOnlyList<AllocationGroup> groups) =>
        Allocate(budget, groups, (group, units) => units / group.Weight);

    /// <summary>
    /// In proportion to size × weight, rounded by the divisor method with the divisors 1, 3, 5, … (Sainte-Laguë, Webster), after the lower
    /// bounds: unbiased to size, and more budget never takes a unit away from a group.
    /// </summary>
    /// <inheritdoc cref="MaxMin" path="/exception"/>
    public static int[] Proportional(int budget, IReadOnlyList<AllocationGroup> groups) =>
        Allocate(budget, groups, (group, units) => (2.0 * units + 1) / (group.Size * group.Weight));

    private static int[] Allocate(int budget, IReadOnlyList<AllocationGroup> groups, Func<AllocationGroup, int, double> priority)
    {
        ArgumentNullException.ThrowIfNull(groups);
        long least = 0, most = 0;
        for (int g = 0; g < groups.Count; g++)
        {
            AllocationGroup group = groups[g];
            if (group.Size < 0 || group.LeastShare < 0 || group.LeastShare > group.Size || !double.IsFinite(group.Weight) || group.Weight <= 0)
            {
                throw new ArgumentException($"Group {g} is malformed: {group}. Its lower bound lies between 0 and its size, its weight above 0.", nameof(groups));
            }

            least += group.LeastShare;
            most += group.Size;
        }

        if (budget < least || budget > most)
        {
            throw new ArgumentException($"The budget is {budget}, but the lower bounds add up to {least} and the sizes to {most}. Give a budget between them.", nameof(budget));
        }

        var allocation = new int[groups.Count];
        var next = new PriorityQueue<int, (double, int)>(groups.Count);
        for (int g = 0; g < groups.Count; g++)
        {
            allocation[g] = groups[g].LeastShare;
            Enqueue(g);
        }

        for (long left = budget - least; left > 0; left--)
        {
            int g = next.Dequeue();
            allocation[g]++;
            Enqueue(g);
        }

        return allocation;

        void Enqueue(int g)
        {
            if (allocation[g] < groups[g].Size)
            {
                next.Enqueue(g, (priority(groups[g], allocation[g]), g)); // equals in order of the groups
            }
        }
    }
}
