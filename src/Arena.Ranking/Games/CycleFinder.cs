namespace Arena.Ranking.Games;

/// <summary>
/// The few cycles of better responses a person should see: for each of the heaviest profiles the shortest ones through it, told apart
/// whatever profile they begin with, heaviest first.
/// </summary>
internal static class CycleFinder
{
    /// <summary>Profiles looked at for each cycle wanted.</summary>
    private const int StartsPerCycle = 4;

    public static IReadOnlyList<ResponseCycle> Find(ResponseGraph graph, IReadOnlyList<double> mass, int most)
    {
        var found = new Dictionary<string, ResponseCycle>(StringComparer.Ordinal);
        var parent = new int[graph.States];
        IEnumerable<int> starts = Enumerable.Range(0, graph.States)
            .OrderByDescending(s => mass[s]).ThenBy(s => s)
            .Take(StartsPerCycle * most);
        foreach (int start in starts)
        {
            foreach (int[] cycle in Shortest(graph, start, parent, mass, most))
            {
                found.TryAdd(string.Join(',', cycle), new ResponseCycle(cycle, cycle.Sum(s => mass[s])));
            }
        }

        return
        [
            .. found.Values
                .OrderByDescending(c => Math.Round(c.Mass, 12)).ThenBy(c => c.Profiles.Count).ThenBy(c => string.Join(',', c.Profiles), StringComparer.Ordinal)
                .Take(most),
        ];
    }

    /// <summary>Breadth first, heavier responses first; at the depth at which the start is met again, one cycle for every profile that leads back, no more than could be wanted.</summary>
    private static List<int[]> Shortest(ResponseGraph graph, int start, int[] parent, IReadOnlyList<double> mass, int most)
    {
        var cycles = new List<int[]>();
        Array.Fill(parent, -1);
        parent[start] = start;
        var layer = new List<int> { start };
        while (layer.Count > 0 && cycles.Count == 0)
        {
            var next = new List<int>();
            foreach (int s in layer)
            {
                ReadOnlySpan<int> responses = graph.Responses(s);
                ReadOnlySpan<bool> better = graph.IsBetter(s);
                for (int k = 0; k < responses.Length; k++)
                {
                    int to = responses[k];
                    if (!better[k] || graph.Component[to] != graph.Component[start])
                    {
                        continue;
                    }

                    if (to == start)
                    {
                        cycles.Add(Canonical(Path(s, start, parent)));
                        if (cycles.Count == most)
                        {
                            return cycles;
                        }
                    }
                    else if (parent[to] < 0)
                    {
                        parent[to] = s;
                        next.Add(to);
                    }
                }
            }

            next.Sort((a, b) => mass[a] != mass[b] ? mass[b].CompareTo(mass[a]) : a.CompareTo(b));
            layer = next;
        }

        return cycles;
    }

    private static List<int> Path(int end, int start, int[] parent)
    {
        var path = new List<int>();
        for (int s = end; s != start; s = parent[s])
        {
            path.Add(s);
        }

        path.Add(start);
        path.Reverse();
        return path;
    }

    /// <summary>The cycle from its smallest profile on.</summary>
    private static int[] Canonical(List<int> cycle)
    {
        int first = cycle.IndexOf(cycle.Min());
        return [.. cycle.Skip(first), .. cycle.Take(first)];
    }
}
