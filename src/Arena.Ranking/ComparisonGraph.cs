namespace Arena.Ranking;

/// <summary>Connectivity of who was compared with whom, and of who ever took something from whom.</summary>
internal static class ComparisonGraph
{
    /// <summary>Connected components of a symmetric relation, each in order of index, by smallest index.</summary>
    public static List<int[]> Components(int count, Func<int, int, bool> linked)
    {
        var component = new int[count];
        Array.Fill(component, -1);
        var components = new List<int[]>();
        for (int start = 0; start < count; start++)
        {
            if (component[start] < 0)
            {
                List<int> members = Reach(count, start, linked, component, components.Count);
                members.Sort();
                components.Add([.. members]);
            }
        }

        return components;
    }

    /// <summary>
    /// Strongly connected components of "i won or tied against j", in an order in which nobody takes anything from a
    /// group before their own (Kosaraju). One component means that a maximum-likelihood fit exists (Ford 1957).
    /// </summary>
    public static List<int[]> StrongComponents(int count, Func<int, int, bool> tookFrom)
    {
        var finished = new List<int>(count);
        var seen = new bool[count];
        var path = new Stack<(int Node, int Next)>();
        for (int start = 0; start < count; start++)
        {
            if (seen[start])
            {
                continue;
            }

            seen[start] = true;
            path.Push((start, 0));
            while (path.TryPop(out (int Node, int Next) at))
            {
                int next = at.Next;
                while (next < count && (seen[next] || !tookFrom(at.Node, next)))
                {
                    next++;
                }

                if (next == count)
                {
                    finished.Add(at.Node);
                }
                else
                {
                    seen[next] = true;
                    path.Push((at.Node, next + 1));
                    path.Push((next, 0));
                }
            }
        }

        var component = new int[count];
        Array.Fill(component, -1);
        var components = new List<int[]>();
        for (int k = count - 1; k >= 0; k--)
        {
            if (component[finished[k]] < 0)
            {
                List<int> members = Reach(count, finished[k], (i, j) => tookFrom(j, i), component, components.Count);
                members.Sort();
                components.Add([.. members]);
            }
        }

        return components;
    }

    private static List<int> Reach(int count, int start, Func<int, int, bool> edge, int[] component, int number)
    {
        var members = new List<int> { start };
        component[start] = number;
        for (int k = 0; k < members.Count; k++)
        {
            for (int j = 0; j < count; j++)
            {
                if (component[j] < 0 && edge(members[k], j))
                {
                    component[j] = number;
                    members.Add(j);
                }
            }
        }

        return members;
    }
}
