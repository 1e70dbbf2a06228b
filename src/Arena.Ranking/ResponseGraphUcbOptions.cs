namespace Arena.Ranking;

/// <summary>Which profile is played next while edges are unresolved.</summary>
public enum ProfileSampling
{
    /// <summary>One end, by chance, of one edge until that edge is resolved; then of the next one, in random order.</summary>
    UniformExhaustive,

    /// <summary>One end, by chance, of a random unresolved edge.</summary>
    Uniform,

    /// <summary>A profile with a probability in proportion to the square of its number of unresolved edges.</summary>
    ValenceWeighted,

    /// <summary>The least played profile of those with an unresolved edge.</summary>
    CountWeighted,
}

/// <summary>Options of <see cref="ResponseGraphUcb"/>.</summary>
public sealed record ResponseGraphUcbOptions
{
    /// <summary>Default: <see cref="ProfileSampling.UniformExhaustive"/>.</summary>
    public ProfileSampling Sampling { get; init; }

    /// <summary>Default: <see cref="PayoffBound.Hoeffding"/>. <see cref="PayoffBound.ClopperPearson"/> needs payoffs that are lowest or highest.</summary>
    public PayoffBound Bound { get; init; }

    /// <summary>Probability δ that bounds miss, inside (0, 1). Default: 0.01.</summary>
    public double Delta
    {
        get;
        init => field = Require.Share(value, "The probability lies between 0 and 1, such as 0.01.");
    } = 0.01;

    /// <summary>What both bounds are moved together by, ε ≥ 0: payoffs closer than 2ε may be resolved the wrong way round. Default: 0.</summary>
    public double Relaxation
    {
        get;
        init => field = Require.NotNegative(value, "The relaxation is finite, 0 or more.");
    }

    /// <summary>Whether δ holds for every payoff by itself, or, divided by players · profiles, for all at once. Default: true.</summary>
    public bool DeltaPerPayoff { get; init; } = true;

    /// <summary>Whether δ becomes δ·6/(π²n²) after n games of a profile, so that bounds hold at all times at once and one may look after every game. Default: false.</summary>
    public bool TimeDependentDelta { get; init; }

    /// <summary>The range of a single game's payoff. Default: 0 to 1.</summary>
    public (double Lowest, double Highest) PayoffRange
    {
        get;
        init => field = Require.Range(value);
    } = (0, 1);

    /// <summary>
    /// Moves Hoeffding's lower bound down by the relaxation, as open_spiel does, not up: both bounds then move alike, and nothing is relaxed.
    /// For comparison with that tool. Default: false.
    /// </summary>
    public bool OpenSpielCompatible { get; init; }

    /// <summary>Seed of what is left to chance. Default: 0.</summary>
    public ulong Seed { get; init; }
}

/// <summary>Two profiles that differ in one player's strategy, and which of them that player prefers.</summary>
/// <param name="Player">Who moves.</param>
/// <param name="Worse">Number of the profile that pays this player less, by what is known.</param>
/// <param name="Better">Number of the other one.</param>
/// <param name="ResolvedAfter">Games played when the bounds parted; null while they overlap.</param>
public sealed record ResponseEdge(int Player, int Worse, int Better, int? ResolvedAfter);
