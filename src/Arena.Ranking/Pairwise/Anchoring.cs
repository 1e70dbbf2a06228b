namespace Arena.Ranking.Pairwise;

/// <summary>Ratings relative to the mean, or to one competitor.</summary>
internal static class Anchoring
{
    /// <summary>What to subtract from log-strengths of mean 0; the covariance is turned into that of what is left.</summary>
    public static double Apply(int? anchor, double[] theta, double[] covariance)
    {
        if (anchor is not { } a)
        {
            return 0;
        }

        int n = theta.Length;
        double[] row = covariance.AsSpan(a * n, n).ToArray();
        double own = row[a];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                covariance[i * n + j] = i == a || j == a ? 0 : covariance[i * n + j] - row[i] - row[j] + own;
            }
        }

        return theta[a];
    }

    /// <summary>Throws where the anchor is no competitor.</summary>
    public static void Check(int? anchor, int competitors)
    {
        if (anchor is { } a && (uint)a >= (uint)competitors)
        {
            throw new ArgumentOutOfRangeException(nameof(anchor), a, $"The anchor is one of the {competitors} competitors, numbered from 0.");
        }
    }
}
