using System.Buffers;

namespace Arena.Ranking.Selection;

/// <summary>
/// The slate expected to tell most: greedily the largest ½ ln det(I + L_S Σ_S), the entropy that a normal posterior with
/// covariance Σ loses (Bayesian D-optimality on the comparison graph; MacKay 1992), first over all pairs, then one by one.
/// </summary>
/// <remarks>
/// L_S = Σ over pairs of the slate of 4·w_K·E[p(1 − p)]·(e_i − e_j)(e_i − e_j)ᵀ. E[p(1 − p)] ≈ N(Δμ; 0, v + 8/π) with v the
/// posterior variance of the difference, all in units of log-odds; w_K = (K − H_K)/(K(K − 1)), H_K = 1 + ½ + … + 1/K, is what
/// a Plackett–Luce ranking of K equals says about each pair (¼ for K = 2). Costs n² for the first pair, n·K³ for each further
/// member; pairs whose deviations are too small to matter are not looked at. Equals are drawn at random.
/// </remarks>
public sealed class InformationGainMatchmaker : SequentialMatchmaker
{
    /// <summary>Variance of the normal curve as high as the logistic density at 0.</summary>
    private const double LogisticVariance = 8 / Math.PI;

    /// <summary>Variances that differ by this share or more differ by more than rounding.</summary>
    private const double Slack = 1e-9;

    /// <inheritdoc/>
    public override string Version => "information-gain";

    /// <inheritdoc/>
    protected override bool DependsOnPivot => false;

    /// <summary>Expected entropy reduction of a slate, in nats.</summary>
    /// <param name="state">Ratings and their covariance.</param>
    /// <param name="slate">Different competitors.</param>
    public static double Gain(MatchState state, ReadOnlySpan<int> slate)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (slate.Length < 2)
        {
            return 0;
        }

