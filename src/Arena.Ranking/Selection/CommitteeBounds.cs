namespace Arena.Ranking.Selection;

/// <summary>Lower bounds of groups, and whether a partial committee can still meet all of them.</summary>
internal sealed class CommitteeBounds
{
    private readonly CommitteeGroup[] _groups;

    /// <summary>Bit per group for every competitor; competitors with the same bits are interchangeable here.</summary>
    private readonly int[] _kind;

    public CommitteeBounds(IReadOnlyList<CommitteeGroup> groups, int competitors)
    {
        if (groups.Count > 16)
        {
            throw new ArgumentException($"There are {groups.Count} groups, but at most 16 can be bounded together.", nameof(groups));
        }

        _groups = [.. groups];
        _kind = new int[competitors];
        for (int g = 0; g < _groups.Length; g++)
        {
            if (_groups[g].AtLeast < 0 || _groups[g].Members.Any(m => m < 0 || m >= competitors))
            {
                throw new ArgumentException($"Group {g} asks for {_groups[g].AtLeast} members, or names a competitor outside 0 … {competitors - 1}.", nameof(groups));
            }

            foreach (int member in _groups[g].Members)
            {
                _kind[member] |= 1 << g;
            }
        }
    }

    public bool CanBeMet(IReadOnlyList<int> members, int size)
    {
        int[] missing = [.. _groups.Select((g, k) => Math.Max(0, g.AtLeast - members.Count(m => (_kind[m] >> k & 1) != 0)))];
        int[] left = new int[1 << _groups.Length];
        for (int i = 0; i < _kind.Length; i++)
        {
            left[_kind[i]] += members.Contains(i) ? 0 : 1;
        }

        int[] kinds = [.. Enumerable.Range(1, left.Length - 1).Where(k => left[k] > 0).OrderByDescending(k => System.Numerics.BitOperations.PopCount((uint)k))];
        return Fill(kinds, 0, left, missing, size - members.Count);
    }

    /// <summary>Tries how many of each kind to take, most groups first, as long as the places could still suffice.</summary>
    private static bool Fill(int[] kinds, int next, int[] left, int[] missing, int places)
    {
        if (Array.TrueForAll(missing, m => m == 0))
        {
            return true;
        }

        if (next == kinds.Length || places < missing.Max())
        {
            return false;
        }

        int kind = kinds[next];
        int useful = Math.Min(Math.Min(left[kind], places), Enumerable.Range(0, missing.Length).Where(g => (kind >> g & 1) != 0).Max(g => missing[g]));
        for (int take = useful; take >= 0; take--)
        {
            int[] rest = [.. missing.Select((m, g) => (kind >> g & 1) != 0 ? Math.Max(0, m - take) : m)];
            if (Fill(kinds, next + 1, left, rest, places - take))
            {
                return true;
            }
        }

        return false;
    }
}
