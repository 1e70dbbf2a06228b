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
        return LayersOf(objectives, most: 1).FirstOrDefault([]);
    }

    /// <summary>The front, then the front of the rest, and so on until nobody is left. Quadratic in competitors at worst.</summary>
    /// <exception cref="ArgumentException">As <see cref="Front"/>.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Layers(IReadOnlyList<double[]> objectives)
    {
        Check(objectives);
        return LayersOf(objectives, objectives.Count);
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
        double largest = 0;
        foreach (double weight in direction)
        {
            if (!(weight >= 0 && double.IsFinite(weight)))
            {
                throw new ArgumentException($"A weight of the direction is {weight}. Give finite numbers of 0 or more.", nameof(direction));
            }

            largest = Math.Max(largest, weight);
        }

        if (largest <= 0)
        {
            throw new ArgumentException("The direction points nowhere: all its weights are 0.", nameof(direction));
        }

        // by the largest first: squares of huge or tiny weights would leave double precision
        double[] scaled = Array.ConvertAll(direction.ToArray(), w => w / largest);
        double length = Math.Sqrt(scaled.Sum(w => w * w));
        return Array.ConvertAll(scaled, w => w / length);
    }

    /// <summary>
    /// Whoever dominates stands before in lexicographic order, so each goes to the first layer that holds nobody who dominates it (Zhang and others 2015).
    /// </summary>
    private static List<List<int>> LayersOf(IReadOnlyList<double[]> objectives, int most)
    {
        int[] order = [.. Enumerable.Range(0, objectives.Count)];
        Array.Sort(order, (i, j) => objectives[j].AsSpan().SequenceCompareTo(objectives[i]));
        var layers = new List<List<int>>();
        foreach (int i in order)
        {
            int layer = layers.FindIndex(members => !members.Exists(j => Dominates(objectives[j], objectives[i])));
            if (layer >= 0)
            {
                layers[layer].Add(i);
            }
            else if (layers.Count < most)
            {
                layers.Add([i]);
            }
        }

        layers.ForEach(members => members.Sort());
        return layers;
    }

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
