using System.Runtime.InteropServices;

namespace Arena.Ranking;

/// <summary>What a fit stands on. Pairs derived from a sample or a ballot are never counted: the sample, the ballot is one observation.</summary>
/// <param name="Observations">Samples with a score, or ballots, or games (of a weight above 0).</param>
/// <param name="Discordant">Those of them on which the competitors do not all tie: only these tell competitors apart.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Evidence(int Observations, int Discordant)
{
    /// <summary>Independent clusters among the observations: the fewer of voters and prompts where both cluster. Equal to <see cref="Observations"/> where each stands for itself.</summary>
    public int Clusters { get; init; } = Observations;
}

/// <summary>Where the intervals of a result come from.</summary>
public enum IntervalKind
{
    /// <summary>None were made: ends are ∓∞ and no rank is excluded.</summary>
    None,

    /// <summary>Robust ("sandwich") covariance, every observation for itself.</summary>
    Sandwich,

    /// <summary>Robust covariance, scores summed within clusters first.</summary>
    ClusterSandwich,

    /// <summary>Quantiles over resampled observations or clusters.</summary>
    Bootstrap,

    /// <summary>A Bayesian posterior, taken as normal.</summary>
    Posterior,

    /// <summary>Payoffs drawn within their confidence bounds, and ranked again.</summary>
    PayoffBounds,
}

/// <summary>One competitor's place.</summary>
/// <param name="Index">Row of the input.</param>
/// <param name="Rating">The method's number: a mean in score units, or 1000 + 400/ln 10 · log-strength.</param>
/// <param name="Low">Lower end of the pointwise interval of <paramref name="Rating"/>.</param>
/// <param name="High">Upper end of the pointwise interval of <paramref name="Rating"/>.</param>
/// <param name="Offset">How much better than the average competitor, in rating units, from comparisons on shared samples only; the offsets add up to 0.</param>
/// <param name="RankLow">Best rank not excluded (1 is first): 1 + the number of competitors certainly better.</param>
/// <param name="RankHigh">Worst rank not excluded: n − the number of competitors certainly worse.</param>
/// <param name="Evidence">What this competitor's rating stands on.</param>
public sealed record Standing(
    int Index,
    double Rating,
    double Low,
    double High,
    double Offset,
    int RankLow,
    int RankHigh,
    Evidence Evidence)
{
    /// <summary>Standard error of <see cref="Rating"/>, or standard deviation of its posterior, in rating units; +∞ where the method gives none.</summary>
    public double StandardError { get; init; } = double.PositiveInfinity;
}

/// <summary>A number a fit estimated beside the ratings, such as a tie parameter or the effect of a covariate.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its estimate.</param>
/// <param name="Low">Lower end of its pointwise interval; −∞ where none was made.</param>
/// <param name="High">Upper end of its pointwise interval; +∞ where none was made.</param>
public sealed record Coefficient(string Name, double Value, double Low, double High);

/// <summary>Why an iteration ended.</summary>
public enum StopReason
{
    /// <summary>The method has no iteration.</summary>
    ClosedForm,

    /// <summary>The last step was below the tolerance.</summary>
    Converged,

    /// <summary>The iterations ran out first: the ratings are not final.</summary>
    IterationLimit,

    /// <summary>No step raised the likelihood any more: as exact as double precision gets.</summary>
    PrecisionLimit,
}

/// <summary>How the fit went.</summary>
/// <param name="Iterations">Iterations taken; 0 for a closed form.</param>
/// <param name="Reason">Why it stopped.</param>
/// <param name="CriticalValue">The quantile by which pairs were separated, for all pairs at once; +∞ where no intervals were made.</param>
/// <param name="Notes">Sentences a reader should see, such as that scores are missing.</param>
public sealed record FitDiagnostics(int Iterations, StopReason Reason, double CriticalValue, IReadOnlyList<string> Notes)
{
    /// <summary>Whether the ratings are final: the iteration did not run out.</summary>
    public bool Converged => Reason != StopReason.IterationLimit;
}

/// <summary>The result of every method: ratings with pointwise intervals, and ranks with simultaneous ones.</summary>
/// <remarks>No interval here contains the randomness of training: a model trained again is another competitor.</remarks>
public sealed record Standings
{
    /// <summary>Name of the method, such as <see cref="MeanScore.Name"/>.</summary>
    public required string Method { get; init; }

    /// <summary>Level of all intervals.</summary>
    public required double Confidence { get; init; }

    /// <summary>One a competitor, in the order of the input.</summary>
    public required IReadOnlyList<Standing> Competitors { get; init; }

    /// <summary>Indices of competitors as a board shows them, best first (by <see cref="Standing.Offset"/>, then by index).</summary>
    public required IReadOnlyList<int> Order { get; init; }

    /// <summary>Every two competitors compared.</summary>
    public required PairComparisons Pairs { get; init; }

    /// <summary>What the whole board stands on.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>Covariance of the ratings, n × n row by row, in squared rating units; null where a method gives none.</summary>
    public IReadOnlyList<double>? Covariance { get; init; }

    /// <summary>Where <see cref="Standing.Low"/>, <see cref="Standing.High"/> and the ranks come from.</summary>
    public required IntervalKind Intervals { get; init; }

    /// <summary>What was estimated beside the ratings; empty for most methods.</summary>
    public IReadOnlyList<Coefficient> Coefficients { get; init; } = [];

    /// <summary>How the fit went.</summary>
    public required FitDiagnostics Diagnostics { get; init; }
}
