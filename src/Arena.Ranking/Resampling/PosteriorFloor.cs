namespace Arena.Ranking.Resampling;

/// <summary>
/// What a sandwich H⁺ G H⁺ lacks where a prior alone makes a fit finite. Votes that all came out one way do not vary, nor do votes nobody cast: G is
/// 0 there, and the sandwich would call certain what the prior made up. Between two groups of which one never took anything from the other (Ford
/// 1957) the curvature H stands in for G, so that the variance between them is that of the posterior, H⁻¹; within a group votes speak for themselves.
/// </summary>
internal static class PosteriorFloor
{
    /// <summary>Below this share of what is to be added G is rounding.</summary>
    private const double Rounding = 1e-10;

    public const string Note = "A prior (a ridge, imagined ties) pulls ratings together; between those that no votes hold together intervals are at least the posterior's, elsewhere they do not contain the prior's bias.";

    /// <summary>Adds to G what it lacks; nothing where no observation varies, which leaves no intervals to make.</summary>
    public static void Fill(double[] moments, double[]? lacking)
    {
        if (lacking is null || !(Trace(moments) > Rounding * Trace(lacking)))
        {
            return;
        }

        for (int k = 0; k < moments.Length; k++)
        {
            moments[k] += lacking[k];
        }
    }

    /// <summary>What is to be added to G, row by row; null where votes hold everybody together.</summary>
    /// <param name="curvature">H with the prior, row by row.</param>
    /// <param name="groups">Strong components of "took something from", by votes alone, over the strengths: the first parameters.</param>
    public static double[]? Lacking(double[] curvature, IReadOnlyList<int[]> groups)
    {
        if (groups.Count == 1)
        {
            return null;
        }

        int size = (int)Math.Sqrt(curvature.Length), n = groups.Sum(g => g.Length);
        var group = new int[n];
        for (int g = 0; g < groups.Count; g++)
        {
            foreach (int i in groups[g])
            {
                group[i] = g;
            }
        }

        var lacking = new double[curvature.Length];
        var ridge = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                ridge[i] += curvature[i * size + j];
                double edge = group[i] == group[j] ? 0 : Math.Max(0, -curvature[i * size + j]);
                lacking[i * size + i] += edge;
                lacking[i * size + j] -= edge;
            }
        }

        AddCentred(lacking, ridge, size);
        return lacking;
    }

    private static double Trace(double[] matrix)
    {
        int size = (int)Math.Sqrt(matrix.Length);
        double trace = 0;
        for (int i = 0; i < size; i++)
        {
            trace += matrix[i * size + i];
        }

        return trace;
    }

    /// <summary>A diagonal less what it says of the common level, which no interval is about.</summary>
    private static void AddCentred(double[] matrix, double[] diagonal, int size)
    {
        int n = diagonal.Length;
        double mean = diagonal.Sum() / n;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[i * size + j] += (i == j ? diagonal[i] : 0) - (diagonal[i] + diagonal[j] - mean) / n;
            }
        }
    }
}
