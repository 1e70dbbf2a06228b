namespace Arena.Ranking.Pairwise;

/// <summary>
/// A log-likelihood that is a sum of weighted terms, each of a few of the parameters. The first parameters are the
/// competitors' log-strengths.
/// </summary>
internal interface IVoteLikelihood
{
    int Parameters { get; }

    int Terms { get; }

    /// <summary>The most parameters a term depends on.</summary>
    int MostTouched { get; }

    double Weight(int term);

    /// <summary>How far a parameter may go: a log-strength beyond 40 means odds of e⁴⁰ to one, which no votes bear out.</summary>
    double Limit(int parameter) => 40;

    /// <summary>Writes which parameters a term depends on; returns their number.</summary>
    int Touched(int term, Span<int> parameters);

    /// <summary>
    /// Log-likelihood of one term of weight 1, and in the order of <see cref="Touched"/> its gradient and its negative
    /// Hessian row by row (both are skipped where the spans are empty). −∞ where the parameters are out of bounds.
    /// </summary>
    double Evaluate(int term, ReadOnlySpan<double> x, Span<double> gradient, Span<double> curvature);
}
