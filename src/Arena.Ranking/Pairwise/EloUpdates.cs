using System.Runtime.CompilerServices;

namespace Arena.Ranking.Pairwise;

/// <summary>Plays ballots one after the other.</summary>
internal sealed class EloUpdates(Ballots ballots, EloOptions options)
{
    private readonly EloStep _step = new(options);

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
                    _step.Slate(competitor[from..to], tier[from..to], k, ratings, change);
                }
                else if (tier[from] != tier[from + 1] || (tier[from] & Ballots.UnorderedBit) == 0)
                {
                    // slots stand best first
                    double step = k * _step.Surprise(ratings[competitor[from]] - ratings[competitor[from + 1]], tier[from] == tier[from + 1]);
                    ratings[competitor[from]] += step;
                    ratings[competitor[from + 1]] -= step;
                }
            }
        }

        return ratings;
    }
}
