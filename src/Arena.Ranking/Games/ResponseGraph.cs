namespace Arena.Ranking.Games;

/// <summary>
/// Profiles, with an arrow to every neighbour that is no worse for the player who moves (both ways on a tie). Its sink strongly connected
/// components are the Markov–Conley chains: where the infinitely selective dynamics stays for ever.
/// </summary>
internal sealed class ResponseGraph
{
    private readonly int[] _start;
    private readonly int[] _to;
    private readonly bool[] _strict;

    public ResponseGraph(ResponseSpace space)
    {
        States = space.States;
        var to = new int[space.Neighbours];
        var gains = new double[space.Neighbours];
        _start = new int[States + 1];
        var targets = new List<int>();
        var strict = new List<bool>();
        for (int s = 0; s < States; s++)
        {
            space.Fill(s, to, gains);
            for (int k = 0; k < to.Length; k++)
            {
                if (gains[k] >= 0)
                {
                    targets.Add(to[k]);
                    strict.Add(gains[k] > 0);
                }
            }

            _start[s + 1] = targets.Count;
        }

        (_to, _strict) = ([.. targets], [.. strict]);
        (Component, Components) = StrongComponents();
    }

    public int States { get; }

    /// <summary>Component of every profile; a component has a higher number than those it leads to.</summary>
    public int[] Component { get; }

    public int Components { get; }

    /// <summary>Profiles that are no worse for the one who moves.</summary>
    public ReadOnlySpan<int> Responses(int state) => _to.AsSpan(_start[state].._start[state + 1]);

    /// <summary>Whether each of <see cref="Responses"/> is better.</summary>
    public ReadOnlySpan<bool> IsBetter(int state) => _strict.AsSpan(_start[state].._start[state + 1]);

    /// <summary>Components without a way out, each in order of profile.</summary>
    public List<int[]> Sinks()
    {
        var left = new bool[Components];
        for (int s = 0; s < States; s++)
        {
            foreach (int to in Responses(s))
            {
                left[Component[s]] |= Component[to] != Component[s];
            }
        }

        return
        [
            .. Enumerable.Range(0, States).Where(s => !left[Component[s]])
                .GroupBy(s => Component[s])
                .Select(group => group.ToArray()),
        ];
    }

    /// <summary>Tarjan (1972), with a stack of its own: a path may pass every profile.</summary>
    private (int[] Component, int Count) StrongComponents()
    {
        var component = new int[States];
        var number = new int[States];
        var low = new int[States];
        var next = new int[States];
        Array.Fill(component, -1);
        var open = new Stack<int>();
        var path = new Stack<int>();
        (int visited, int count) = (0, 0);
        for (int root = 0; root < States; root++)
        {
            if (number[root] == 0)
            {
                Visit(root);
            }

            while (path.TryPeek(out int s))
            {
                ReadOnlySpan<int> responses = Responses(s);
                if (next[s] < responses.Length)
                {
                    int to = responses[next[s]++];
                    if (number[to] == 0)
                    {
                        Visit(to);
                    }
                    else if (component[to] < 0)
                    {
                        low[s] = Math.Min(low[s], number[to]);
                    }

                    continue;
                }

                path.Pop();
                if (path.TryPeek(out int parent))
                {
                    low[parent] = Math.Min(low[parent], low[s]);
                }

                if (low[s] == number[s])
                {
                    int member;
                    do
                    {
                        component[member = open.Pop()] = count;
                    }
                    while (member != s);
                    count++;
                }
            }
        }

        return (component, count);

        void Visit(int s)
        {
            number[s] = low[s] = ++visited;
            open.Push(s);
            path.Push(s);
        }
    }
}
