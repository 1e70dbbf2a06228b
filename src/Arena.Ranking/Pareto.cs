namespace Arena.Ranking;

/// <summary>Several objectives at once, larger is better in each: who is beaten by nobody, and who leads in a direction a person chooses.</summary>
public static class Pareto
{
    /// <summary>Competitors that nobody dominates (is at least as good in every objective and better in one), by index.</summary>
    /// <param name="objectives">One row a competitor, as many finite numbers each.</param>
    /// <exception cref="ArgumentException">Rows differ in length, or a number is not finite.</exception>
    public static IReadOnlyList<int> Front(IReadOnlyList<double[]> objectives)
    {
        Check(objectives);
        return FrontOf(objectives, [.. Enumerable.Range(0, objectives.Count)]);
    }

    /// <summary>The front, then the front of the rest, and so on until nobody is left.</summary>
    /// <exception cref="ArgumentException">As <see cref="Front"/>.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Layers(IReadOnlyList<double[]> objectives)
    {
        Check(objectives);
        var layers = new List<IReadOnlyList<int>>();
        int[] left = [.. Enumerable.Range(0, objectives.Count)];
        while (left.Length > 0)
        {
            int[] front = FrontOf(objectives, left);
            layers.Add(front);
            left = [.. left.Except(front)];
        }

        return layers;
    }

    /// <summary>
    /// Competitors best first by Σ w · objective, w the direction at unit length; equal ones by index. With positive weights the
    /// first is on the front. Objectives on unlike scales have to be brought to one first: the direction cannot know.
    /// </summary>
    /// <param name="objectives">One row a competitor.</param>
    /// <param name="direction">One weight an objective, finite, none negative, not all 0.</param>
    /// <exception cref="ArgumentException">As <see cref="Front"/>, or the direction does not fit.</exception>
    public static IReadOnlyList<int> Order(IReadOnlyList<double[]> objectives, ReadOnlySpan<double> direction)
    {
        Check(objectives);
        double[] weights = Unit(direction);
        if (objectives.Count > 0 && objectives[0].Length != weights.Length)
        {
            throw new ArgumentException($"{objectives[0].Length} objectives need as many weights, but there are {weights.Length}.", nameof(direction));
        }

        double[] value = [.. objectives.Select(row => row.Zip(weights, (x, w) => x * w).Sum())];
        return [.. Enumerable.Range(0, value.Length).OrderByDescending(i => value[i]).ThenBy(i => i)];
    }

    /// <summary>Weights at unit length.</summary>
    private static double[] Unit(ReadOnlySpan<double> direction)
    {
        double square = 0;
        foreach (double weight in direction)
        {
            if (!(weight >= 0 && double.IsFinite(weight)))
            {
                throw new ArgumentException($"A weight of the direction is {weight}. Give finite numbers of 0 or more.", nameof(direction));
            }

            square += weight * weight;
        }

        if (square <= 0)
        {
            throw new ArgumentException("The direction points nowhere: all its weights are 0.", nameof(direction));
        }

        double[] unit = direction.ToArray();
        double length = Math.Sqrt(square);
        return [.. unit.Select(w => w / length)];
    }

    private static int[] FrontOf(IReadOnlyList<double[]> objectives, int[] among) =>
        [.. among.Where(i => !among.Any(j => Dominates(objectives[j], objectives[i])))];

    private static bool Dominates(double[] a, double[] b)
    {
        bool better = false;
        for (int k = 0; k < a.Length; k++)
        {
            if (a[k] < b[k])
            {
                return false;
            }

            better |= a[k] > b[k];
        }

        return better;
    }

    private static void Check(IReadOnlyList<double[]> objectives)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        for (int i = 0; i < objectives.Count; i++)
        {
            if (objectives[i].Length != objectives[0].Length || !Array.TrueForAll(objectives[i], double.IsFinite))
            {
                throw new ArgumentException($"Competitor {i} needs {objectives[0].Length} finite numbers, one an objective.", nameof(objectives));
            }
        }
    }
}