        return Gain(state, slate, PairWeight(slate.Length));
    }

    /// <inheritdoc/>
    protected override void LogWeights(in MatchStep step, Span<double> logWeights)
    {
        double weight = PairWeight(step.SlateSize);
        switch (step.Chosen.Length)
        {
            case 0:
                BestPartners(step, logWeights);
                break;
            case 1:
                for (int i = 0; i < logWeights.Length; i++)
                {
                    logWeights[i] = step.Open[i] ? PairGain(step.State, step.Chosen[0], i, weight) : double.NegativeInfinity;
                }

                break;
            default:
                Gains(step, weight, logWeights);
                break;
        }

        BestOnly.Keep(step.Open, logWeights);
    }

    /// <summary>
    /// What each one tells with its best partner, E[p(1 − p)]·variance, which grows with the gain: right for those of the best pairs,
    /// a lower bound for the others. Pairs are taken from the largest deviations down, and no further than equal means could still
    /// make one the best.
    /// </summary>
    private static void BestPartners(in MatchStep step, Span<double> best)
    {
        MatchState state = step.State;
        int n = best.Length;
        int[] order = ArrayPool<int>.Shared.Rent(n);
        double[] spread = ArrayPool<double>.Shared.Rent(n);
        try
        {
            for (int i = 0; i < n; i++)
            {
                (order[i], spread[i]) = (i, -Math.Sqrt(Math.Max(0, state.CovarianceOf(i, i))) / state.Unit);
            }

            spread.AsSpan(0, n).Sort(order.AsSpan(0, n));
            best.Fill(double.NegativeInfinity);
            ReadOnlySpan<double> mean = state.Mean.Span, covariance = state.Covariance.Span;
            (double most, double needed, double unit) = (0, 0, 1 / state.Unit);
            for (int a = 0; a < n; a++)
            {
                int i = order[a];
                for (int b = a + 1; step.Open[i] && b < n && Widest(state, spread[a], spread[b]) >= needed; b++)
                {
                    int j = order[b];
                    if (step.Open[j] && !state.Excludes(i, j))
                    {
                        double variance = spread[a] * spread[a] + spread[b] * spread[b] - (covariance.IsEmpty ? 0 : 2 * covariance[i * n + j] * unit * unit);
                        double tells = Precision((mean[i] - mean[j]) * unit, Math.Max(0, variance)) * Math.Max(0, variance);
                        (best[i], best[j]) = (Math.Max(best[i], tells), Math.Max(best[j], tells));
                        if (tells > most)
                        {
                            (most, needed) = (tells, (1 - Slack) * LeastVariance(tells));
                        }
                    }
                }
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(order);
            ArrayPool<double>.Shared.Return(spread);
        }
    }

    /// <summary>The largest variance that the difference of two can have.</summary>
    private static double Widest(MatchState state, double first, double second) =>
        state.Covariance.IsEmpty ? first * first + second * second : (first + second) * (first + second);

    /// <summary>The variance with which a pair of equal means tells so much: v with v = tells · √(2π(v + 8/π)).</summary>
    private static double LeastVariance(double tells)
    {
        double half = Math.PI * tells * tells;
        return half + Math.Sqrt(half * (half + 2 * LogisticVariance));
    }

    private static double PairWeight(int size)
    {
        double harmonic = 0;
        for (int k = 1; k <= size; k++)
        {
            harmonic += 1.0 / k;
        }

        return 4 * (size - harmonic) / (size * (size - 1.0));
    }

    private static double PairGain(MatchState state, int i, int j, double weight)
    {
        double variance = state.DifferenceVariance(i, j);
        return 0.5 * double.LogP1(weight * Precision(Difference(state, i, j), variance) * variance);
    }

    private static double Difference(MatchState state, int i, int j) => (state.Mean.Span[i] - state.Mean.Span[j]) / state.Unit;

    /// <summary>E[p(1 − p)] of a pair.</summary>
    private static double Precision(double difference, double variance)
    {
        double spread = variance + LogisticVariance;
        return Math.Exp(-0.5 * difference * difference / spread) / Math.Sqrt(2 * Math.PI * spread);
    }

    private static double Gain(MatchState state, ReadOnlySpan<int> slate, double weight)
    {
        int size = slate.Length;
        Span<double> laplacian = stackalloc double[size * size], matrix = stackalloc double[size * size];
        laplacian.Clear();
        for (int last = 1; last < size; last++)
        {
            Join(state, slate, last, weight, laplacian);
        }

        return LogDeterminant(state, slate, laplacian, matrix);
    }

    /// <summary>Gains of the slate so far with each further member.</summary>
    private static void Gains(in MatchStep step, double weight, Span<double> gains)
    {
        int last = step.Chosen.Length, size = last + 1;
        Span<int> slate = stackalloc int[size];
        step.Chosen.CopyTo(slate);
        slate[..last].Sort(); // the same set gives the same sum, whatever the order
        Span<double> known = stackalloc double[size * size], laplacian = stackalloc double[size * size], matrix = stackalloc double[size * size];
        known.Clear();
        for (int k = 1; k < last; k++)
        {
            Join(step.State, slate, k, weight, known);
        }

        for (int i = 0; i < gains.Length; i++)
        {
            gains[i] = double.NegativeInfinity;
            if (step.Open[i])
            {
                slate[last] = i;
                known.CopyTo(laplacian);
                Join(step.State, slate, last, weight, laplacian);
                gains[i] = LogDeterminant(step.State, slate, laplacian, matrix);
            }
        }
    }

    /// <summary>Adds to L the comparisons of a member with those before it.</summary>
    private static void Join(MatchState state, ReadOnlySpan<int> slate, int last, double weight, Span<double> laplacian)
    {
        int size = slate.Length;
        for (int a = 0; a < last; a++)
        {
            double w = weight * Precision(Difference(state, slate[a], slate[last]), state.DifferenceVariance(slate[a], slate[last]));
            laplacian[a * size + a] += w;
            laplacian[last * size + last] += w;
            laplacian[a * size + last] = laplacian[last * size + a] = -w;
        }
    }

    /// <summary>½ ln det(I + LΣ), which is at least 0.</summary>
    private static double LogDeterminant(MatchState state, ReadOnlySpan<int> slate, ReadOnlySpan<double> laplacian, Span<double> matrix)
    {
        int size = slate.Length;
        double unit = 1 / (state.Unit * state.Unit);
        for (int b = 0; b < size; b++)
        {
            double own = state.CovarianceOf(slate[b], slate[b]);
            for (int a = 0; a < size; a++)
            {
                double sum = laplacian[a * size + b] * own;
                for (int c = 0; c < size && !state.Covariance.IsEmpty; c++)
                {
                    sum += c == b ? 0 : laplacian[a * size + c] * state.CovarianceOf(slate[c], slate[b]);
                }

                matrix[a * size + b] = (a == b ? 1 : 0) + sum * unit;
            }
        }

        return 0.5 * LogDeterminant(matrix, size);
    }

    /// <summary>Gaussian elimination with row pivots; the determinant of I + LΣ is at least 1.</summary>
    private static double LogDeterminant(Span<double> matrix, int size)
    {
        double log = 0;
        for (int c = 0; c < size; c++)
        {
            int pivot = c;
            for (int r = c + 1; r < size; r++)
            {
                pivot = Math.Abs(matrix[r * size + c]) > Math.Abs(matrix[pivot * size + c]) ? r : pivot;
            }

            log += Math.Log(Math.Abs(matrix[pivot * size + c]));
            for (int k = 0; k < size && pivot != c; k++)
            {
                (matrix[c * size + k], matrix[pivot * size + k]) = (matrix[pivot * size + k], matrix[c * size + k]);
            }

            for (int r = c + 1; r < size; r++)
            {
                double factor = matrix[r * size + c] / matrix[c * size + c];
                for (int k = c; k < size; k++)
                {
                    matrix[r * size + k] -= factor * matrix[c * size + k];
                }
            }
        }

        return log;
    }
}
