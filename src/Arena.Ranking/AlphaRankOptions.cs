namespace Arena.Ranking;

/// <summary>Options of <see cref="AlphaRank"/>.</summary>
public sealed record AlphaRankOptions : PayoffOptions
{
    /// <summary>Selection intensity α > 0; <see cref="double.PositiveInfinity"/> is its limit, with <see cref="Noise"/>. Default: 100.</summary>
    public double Alpha
    {
        get;
        init => field = Require.That(value, value > 0, "The selection intensity is above 0, such as 100, or infinite.");
    } = 100;

    /// <summary>At infinite α, the probability ε with which a worse strategy takes over all the same, inside (0, 1). Default: 0.01.</summary>
    public double Noise
    {
        get;
        init => field = Require.Share(value, "The noise lies between 0 and 1, such as 0.01.");
    } = 0.01;

    /// <summary>Individuals in a population, m, 2 or more. Default: 50.</summary>
    public int PopulationSize
    {
        get;
        init => field = Require.AtLeast(value, 2, "A population has 2 individuals or more, such as 50.");
    } = 50;

    /// <summary>
    /// A single population at finite α only: whether a mutant is measured against the opponent it met (fixation by M[r, s] − M[s, r])
    /// or against the whole population. Default: true.
    /// </summary>
    public bool LocalSelection { get; init; } = true;

    /// <summary>Cycles to report at most. Default: 10.</summary>
    public int MostCycles
    {
        get;
        init => field = Require.AtLeast(value, 0, "Report 0 cycles or more, such as 10.");
    } = 10;

    /// <summary>Up to this many profiles the chain is solved by elimination, exactly; above by Arnoldi iteration on its sparse form. Default: 2,000.</summary>
    public int MostEliminated
    {
        get;
        init => field = Require.That(value, value is >= 1 and <= 20_000, "Eliminate 1 to 20,000 profiles at most, such as 2,000.");
    } = 2000;

    /// <summary>The iteration stops when one step more moves the distribution by no more than this in all. Default: 1e-12.</summary>
    public double Tolerance
    {
        get;
        init => field = Require.Share(value, "The tolerance lies between 0 and 1, such as 1e-12.");
    } = 1e-12;

    /// <summary>Most steps of the iteration. Default: 5,000.</summary>
    public int MaxIterations
    {
        get;
        init => field = Require.AtLeast(value, 1, "Allow 1 step or more, such as 5,000.");
    } = 5000;

    internal bool IsInfinite => double.IsPositiveInfinity(Alpha);
}
