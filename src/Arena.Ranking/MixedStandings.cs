namespace Arena.Ranking;

/// <summary>One source of a mixed board: its own standings and the weight its owner declares.</summary>
/// <param name="Name">What a reader calls it, such as "votes".</param>
/// <param name="Standings">Its own fit, on the Elo scale, with a covariance; the same competitors in the same order as the other sources.</param>
/// <param name="Weight">How much it counts, above 0; declared, never derived from counts.</param>
public sealed record RatingSource(string Name, Standings Standings, double Weight = 1);

/// <summary>What a source brought to the board.</summary>
/// <param name="Name">Its name.</param>
/// <param name="EffectiveBallots">How many independent, even, evenly spread pairwise votes would make its differences as precise as they are.</param>
/// <param name="Weight">Its declared weight.</param>
/// <param name="Share">Its share of all effective ballots times weight.</param>
public sealed record SourceShare(string Name, double EffectiveBallots, double Weight, double Share);

/// <summary>Wald's test that sources show the same strengths.</summary>
/// <param name="First">Name of a source, or "all" for all sources together.</param>
/// <param name="Second">Name of another; empty for all together.</param>
/// <param name="Statistic">χ²: squared differences of mean-zero ratings in units of their covariance.</param>
/// <param name="Freedom">Its degrees of freedom.</param>
/// <param name="PValue">How often chance alone would disagree so much (F with the clusters' freedom where they are few).</param>
public sealed record DisagreementTest(string First, string Second, double Statistic, int Freedom, double PValue);

/// <summary>The result of <see cref="MixedSources"/>.</summary>
public sealed record MixedStandings
{
    /// <summary>The combined board.</summary>
    public required Standings Standings { get; init; }

    /// <summary>One a source, in the order given.</summary>
    public required IReadOnlyList<SourceShare> Sources { get; init; }

    /// <summary>All sources together first, then every two.</summary>
    public required IReadOnlyList<DisagreementTest> Tests { get; init; }
}
