namespace Arena.Ranking;

/// <summary>The result of <see cref="Nash"/>.</summary>
public sealed record NashResult
{
    /// <summary>Strategies of every population, rated by their probability in the equilibrium.</summary>
    public required IReadOnlyList<Standings> Populations { get; init; }

    /// <summary>Probability of every strategy of every population.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Strategies { get; init; }

    /// <summary>What each strategy of each population gets against the others' equilibrium strategies: tells those apart that are not played (Balduzzi et al. 2018).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Payoffs { get; init; }

    /// <summary>What each population gets in the equilibrium.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>What the players could gain by leaving, each by itself, added up, in payoff units: 0 in an exact equilibrium.</summary>
    public required double DualityGap { get; init; }

    /// <summary>Whether there is no other equilibrium; null where the method cannot tell.</summary>
    public required bool? IsUnique { get; init; }

    /// <summary>How the fit went.</summary>
    public FitDiagnostics Diagnostics => Populations[0].Diagnostics;
}
