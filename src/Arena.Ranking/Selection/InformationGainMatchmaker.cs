namespace Arena.Ranking.Selection;

/// <summary>
/// The slate expected to tell most: greedily the largest ½ ln det(I + L_S Σ_S), the entropy that a normal posterior with
/// covariance Σ loses (Bayesian D-optimality on the comparison graph; MacKay 1992), first over all pairs, then one by one.
/// </summary>
/// <remarks>
/// L_S = Σ over pairs of the slate of 4·w_K·E[p(1 − p)]·(e_i − e_j)(e_i − e_j)ᵀ. E[p(1 − p)] ≈ N(Δμ; 0, v + 8/π) with v the
/// posterior variance of the difference, all in units of log-odds; w_K = (K − H_K)/(K(K − 1)), H_K = 1 + ½ + … + 1/K, is what
/// a Plackett–Luce ranking of K equals says about each pair (¼ for K = 2). Costs n² for the first pair, n·K³ for each further
/// member. Equals are drawn at random.
/// </remarks>
public sealed class InformationGainMatchmaker : SequentialMatchmaker
{
    /// <summary>Variance of the normal curve as high as the logistic density at 0.</summary>
    private const double LogisticVariance = 8 / Math.PI;

    /// <inheritdoc/>
    public override string Version => "information-gain";

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
                BestPartners(step, weight, logWeights);
                break;
            case 1:
                for (int i = 0; i < logWeights.Length; i++)
                {
                    logWeights[i] = step.Open[i] ? PairGain(step.State, step.Chosen[0], i, weight) : double.NegativeInfinity;
                }

                break;
            default:
                Span<int> slate = stackalloc int[step.Chosen.Length + 1];
                step.Chosen.CopyTo(slate);
                slate[..^1].Sort(); // the same set gives the same sum, whatever the order
                for (int i = 0; i < logWeights.Length; i++)
                {
                    slate[^1] = i;
                    logWeights[i] = step.Open[i] ? Gain(step.State, slate, weight) : double.NegativeInfinity;
                }

                break;
        }

        BestOnly.Keep(step.Open, logWeights);
    }

    /// <summary>Each one's gain with its best partner.</summary>
    private static void BestPartners(in MatchStep step, double weight, Span<double> best)
    {
        best.Fill(double.NegativeInfinity);
        for (int i = 0; i < best.Length; i++)
        {
            for (int j = i + 1; j < best.Length && step.Open[i]; j++)
            {
                if (step.Open[j] && !step.State.Excludes(i, j))
                {
                    double gain = PairGain(step.State, i, j, weight);
                    best[i] = Math.Max(best[i], gain);
                    best[j] = Math.Max(best[j], gain);
                }
            }
        }
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
        return 0.5 * double.LogP1(weight * Precision(state, i, j, variance) * variance);
    }

    /// <summary>E[p(1 − p)] of a pair.</summary>
    private static double Precision(MatchState state, int i, int j, double variance)
    {
        double difference = (state.Mean.Span[i] - state.Mean.Span[j]) / state.Unit;
        double spread = variance + LogisticVariance;
        return Math.Exp(-0.5 * difference * difference / spread) / Math.Sqrt(2 * Math.PI * spread);
    }

    private static double Gain(MatchState state, ReadOnlySpan<int> slate, double weight)
    {
        int size = slate.Length;
        Span<double> laplacian = stackalloc double[size * size], matrix = stackalloc double[size * size];
        laplacian.Clear();
        for (int a = 0; a < size; a++)
        {
            for (int b = a + 1; b < size; b++)
            {
                double w = weight * Precision(state, slate[a], slate[b], state.DifferenceVariance(slate[a], slate[b]));
                laplacian[a * size + a] += w;
                laplacian[b * size + b] += w;
                laplacian[a * size + b] = laplacian[b * size + a] = -w;
            }
        }

        double unit = 1 / (state.Unit * state.Unit);
        for (int a = 0; a < size; a++)
        {
            for (int b = 0; b < size; b++)
            {
                double sum = a == b ? 1 : 0;
                for (int c = 0; c < size; c++)
                {
                    sum += laplacian[a * size + c] * state.CovarianceOf(slate[c], slate[b]) * unit;
                }

                matrix[a * size + b] = sum;
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
