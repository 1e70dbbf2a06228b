using System.Numerics;

namespace Arena.Ranking.Voting;

/// <summary>Strongest paths through duels won, by Floyd and Warshall with (max, min).</summary>
internal static class BeatPaths
{
    public static double[] Strongest(PairwiseVotes duels, DuelStrength strength)
    {
        int n = duels.Competitors;
        double[] path = duels.Margins();
        for (int k = 0; k < path.Length; k++)
        {
            path[k] = path[k] <= 0 ? 0 : strength == DuelStrength.Margin ? path[k] : duels.Above[k];
        }

        for (int via = 0; via < n; via++)
        {
            ReadOnlySpan<double> onwards = path.AsSpan(via * n, n);
            for (int i = 0; i < n; i++)
            {
                double first = path[i * n + via];
                if (first > 0 && i != via)
                {
                    Widen(path.AsSpan(i * n, n), onwards, first);
                }
            }
        }

        for (int i = 0; i < n; i++)
        {
            path[i * n + i] = 0; // a cycle through i says nothing
        }

        return path;
    }

    public static double[] Scores(double[] strongest, int n)
    {
        var scores = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                int sign = strongest[i * n + j].CompareTo(strongest[j * n + i]);
                scores[i] += Math.Sign(sign);
                scores[j] -= Math.Sign(sign);
            }
        }

        return scores;
    }

    /// <summary>Every path is as strong as the stronger of itself and the detour: first leg, then onwards.</summary>
    private static void Widen(Span<double> row, ReadOnlySpan<double> onwards, double first)
    {
        var leg = new Vector<double>(first);
        int j = 0;
        for (; j <= row.Length - Vector<double>.Count; j += Vector<double>.Count)
        {
            Vector.Max(new Vector<double>(row[j..]), Vector.Min(leg, new Vector<double>(onwards[j..]))).CopyTo(row[j..]);
        }

        for (; j < row.Length; j++)
        {
            row[j] = Math.Max(row[j], Math.Min(first, onwards[j]));
        }
    }
}
