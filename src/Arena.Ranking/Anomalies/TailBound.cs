using System.Runtime.InteropServices;

namespace Arena.Ranking.Anomalies;

/// <summary>One observation: a score in [0, 1], its mean when nothing is strange, and a weight.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ScoredVote(double Score, double Mean, double Weight = 1);

/// <summary>
/// Chernoff's bound: P(Σ wX ≥ s) ≤ min over t of exp(Σ ln(1 − μ + μ e^(tw)) − ts) for independent X inside [0, 1] with
/// means of at most μ. It holds for any number of votes, for ties and for shares of wins alike (a two-point X is the worst case).
/// </summary>
internal static class TailBound
{
    /// <summary>Bound on the probability of a sum at least as high as the one seen.</summary>
    public static double Upper(ReadOnlySpan<ScoredVote> votes)
    {
        double seen = 0, mean = 0, variance = 0;
        foreach (ScoredVote vote in votes)
        {
            seen += vote.Weight * vote.Score;
            mean += vote.Weight * vote.Mean;
            variance += vote.Weight * vote.Weight * vote.Mean * (1 - vote.Mean);
        }

        if (seen <= mean || seen - mean <= Math.Sqrt(variance))
        {
            return 1; // the bound cannot be small here, and most voters end here
        }

        // every t gives a valid bound, so the search need not be exact
        double low = 0, high = 1;
        while (Slope(votes, high, seen) < 0 && high < 512)
        {
            (low, high) = (high, 2 * high);
        }

        for (int round = 0; round < 30; round++)
        {
            double middle = (low + high) / 2;
            (low, high) = Slope(votes, middle, seen) < 0 ? (middle, high) : (low, middle);
        }

        return Math.Min(1, Math.Exp(LogBound(votes, high, seen)));
    }

    /// <summary>Bound on the probability of a sum at least as low as the one seen.</summary>
    public static double Lower(ReadOnlySpan<ScoredVote> votes)
    {
        var mirrored = new ScoredVote[votes.Length];
        for (int k = 0; k < votes.Length; k++)
        {
            mirrored[k] = votes[k] with { Score = 1 - votes[k].Score, Mean = 1 - votes[k].Mean };
        }

        return Upper(mirrored);
    }

    private static double LogBound(ReadOnlySpan<ScoredVote> votes, double t, double seen)
    {
        double sum = -t * seen;
        foreach (ScoredVote vote in votes)
        {
            // ln(1 − μ + μ e^x) = x + ln(μ + (1 − μ) e^−x), which does not overflow
            double x = t * vote.Weight;
            sum += x + Math.Log(vote.Mean + (1 - vote.Mean) * Math.Exp(-x));
        }

        return sum;
    }

    private static double Slope(ReadOnlySpan<ScoredVote> votes, double t, double seen)
    {
        double slope = -seen;
        foreach (ScoredVote vote in votes)
        {
            double rest = (1 - vote.Mean) * Math.Exp(-t * vote.Weight);
            slope += vote.Weight * vote.Mean / (vote.Mean + rest);
        }

        return slope;
    }
}
