namespace Arena.Ranking.Selection;

/// <summary>What to evaluate within a budget.</summary>
/// <param name="Chosen">Items taken whole, in order of index.</param>
/// <param name="Value">Their value together (with the share of a cut item, where one is).</param>
/// <param name="Cost">Their cost together (with the share of a cut item).</param>
/// <param name="UpperBound">No choice is worth more than this.</param>
/// <param name="IsOptimal">Whether no choice is worth more than <paramref name="Value"/>.</param>
public sealed record KnapsackChoice(IReadOnlyList<int> Chosen, double Value, double Cost, double UpperBound, bool IsOptimal)
{
    /// <summary>The item taken in part, in <see cref="Knapsack.Fractional"/>; −1 is none.</summary>
    public int Cut { get; init; } = -1;

    /// <summary>Share of the cut item, inside [0, 1).</summary>
    public double CutShare { get; init; }
}

/// <summary>Allocation of an evaluation budget: items with a value and a cost, the most value within the budget.</summary>
/// <remarks>Values add up, so they must not overlap: two samples that tell the same are worth less together than here.</remarks>
public static class Knapsack
{
    /// <summary>Bits of the largest table that <see cref="Exact"/> makes: (items + 64) × budget.</summary>
    public const long LargestTable = 1L << 31;

    /// <summary>
    /// The best choice of whole items, by dynamic programming over integer costs: n·budget steps, a bit for each and a number for
    /// each unit of the budget (of the costs together, where they are less).
    /// </summary>
    /// <param name="values">Finite, not negative.</param>
    /// <param name="costs">Whole numbers, not negative (milliseconds, tokens, cents).</param>
    /// <param name="budget">Not negative.</param>
    /// <exception cref="ArgumentException">Lengths or numbers do not fit, or the table would exceed <see cref="LargestTable"/>: take coarser units, or <see cref="Greedy"/>.</exception>
    public static KnapsackChoice Exact(ReadOnlySpan<double> values, ReadOnlySpan<int> costs, int budget)
    {
        var plain = new double[costs.Length];
        for (int k = 0; k < costs.Length; k++)
        {
            plain[k] = costs[k];
        }

        Check(values, plain, budget);
        int n = values.Length;
        budget = (int)Math.Min(budget, plain.Sum());
        long width = budget + 1L;
        if ((n + 64) * width > LargestTable)
        {
            throw new ArgumentException($"{n} items × a budget of {budget} make too large a table. Take coarser units of cost, or Greedy.", nameof(budget));
        }

        var best = new double[width];
        var taken = new ulong[(n * width + 63) / 64];
        for (int k = 0; k < n; k++)
        {
            for (int room = budget; room >= costs[k]; room--)
            {
                double with = best[room - costs[k]] + values[k];
                if (with > best[room])
                {
                    best[room] = with;
                    long cell = k * width + room;
                    taken[cell >> 6] |= 1UL << (int)(cell & 63);
                }
            }
        }

        var chosen = new List<int>();
        for (int k = n - 1, room = budget; k >= 0; k--)
        {
            long cell = k * width + room;
            if ((taken[cell >> 6] >> (int)(cell & 63) & 1) != 0)
            {
                chosen.Add(k);
                room -= costs[k];
            }
        }

        chosen.Reverse();
        return new KnapsackChoice(chosen, best[budget], chosen.Sum(k => plain[k]), best[budget], IsOptimal: true);
    }

    /// <summary>
    /// Whole items by value per cost, as long as they fit, or the one best item if that is worth more: at least half the best
    /// value (Dantzig 1957), and the fractional optimum as the bound above. n ln n steps, any costs.
    /// </summary>
    /// <inheritdoc cref="Fractional" path="/param"/>
    public static KnapsackChoice Greedy(ReadOnlySpan<double> values, ReadOnlySpan<double> costs, double budget)
    {
        double bound = Fractional(values, costs, budget).Value;
        var chosen = new List<int>();
        double value = 0, cost = 0;
        int single = -1;
        foreach (int k in ByRatio(values, costs))
        {
            if (cost + costs[k] <= budget)
            {
                chosen.Add(k);
                value += values[k];
                cost += costs[k];
            }

            single = costs[k] <= budget && (single < 0 || values[k] > values[single]) ? k : single;
        }

        if (single >= 0 && values[single] > value)
        {
            (chosen, value, cost) = ([single], values[single], costs[single]);
        }

        chosen.Sort();
        return new KnapsackChoice(chosen, value, cost, bound, value >= bound);
    }

    /// <summary>Items may be evaluated in part (a share of their samples): by value per cost, the last one cut. Optimal (Dantzig 1957).</summary>
    /// <param name="values">Finite, not negative.</param>
    /// <param name="costs">Finite, not negative.</param>
    /// <param name="budget">Finite, not negative.</param>
    /// <exception cref="ArgumentException">Lengths or numbers do not fit.</exception>
    public static KnapsackChoice Fractional(ReadOnlySpan<double> values, ReadOnlySpan<double> costs, double budget)
    {
        Check(values, costs, budget);
        var chosen = new List<int>();
        double value = 0, cost = 0, share = 0;
        int cut = -1;
        foreach (int k in ByRatio(values, costs))
        {
            if (cost + costs[k] <= budget)
            {
                chosen.Add(k);
                value += values[k];
                cost += costs[k];
            }
            else
            {
                share = (budget - cost) / costs[k];
                cut = share > 0 ? k : -1;
                value += share * values[k];
                cost = budget;
                break;
            }
        }

        chosen.Sort();
        return new KnapsackChoice(chosen, value, cost, value, IsOptimal: true) { Cut = cut, CutShare = share };
    }

    /// <summary>Items of some value, best value per cost first; what costs nothing leads.</summary>
    private static int[] ByRatio(ReadOnlySpan<double> values, ReadOnlySpan<double> costs)
    {
        double[] v = values.ToArray(), c = costs.ToArray();
        return [.. Enumerable.Range(0, v.Length).Where(k => v[k] > 0).OrderByDescending(k => v[k] / c[k])];
    }

    private static void Check(ReadOnlySpan<double> values, ReadOnlySpan<double> costs, double budget)
    {
        if (values.Length != costs.Length)
        {
            throw new ArgumentException($"{values.Length} values need as many costs, but there are {costs.Length}.", nameof(costs));
        }

        for (int k = 0; k < values.Length; k++)
        {
            if (!double.IsFinite(values[k]) || values[k] < 0 || !double.IsFinite(costs[k]) || costs[k] < 0)
            {
                throw new ArgumentException($"Item {k} has value {values[k]} and cost {costs[k]}. Give finite numbers of 0 or more.", nameof(values));
            }
        }

        if (!double.IsFinite(budget) || budget < 0)
        {
            throw new ArgumentException($"The budget is {budget}. Give a finite number of 0 or more.", nameof(budget));
        }
    }
}
