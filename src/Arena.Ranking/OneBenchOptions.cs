namespace Arena.Ranking;

/// <summary>What it means that entries tie on a sample.</summary>
public enum SampleTies
{
    /// <summary>The score was too coarse to tell them apart: the likelihood is summed over all orders they may stand in (Kalbfleisch, Prentice 1973). Exact.</summary>
    Marginalised,

    /// <summary>They are equal: Efron's likelihood, as <see cref="PlackettLuce"/> takes tied ballots; a tied pair is half a win each.</summary>
    Equal,
}

/// <summary>Options of <see cref="OneBench"/>.</summary>
public sealed record OneBenchOptions : FitOptions
{
    /// <summary>Default: <see cref="SampleTies.Marginalised"/>.</summary>
    public SampleTies Ties { get; init; }

    /// <summary>
    /// Imagined tied comparisons added between every two entries; 1/n is one comparison each in all. Any value above 0 gives
    /// every input a finite fit, which sparse boards need. Default: 0 (inputs without a finite fit are diagnosed).
    /// </summary>
    public double PriorTies
    {
        get;
        init => field = Require.NotNegative(value, "The prior is a finite number of imagined ties, 0 or more.");
    }

    /// <summary>Stops when about this error in log-strength is left; for the compatible form, when the sum of all moves is below it. Default: 1e-8.</summary>
    public double Tolerance
    {
        get;
        init => field = Require.Share(value, "The tolerance lies between 0 and 1, such as 1e-8.");
    } = 1e-8;

    /// <summary>Most iterations. Default: 10,000.</summary>
    public int MaxIterations
    {
        get;
        init => field = Require.AtLeast(value, 1, "Allow 1 iteration or more, such as 10,000.");
    } = 10_000;

    /// <summary>
    /// Counts every pair of entries on every sample as a comparison of its own and fits by I-LSR, as ONEBench's own code does. Only for comparison with
    /// it: pairs of one sample are not independent, so no intervals are made. Default: false.
    /// </summary>
    public bool OneBenchCompatible { get; init; }

    /// <summary>Compatible form: whether a tie is a win each way, or nothing. Default: true.</summary>
    public bool TiesWinBothWays { get; init; } = true;

    /// <summary>Compatible form: rate added between every two entries of the chain. Default: 0.</summary>
    public double SpectralAlpha
    {
        get;
        init => field = Require.NotNegative(value, "The rate is a finite number, 0 or more.");
    }
}
