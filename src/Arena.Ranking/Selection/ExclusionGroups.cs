namespace Arena.Ranking.Selection;

/// <summary>Who never shares a slate. Groups of one member dissolve; the others are numbered from 0.</summary>
internal sealed class ExclusionGroups
{
    private readonly int[]? _group;

    private ExclusionGroups(int[]? group, int[][] members) => (_group, Members) = (group, members);

    /// <summary>Members of every group, in order of index.</summary>
    public int[][] Members { get; }

    /// <summary>A competitor's group, −1 for none.</summary>
    public int Of(int competitor) => _group is null ? -1 : _group[competitor];

    /// <summary>Groups by their numbers.</summary>
    /// <param name="numbers">One a competitor; equal numbers of 0 or more are a group. Empty is none.</param>
    public static ExclusionGroups Of(ReadOnlySpan<int> numbers)
    {
        var members = new SortedDictionary<int, List<int>>();
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] >= 0)
            {
                if (!members.TryGetValue(numbers[i], out List<int>? list))
                {
                    members[numbers[i]] = list = [];
                }

                list.Add(i);
            }
        }

        int[][] shared = [.. members.Values.Where(list => list.Count > 1).Select(list => list.ToArray())];
        if (shared.Length == 0)
        {
            return new ExclusionGroups(null, []);
        }

        var group = new int[numbers.Length];
        Array.Fill(group, -1);
        for (int g = 0; g < shared.Length; g++)
        {
            foreach (int i in shared[g])
            {
                group[i] = g;
            }
        }

        return new ExclusionGroups(group, shared);
    }

    /// <summary>How many may be drawn: of those without a group, and of each group.</summary>
    /// <param name="competitors">n.</param>
    /// <param name="available">One flag a competitor; null is all.</param>
    public (int Free, int[] OfGroup) CountAvailable(int competitors, bool[]? available)
    {
        int free = 0;
        int[] of = Members.Length == 0 ? [] : new int[Members.Length];
        for (int i = 0; i < competitors; i++)
        {
            if (available is null || available[i])
            {
                if (Of(i) is var group and >= 0)
                {
                    of[group]++;
                }
                else
                {
                    free++;
                }
            }
        }

        return (free, of);
    }
}
