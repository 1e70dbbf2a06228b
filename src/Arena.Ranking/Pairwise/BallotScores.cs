using System.Runtime.CompilerServices;
using Arena.Ranking.Clustering;

namespace Arena.Ranking.Pairwise;

/// <summary>
/// The score of a ballot (gradient of its log-likelihood), for each slot w · Σ over the others compared of (outcome − expected outcome), and what it
/// adds to the Hessian's diagonal, w · Σ p (1 − p).
/// </summary>
internal static class BallotScores
{
    /// <summary>Strengths e^θ; log-strengths past ±300 (52,000 Elo) stand at ±300, so that quotients exist.</summary>
    public static double[] Strengths(double[] theta) => Array.ConvertAll(theta, t => Math.Exp(Math.Clamp(t, -300, 300)));

    /// <summary>One observation a ballot, one value a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static SparseScores OfSlots(Ballots ballots, double[] strengths)
    {
        ReadOnlySpan<int> start = ballots.Starts, competitor = ballots.CompetitorColumn;
        ReadOnlySpan<ushort> tier = ballots.TierColumn;
        ReadOnlySpan<double> weights = ballots.Weights;
        double[] scores = GC.AllocateUninitializedArray<double>(ballots.Slots), information = GC.AllocateUninitializedArray<double>(ballots.Slots);
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
                information[from] = information[from + 1] = weight * expected * (1 - expected);
            }
            else
            {
                Slate(competitor[from..to], tier[from..to], weight, strengths, scores.AsSpan(from, to - from), information.AsSpan(from, to - from));
            }
        }

        return new SparseScores(ballots.Competitors, ballots.StartMemory, ballots.CompetitorMemory, scores, information);
    }

    /// <summary>Σ u uᵀ of votes on two, each for itself, from their counts alone.</summary>
    public static ClusterSums OfVotes(PairCells cells, double[] strengths)
    {
        int n = cells.Competitors;
        var sums = new ClusterSums(new double[n * n], new double[n], cells.Common.Sum(), new int[n], new double[n], new double[n]);
        for (int i = 0; i < n; i++)
        {
            for (int c = cells.Start[i]; c < cells.Start[i + 1]; c++)
            {
                int j = cells.Second[c];
                double p = strengths[i] / (strengths[i] + strengths[j]), q = strengths[j] / (strengths[i] + strengths[j]);
                double square = cells.Squares.Won[c] * q * q + cells.Squares.Lost[c] * p * p + cells.Squares.Tied[c] * (0.5 - p) * (0.5 - p);
                double score = cells.Won[c] * q - cells.Lost[c] * p + cells.Tied[c] * (0.5 - p);
                double told = p * q * (cells.Won[c] + cells.Lost[c] + cells.Tied[c]);
                double toldSquare = p * p * q * q * (cells.Squares.Won[c] + cells.Squares.Lost[c] + cells.Squares.Tied[c]);
                sums.Squares[i * n + i] += square;
                sums.Squares[j * n + j] += square;
                sums.Squares[j * n + i] -= square;
                (sums.Total[i], sums.Total[j]) = (sums.Total[i] + score, sums.Total[j] - score);
                (sums.ClustersOf[i], sums.ClustersOf[j]) = (sums.ClustersOf[i] + cells.Common[c], sums.ClustersOf[j] + cells.Common[c]);
                (sums.Information[i], sums.Information[j]) = (sums.Information[i] + told, sums.Information[j] + told);
                sums.InformationSquares[i] += toldSquare;
                sums.InformationSquares[j] += toldSquare;
            }
        }

        return sums;
    }

    /// <summary>Adds ballots of three or more, each for itself.</summary>
    public static void AddSlates(Ballots ballots, double[] strengths, OuterProducts outer)
    {
        SparseScores scores = OfSlots(ballots, strengths);
        ReadOnlySpan<int> start = ballots.Starts, competitor = ballots.CompetitorColumn;
        for (int b = 0; b < ballots.Count; b++)
        {
            if (start[b + 1] - start[b] > 2 && ballots.Compares(b))
            {
                for (int slot = start[b]; slot < start[b + 1]; slot++)
                {
                    outer.Add(competitor[slot], scores.Values[slot], scores.Information[slot]);
                }

                outer.EndCluster();
            }
        }
    }

    private static void Slate(ReadOnlySpan<int> competitors, ReadOnlySpan<ushort> tiers, double weight, double[] strengths, Span<double> scores, Span<double> information)
    {
        scores.Clear();
        information.Clear();
        for (int a = 0; a < scores.Length; a++)
        {
            for (int b = a + 1; b < scores.Length; b++)
            {
                bool tied = tiers[a] == tiers[b];
                if (tied && (tiers[a] & Ballots.UnorderedBit) != 0)
                {
                    continue;
                }

                double own = strengths[competitors[a]], expected = own / (own + strengths[competitors[b]]);
                double score = weight * ((tied ? 0.5 : 1) - expected), bend = weight * expected * (1 - expected);
                scores[a] += score;
                scores[b] -= score;
                information[a] += bend;
                information[b] += bend;
            }
        }
    }
}
