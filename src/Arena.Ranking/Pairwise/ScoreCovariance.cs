using Arena.Ranking.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Arena.Ranking.Pairwise;

/// <summary>Σ u uᵀ over score vectors u, where every ballot stands for itself; n × n, lower half and diagonal until mirrored.</summary>
internal static class ScoreCovariance
{
    /// <summary>Votes on two, from their counts alone.</summary>
    public static double[] OfVotes(PairCells cells, double[] strengths)
    {
        int n = cells.Competitors;
        var sums = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int c = cells.Start[i]; c < cells.Start[i + 1]; c++)
            {
                int j = cells.Second[c];
                double p = strengths[i] / (strengths[i] + strengths[j]), q = strengths[j] / (strengths[i] + strengths[j]);
                double square = cells.Squares.Won[c] * q * q + cells.Squares.Lost[c] * p * p + cells.Squares.Tied[c] * (0.5 - p) * (0.5 - p);
                sums[i * n + i] += square;
                sums[j * n + j] += square;
                sums[j * n + i] -= square;
            }
        }

        return sums;
    }

    /// <summary>Ballots of three or more.</summary>
    public static void AddSlates(Ballots ballots, double[] scores, double[] sums)
    {
        ReadOnlySpan<int> start = ballots.Starts, competitor = ballots.CompetitorColumn;
        for (int b = 0; b < ballots.Count; b++)
        {
            if (start[b + 1] - start[b] > 2)
            {
                AddOuter(competitor[start[b]..start[b + 1]], scores.AsSpan(start[b]..start[b + 1]), sums, ballots.Competitors);
            }
        }
    }

    /// <summary>sums += u uᵀ for a vector given by its places and values, lower half.</summary>
    public static void AddOuter(ReadOnlySpan<int> places, ReadOnlySpan<double> values, double[] sums, int n)
    {
        for (int a = 0; a < places.Length; a++)
        {
            double own = values[a];
            int at = places[a];
            for (int b = 0; b <= a; b++)
            {
                int other = places[b];
                sums[Math.Max(at, other) * n + Math.Min(at, other)] += own * values[b];
            }
        }
    }

    /// <summary>
    /// Two-way sums may have negative eigenvalues, by chance; those become 0 (Cameron, Gelbach, Miller 2011), so that no variance is negative.
    /// Mirrors first. Says whether it changed anything.
    /// </summary>
    public static bool MakeSemidefinite(double[] sums, int n, int threads)
    {
        double trace = 0;
        for (int i = 0; i < n; i++)
        {
            trace += sums[i * n + i];
        }

        // on vectors that add up to 0: the all-ones direction is filled in
        double[] trial = [.. sums];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                trial[i * n + j] += (Math.Abs(trace) / n + 1e-300) / n + (i == j ? 1e-12 * Math.Abs(trace) / n : 0);
            }
        }

        if (DenseCholesky.TryFactor(trial, n, threads, out _))
        {
            return false;
        }

        Evd<double> spectrum = Matrix<double>.Build.DenseOfRowMajor(n, n, sums).Evd(Symmetricity.Symmetric);
        Array.Clear(sums);
        for (int k = 0; k < n; k++)
        {
            double value = spectrum.EigenValues[k].Real;
            if (value > 0)
            {
                Vector<double> direction = spectrum.EigenVectors.Column(k);
                for (int i = 0; i < n; i++)
                {
                    for (int j = 0; j < n; j++)
                    {
                        sums[i * n + j] += value * direction[i] * direction[j];
                    }
                }
            }
        }

        return true;
    }
}
