namespace Arena.Ranking;

/// <summary>What standing in one display slot is worth.</summary>
/// <param name="Slot">0 is leftmost or topmost.</param>
/// <param name="Propensity">By how much the slot multiplies a competitor's strength e^θ; over all slots the geometric mean is 1.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
public sealed record SlotPropensity(int Slot, double Propensity, double Low, double High);

/// <summary>The result of <see cref="PositionBias"/>.</summary>
public sealed record PositionBiasStandings
{
    /// <summary>The board with the display slots accounted for.</summary>
    public required Standings Corrected { get; init; }

    /// <summary>The board as if slots did not matter.</summary>
    public required Standings Uncorrected { get; init; }

    /// <summary>Every display slot.</summary>
    public required IReadOnlyList<SlotPropensity> Slots { get; init; }

    /// <summary>
    /// The ballots, each weighted by 1/propensity of the slot that was chosen (mean weight as before), so that any other method
    /// sees votes as if slots did not matter; null unless every ballot chooses one (pairwise and top-1). A tie takes the mean
    /// of both slots' weights.
    /// </summary>
    public required Ballots? InverseWeighted { get; init; }
}
