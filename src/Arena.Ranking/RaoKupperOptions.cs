namespace Arena.Ranking;

/// <summary>Options of <see cref="RaoKupper"/>.</summary>
public sealed record RaoKupperOptions : TieModelOptions
{
    /// <summary>κ, 1 or more, where it is known; 1 makes ties impossible. Default: null (estimated).</summary>
    public double? Kappa
    {
        get;
        init => field = Require.That(value, value is null or (>= 1 and < double.PositiveInfinity), "κ is a finite number, 1 or more.");
    }
}
