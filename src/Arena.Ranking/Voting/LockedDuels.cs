using System.Runtime.InteropServices;

namespace Arena.Ranking.Voting;

/// <summary>Duels locked in by ranked pairs, kept transitively closed: a bit for everybody whom a competitor stands above.</summary>
internal sealed class LockedDuels
{
    private readonly int _n;
    private readonly int _words;
    private readonly ulong[] _above;

    private LockedDuels(int n)
    {
        (_n, _words) = (n, (n + 63) / 64);
        _above = new ulong[n * _words];
    }

    private LockedDuels(LockedDuels other) => (_n, _words, _above) = (other._n, other._words, [.. other._above]);

    public bool Above(int i, int j) => (_above[i * _words + j / 64] >> (j % 64) & 1) != 0;

    public bool NobodyAbove(int i)
    {
        for (int j = 0; j < _n; j++)
        {
            if (Above(j, i))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Competitors below, less competitors above.</summary>
    public double[] Scores()
    {
        var scores = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j < _n; j++)
            {
                if (Above(i, j))
                {
                    scores[i]++;
                    scores[j]--;
                }
            }
        }

        return scores;
    }

    /// <summary>Locks all duels, equal ones in the order given: first by the winner's place, then by the loser's.</summary>
    /// <param name="margins">n × n.</param>
    /// <param name="n">Competitors.</param>
    /// <param name="place">Place of every competitor among equals.</param>
    public static LockedDuels InOrder(double[] margins, int n, int[] place)
    {
        List<Duel> duels = Won(margins, n);
        duels.Sort((a, b) => b.Margin.CompareTo(a.Margin) is not 0 and var byMargin ? byMargin
            : place[a.Winner].CompareTo(place[b.Winner]) is not 0 and var byWinner ? byWinner
            : place[a.Loser].CompareTo(place[b.Loser]));
        var locked = new LockedDuels(n);
        foreach (Duel duel in duels)
        {
            locked.Lock(duel);
        }

        return locked;
    }

    /// <summary>Every different result over all orders of equal duels; leaves the list as it is and returns false when that takes more states than allowed.</summary>
    public static bool TryAll(double[] margins, int n, int maxStates, List<LockedDuels> universes)
    {
        Duel[][] levels = [.. Won(margins, n).GroupBy(d => d.Margin).OrderByDescending(g => g.Key).Select(g => g.ToArray())];
        var current = new List<LockedDuels> { new(n) };
        int states = 0;
        foreach (Duel[] level in levels)
        {
            var next = new Dictionary<string, LockedDuels>(StringComparer.Ordinal);
            foreach (LockedDuels start in current)
            {
                if (!start.LockLevel(level, next, ref states, maxStates))
                {
                    return false;
                }
            }

            current = [.. next.Values];
        }

        universes.Clear();
        universes.AddRange(current);
        return true;
    }

    /// <summary>All results of locking duels of one margin, in any order.</summary>
    private bool LockLevel(Duel[] level, Dictionary<string, LockedDuels> results, ref int states, int maxStates)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<LockedDuels>();
        open.Push(new LockedDuels(this));
        while (open.TryPop(out LockedDuels? state))
        {
            if (++states > maxStates)
            {
                return false;
            }

            Duel[] undecided = state.LockWhatIsCertain(level);
            if (undecided.Length == 0)
            {
                results.TryAdd(state.Key(), state);
                continue;
            }

            if (!seen.Add(state.Key()))
            {
                continue;
            }

            foreach (Duel duel in undecided)
            {
                var branch = new LockedDuels(state);
                branch.Lock(duel);
                open.Push(branch);
            }
        }

        return true;
    }

    /// <summary>Locks duels that close a cycle in no order, and returns those that depend on the order.</summary>
    private Duel[] LockWhatIsCertain(Duel[] level)
    {
        Duel[] undecided = [.. level.Where(d => !Above(d.Winner, d.Loser) && !Above(d.Loser, d.Winner))];
        if (undecided.Length == 0)
        {
            return undecided;
        }

        // a duel lies on a cycle of locked and undecided duels exactly when both ends are in one strong component
        var edge = new bool[_n * _n];
        foreach (Duel d in undecided)
        {
            edge[d.Winner * _n + d.Loser] = true;
        }

        var component = new int[_n];
        List<int[]> components = ComparisonGraph.StrongComponents(_n, (i, j) => edge[i * _n + j] || Above(i, j));
        for (int c = 0; c < components.Count; c++)
        {
            foreach (int i in components[c])
            {
                component[i] = c;
            }
        }

        foreach (Duel d in undecided.Where(d => component[d.Winner] != component[d.Loser]))
        {
            Lock(d);
        }

        return [.. undecided.Where(d => component[d.Winner] == component[d.Loser] && !Above(d.Winner, d.Loser) && !Above(d.Loser, d.Winner))];
    }

    private void Lock(Duel duel)
    {
        if (Above(duel.Winner, duel.Loser) || Above(duel.Loser, duel.Winner))
        {
            return;
        }

        ReadOnlySpan<ulong> below = _above.AsSpan(duel.Loser * _words, _words);
        for (int i = 0; i < _n; i++)
        {
            if (i == duel.Winner || Above(i, duel.Winner))
            {
                Span<ulong> row = _above.AsSpan(i * _words, _words);
                for (int w = 0; w < _words; w++)
                {
                    row[w] |= below[w];
                }

                row[duel.Loser / 64] |= 1UL << (duel.Loser % 64);
            }
        }
    }

    private string Key() => Convert.ToBase64String(MemoryMarshal.AsBytes<ulong>(_above));

    private static List<Duel> Won(double[] margins, int n)
    {
        var duels = new List<Duel>(n * (n - 1) / 2);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                if (margins[i * n + j] > 0)
                {
                    duels.Add(new Duel(i, j, margins[i * n + j]));
                }
            }
        }

        return duels;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Duel(int Winner, int Loser, double Margin);
}
