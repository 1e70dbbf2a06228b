using System.Runtime.CompilerServices;

namespace Arena.Ranking.Pairwise;

/// <summary>How one ballot moves Elo ratings.</summary>
internal readonly struct EloStep(EloOptions options)
{
    private readonly double _perPoint = Math.Log(options.Base) / options.Scale;

    /// <summary>Outcome less expected outcome, for the first of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Surprise(double ahead, bool tied) => (tied ? 0.5 : 1) - 1 / (1 + Math.Exp(-ahead * _perPoint));

    /// <summary>All pairs of a slate, each judged by the ratings before it.</summary>
    /// <param name="competitors">Best tier first.</param>
    /// <param name="tiers">One a competitor, as in <see cref="Ballots"/>.</param>
    /// <param name="k">The most a rating moves by one pair.</param>
    /// <param name="ratings">Changed.</param>
    /// <param name="change">Room for one number a competitor.</param>
    public void Slate(ReadOnlySpan<int> competitors, ReadOnlySpan<ushort> tiers, double k, Span<double> ratings, Span<double> change)
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
