using System.Runtime.CompilerServices;

namespace Arena.Ranking.Pairwise;

/// <summary>The score of a ballot (gradient of its log-likelihood): for each slot w · Σ over the others compared of (outcome − expected outcome).</summary>
internal static class BallotScores
{
    /// <summary>Strengths e^θ; log-strengths past ±300 (52,000 Elo) stand at ±300, so that quotients exist.</summary>
    public static double[] Strengths(double[] theta) => Array.ConvertAll(theta, t => Math.Exp(Math.Clamp(t, -300, 300)));

    /// <summary>Whether a ballot says anything: a weight above 0, and two competitors that are compared.</summary>
    public static bool Compares(Ballots ballots, int ballot)
    {
        int from = ballots.Starts[ballot], to = ballots.Starts[ballot + 1];
        return to - from >= 2
            && (ballots.Weights.IsEmpty || ballots.Weights[ballot] > 0)
            && (ballots.TierColumn[from] != ballots.TierColumn[to - 1] || (ballots.TierColumn[from] & Ballots.UnorderedBit) == 0);
    }

    /// <summary>One number a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] OfSlots(Ballots ballots, double[] strengths)
    {
        ReadOnlySpan<int> start = ballots.Starts, competitor = ballots.CompetitorColumn;
        ReadOnlySpan<ushort> tier = ballots.TierColumn;
        ReadOnlySpan<double> weights = ballots.Weights;
        double[] scores = GC.AllocateUninitializedArray<double>(ballots.Slots);
        for (int b = 0; b < ballots.Count; b++)
        {
            int from = start[b], to = start[b + 1];
            double weight = weights.IsEmpty ? 1 : weights[b];
            if (to - from == 2 && (tier[from] & Ballots.UnorderedBit) == 0)
            {
                double own = strengths[competitor[from]];
                double expected = own / (own + strengths[competitor[from + 1]]);
                double score = weight * ((tier[from] == tier[from + 1] ? 0.5 : 1) - expected);
                (scores[from], scores[from + 1]) = (score, -score);
            }
            else
            {
                Slate(competitor[from..to], tier[from..to], weight, strengths, scores.AsSpan(from, to - from));
            }
        }

        return scores;
    }

    /// <summary>w · Σ p (1 − p) over the others compared, one number a slot: what the ballot adds to the diagonal of the Hessian.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] Information(Ballots ballots, double[] strengths)
    {
        ReadOnlySpan<int> start = ballots.Starts, competitor = ballots.CompetitorColumn;
        ReadOnlySpan<ushort> tier = ballots.TierColumn;
        ReadOnlySpan<double> weights = ballots.Weights;
        var information = new double[ballots.Slots];
        for (int b = 0; b < ballots.Count; b++)
        {
            double weight = weights.IsEmpty ? 1 : weights[b];
            for (int a = start[b]; a < start[b + 1]; a++)
            {
                for (int other = a + 1; other < start[b + 1]; other++)
                {
                    if (tier[a] == tier[other] && (tier[a] & Ballots.UnorderedBit) != 0)
                    {
                        continue;
                    }

                    double one = strengths[competitor[a]], two = strengths[competitor[other]];
                    double bend = weight * (one / (one + two)) * (two / (one + two));
                    information[a] += bend;
                    information[other] += bend;
                }
            }
        }

        return information;
    }

    private static void Slate(ReadOnlySpan<int> competitors, ReadOnlySpan<ushort> tiers, double weight, double[] strengths, Span<double> scores)
    {
        scores.Clear();
        for (int a = 0; a < scores.Length; a++)
        {
            for (int b = a + 1; b < scores.Length; b++)
            {
                bool tied = tiers[a] == tiers[b];
                if (tied && (tiers[a] & Ballots.UnorderedBit) != 0)
                {
                    continue;
                }

                double own = strengths[competitors[a]];
                double score = weight * ((tied ? 0.5 : 1) - own / (own + strengths[competitors[b]]));
                scores[a] += score;
                scores[b] -= score;
            }
        }
    }
}
