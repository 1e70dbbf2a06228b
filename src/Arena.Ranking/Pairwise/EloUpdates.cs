using System.Runtime.CompilerServices;

namespace Arena.Ranking.Pairwise;

/// <summary>Plays ballots one after the other.</summary>
internal sealed class EloUpdates(Ballots ballots, EloOptions options)
{
    private readonly double _perPoint = Math.Log(options.Base) / options.Scale;

    /// <summary>Final ratings; each ballot is played so many times, or once where no counts are given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] Play(ReadOnlySpan<int> times)
    {
        var ratings = new double[ballots.Competitors];
        Array.Fill(ratings, options.Start);
        ReadOnlySpan<int> start = ballots.Starts, competitor = ballots.CompetitorColumn;
        ReadOnlySpan<ushort> tier = ballots.TierColumn;
        ReadOnlySpan<double> weights = ballots.Weights;
        Span<double> change = new double[ballots.LargestSlate];
        for (int b = 0; b < ballots.Count; b++)
        {
            int from = start[b], to = start[b + 1];
            double k = options.K * (weights.IsEmpty ? 1 : weights[b]);
            for (int left = times.IsEmpty ? 1 : times[b]; left > 0; left--)
            {
                if (to - from != 2)
                {
                    Slate(competitor[from..to], tier[from..to], k, ratings, change);
                }
                else if (tier[from] != tier[from + 1] || (tier[from] & Ballots.UnorderedBit) == 0)
                {
                    // slots stand best first
                    double step = k * Surprise(ratings[competitor[from]] - ratings[competitor[from + 1]], tier[from] == tier[from + 1]);
                    ratings[competitor[from]] += step;
                    ratings[competitor[from + 1]] -= step;
                }
            }
        }

        return ratings;
    }

    /// <summary>Outcome less expected outcome, for the first of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Surprise(double ahead, bool tied) => (tied ? 0.5 : 1) - 1 / (1 + Math.Exp(-ahead * _perPoint));

    private void Slate(ReadOnlySpan<int> competitors, ReadOnlySpan<ushort> tiers, double k, double[] ratings, Span<double> change)
    {
        change.Clear();
        for (int a = 0; a < competitors.Length; a++)
        {
            for (int b = a + 1; b < competitors.Length; b++)
            {
                bool tied = tiers[a] == tiers[b];
                if (!tied || (tiers[a] & Ballots.UnorderedBit) == 0)
                {
                    double step = k * Surprise(ratings[competitors[a]] - ratings[competitors[b]], tied);
                    change[a] += step;
                    change[b] -= step;
                }
            }
        }

        for (int a = 0; a < competitors.Length; a++)
        {
            ratings[competitors[a]] += change[a];
        }
    }
}
