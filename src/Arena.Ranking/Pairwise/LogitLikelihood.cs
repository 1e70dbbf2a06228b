namespace Arena.Ranking.Pairwise;

/// <summary>
/// y ln σ(z) + (1 − y) ln σ(−z), z = θ_first − θ_second + x·β, ties y = ½: Bradley–Terry with covariates. The parameters after
/// the log-strengths are β.
/// </summary>
/// <param name="terms">The derived pairs.</param>
/// <param name="covariates">terms × width, row by row; empty for none.</param>
/// <param name="width">Number of covariates.</param>
internal sealed class LogitLikelihood(PairTerms terms, double[] covariates, int width) : IVoteLikelihood
{
    private const double MostLogOdds = 40;

    /// <summary>The largest value of each covariate: its effect is in log-odds a unit, whatever the unit.</summary>
    private readonly double[] _largest = Largest(covariates, width);

    /// <summary>Weight of each term where it is not that of the votes; null uses theirs.</summary>
    public double[]? Weights { get; init; }

    public int Parameters => terms.Competitors + width;

    public int Terms => terms.Count;

    public int MostTouched => 2 + width;

    public double Weight(int term) => (Weights ?? terms.Weight)[term];

    public double Limit(int parameter) => parameter < terms.Competitors ? MostLogOdds : MostLogOdds / _largest[parameter - terms.Competitors];

    public int Touched(int term, Span<int> parameters)
    {
        parameters[0] = terms.First[term];
        parameters[1] = terms.Second[term];
        for (int k = 0; k < width; k++)
        {
            parameters[2 + k] = terms.Competitors + k;
        }

        return 2 + width;
    }

    public double Evaluate(int term, ReadOnlySpan<double> x, Span<double> gradient, Span<double> curvature)
    {
        ReadOnlySpan<double> own = covariates.AsSpan(term * width, width);
        ReadOnlySpan<double> beta = x[terms.Competitors..];
        double z = x[terms.First[term]] - x[terms.Second[term]];
        for (int k = 0; k < width; k++)
        {
            z += own[k] * beta[k];
        }

        double won = terms.Kind[term] switch { PairTerm.Won => 1, PairTerm.Lost => 0, _ => 0.5 };
        double log = double.LogP1(Math.Exp(-Math.Abs(z))); // −ln σ(|z|)
        double value = -log - (z >= 0 ? (1 - won) * z : -won * z);
        if (gradient.IsEmpty)
        {
            return value;
        }

        double p = BradleyTerryMaximiser.Sigmoid(z), slope = won - p, bend = p * (1 - p);
        int size = 2 + width;
        for (int a = 0; a < size; a++)
        {
            double direction = Direction(a, own);
            gradient[a] = slope * direction;
            for (int b = 0; b < size; b++)
            {
                curvature[a * size + b] = bend * direction * Direction(b, own);
            }
        }

        return value;
    }

    private static double[] Largest(double[] covariates, int width)
    {
        var largest = new double[width];
        for (int k = 0; k < covariates.Length; k++)
        {
            largest[k % width] = Math.Max(largest[k % width], Math.Abs(covariates[k]));
        }

        return largest;
    }

    private static double Direction(int parameter, ReadOnlySpan<double> own) => parameter switch
    {
        0 => 1,
        1 => -1,
        _ => own[parameter - 2],
    };
}
