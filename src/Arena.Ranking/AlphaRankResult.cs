using Arena.Ranking.Games;

namespace Arena.Ranking;

/// <summary>
/// Profiles that better responses lead into and never out of: a Markov–Conley chain, where infinitely selective dynamics stays for ever.
/// A single profile is a pure equilibrium; several go round for ever.
/// </summary>
/// <param name="Profiles">In order of number.</param>
/// <param name="Mass">Their share of the stationary distribution.</param>
public sealed record SinkComponent(IReadOnlyList<int> Profiles, double Mass);

/// <summary>Profiles each of which is a better response to the one before, and the first to the last.</summary>
/// <param name="Profiles">In the direction in which the responses go, from the lowest number on.</param>
/// <param name="Mass">Their share of the stationary distribution.</param>
public sealed record ResponseCycle(IReadOnlyList<int> Profiles, double Mass);

/// <summary>The result of <see cref="AlphaRank"/>.</summary>
public sealed record AlphaRankResult
{
    private readonly ResponseSpace _space;
    private readonly AlphaRankOptions _options;

    internal AlphaRankResult(ResponseSpace space, AlphaRankOptions options) => (_space, _options) = (space, options);

    /// <summary>
    /// Strategies of every population, best first: a strategy's rating is the share of time its population spends with it, the sum of
    /// <see cref="Mass"/> over profiles with it. Strategies of different populations are not compared.
    /// </summary>
    public required IReadOnlyList<Standings> Populations { get; init; }

    /// <summary>The standings of the only population.</summary>
    /// <exception cref="InvalidOperationException">There are several: take one of <see cref="Populations"/>.</exception>
    public Standings Standings => Populations.Count == 1
        ? Populations[0]
        : throw new InvalidOperationException($"There are {Populations.Count} populations, each with standings of its own: take one of {nameof(Populations)}.");

    /// <summary>The stationary distribution π: share of time spent in every profile, in order of number (<see cref="PayoffTables.ProfileOf"/>).</summary>
    public required IReadOnlyList<double> Mass { get; init; }

    /// <summary>Where better responses end, heaviest first. More than one: which of them wins is decided by mutations that do not pay.</summary>
    public required IReadOnlyList<SinkComponent> Sinks { get; init; }

    /// <summary>Short cycles of better responses through the heaviest profiles, heaviest first. Empty does not mean that there is none among the light ones.</summary>
    public required IReadOnlyList<ResponseCycle> Cycles { get; init; }

    /// <summary>How the fit went.</summary>
    public FitDiagnostics Diagnostics => Populations[0].Diagnostics;

    /// <summary>Probability that a mutation without any effect takes over: 1/m; 1 at infinite α, where only the sign of a gain counts.</summary>
    public double NeutralFixation => _options.IsInfinite ? 1 : 1.0 / _options.PopulationSize;

    /// <summary>
    /// Probability that a single mutant takes its population over, from one profile to a neighbouring one: ρ at finite α; 1 − ε, ½ or ε
    /// at infinite α. 0 between profiles that differ in more than one population, and from a profile to itself.
    /// </summary>
    /// <param name="from">Number of the profile settled in.</param>
    /// <param name="to">Number of the mutant's profile.</param>
    public double Fixation(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, Mass.Count);
        var neighbours = new int[_space.Neighbours];
        var gains = new double[_space.Neighbours];
        _space.Fill(from, neighbours, gains);
        int at = Array.IndexOf(neighbours, to);
        return at < 0 ? 0 : new TransitionRates(_space, _options).Of(from, to, gains[at]).ToDouble();
    }
}
