namespace Arena.Ranking.Metrics;

/// <summary>What all metrics ask of their numbers, and ranks.</summary>
internal static class Numbers
{
    public static void RequirePaired(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"Two lists of the same items are compared, but there are {first.Length} numbers and {second.Length}.", nameof(second));
        }

        Require(first);
        Require(second);
    }

    public static void Require(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                throw new ArgumentException($"Number {i} is NaN. Leave out what is missing.", nameof(values));
            }
        }
    }

    /// <summary>Ranks from 1, smallest number first; equal numbers share the average of their places.</summary>
    public static double[] AverageRanks(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(sorted, order);
        var ranks = new double[order.Length];
        for (int from = 0, to = 0; from < order.Length; from = to)
        {
            while (to < order.Length && sorted[to].Equals(sorted[from]))
            {
                to++;
            }

            for (int k = from; k < to; k++)
            {
                ranks[order[k]] = (from + 1 + to) / 2.0;
            }
        }

        return ranks;
    }

    public static int Distinct(ReadOnlySpan<double> values)
    {
        var seen = new HashSet<double>();
        foreach (double value in values)
        {
            seen.Add(value);
        }

        return seen.Count;
    }
}
