using Arena.Ranking.Clustering;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Pairwise;

/// <summary>
/// The score vector (gradient of the log-likelihood) of each pattern: for a measured competitor,
/// w · Σ over the others measured of (outcome − expected outcome).
/// </summary>
internal static class SampleScores
{
    /// <summary>Every competitor's score on every pattern.</summary>
    /// <returns>competitors × patterns; 0 where a competitor was compared with nobody.</returns>
    public static double[] Of(SamplePatterns patterns, double[] theta, double margin)
    {
        int n = patterns.Competitors;
        int width = patterns.Patterns;
        var scores = new double[n * width];
        var sorted = new double[n];
        var expected = new double[n];
        for (int g = 0; g < patterns.Groups; g++)
        {
            int[] members = [.. Enumerable.Range(0, n).Where(i => patterns.MeasuredIn(g)[i])];
            foreach (int i in members)
            {
                expected[i] = -0.5;
                foreach (int j in members)
                {
                    expected[i] += BradleyTerryMaximiser.Sigmoid(theta[i] - theta[j]);
                }
            }

            Span<double> column = sorted.AsSpan(0, members.Length);
            for (int p = patterns.GroupStart[g]; p < patterns.GroupStart[g + 1]; p++)
            {
                for (int k = 0; k < members.Length; k++)
                {
                    column[k] = patterns.Scores[members[k] * width + p];
                }

                column.Sort();
                foreach (int i in members)
                {
                    double outcome = Outcome(column, patterns.Scores[i * width + p], margin);
                    scores[i * width + p] = patterns.Weight[p] * (outcome - expected[i]);
                }
            }
        }

        return scores;
    }

    /// <summary>How much of the information on each competitor comes from the same sample.</summary>
    public static double[] Shares(SamplePatterns patterns, double[] theta)
    {
        int n = patterns.Competitors;
        var (information, squares) = (new double[n], new double[n]);
        for (int g = 0; g < patterns.Groups; g++)
        {
            int[] members = [.. Enumerable.Range(0, n).Where(i => patterns.MeasuredIn(g)[i])];
            (double weight, double square) = (0, 0);
            for (int p = patterns.GroupStart[g]; p < patterns.GroupStart[g + 1]; p++)
            {
                weight += patterns.Count[p] * patterns.Weight[p];
                square += patterns.Count[p] * patterns.Weight[p] * patterns.Weight[p];
            }

            foreach (int i in members)
            {
                double bend = 0;
                foreach (int j in members)
                {
                    double p = BradleyTerryMaximiser.Sigmoid(theta[i] - theta[j]);
                    bend += i == j ? 0 : p * (1 - p);
                }

                information[i] += weight * bend;
                squares[i] += square * bend * bend;
            }
        }

        return Meat.SharesOf(squares, information);
    }

    /// <summary>Wins plus half the ties against the others of a sorted column that holds the score itself.</summary>
    private static double Outcome(ReadOnlySpan<double> sorted, double score, double margin)
    {
        int worse = FirstNot(sorted, margin, score, below: true);
        int notBetter = FirstNot(sorted, margin, score, below: false);
        return worse + 0.5 * (notBetter - worse - 1);
    }

    /// <summary>
    /// The number of values the score beats (below), or that do not beat it. The same subtraction as pairs are judged
    /// by, so that rounding at the margin never counts a tie on one side and a win on the other.
    /// </summary>
    private static int FirstNot(ReadOnlySpan<double> sorted, double margin, double score, bool below)
    {
        (int from, int to) = (0, sorted.Length);
        while (from < to)
        {
            int middle = (from + to) / 2;
            bool holds = below ? score - sorted[middle] > margin : !(sorted[middle] - score > margin);
            (from, to) = holds ? (middle + 1, to) : (from, middle);
        }

        return from;
    }
}
