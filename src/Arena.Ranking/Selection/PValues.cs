namespace Arena.Ranking.Selection;

/// <summary>What corrections ask of p-values.</summary>
internal static class PValues
{
    public static (int[] Order, double[] Room) Sort(ReadOnlySpan<double> values)
    {
        double[] keys = values.ToArray();
        for (int k = 0; k < keys.Length; k++)
        {
            if (!(keys[k] is >= 0 and <= 1))
            {
                throw new ArgumentException($"p-value {k} is {keys[k]}. Give numbers from 0 to 1.", nameof(values));
            }
        }

        int[] order = [.. Enumerable.Range(0, keys.Length).OrderBy(k => keys[k])];
        return (order, new double[keys.Length]);
    }
}
