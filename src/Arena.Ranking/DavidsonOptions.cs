namespace Arena.Ranking;

/// <summary>Options of <see cref="Davidson"/>.</summary>
public sealed record DavidsonOptions : TieModelOptions
{
    /// <summary>ν, 0 or more, where it is known; 0 makes ties impossible. Default: null (estimated).</summary>
    public double? Nu
    {
        get;
        init => field = Require.That(value, value is null or (>= 0 and < double.PositiveInfinity), "ν is a finite number, 0 or more.");
    }
}
