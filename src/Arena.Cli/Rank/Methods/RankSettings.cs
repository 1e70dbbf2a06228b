using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>How ties enter a likelihood.</summary>
internal enum TieModel
{
    /// <summary>As the method has them: half a win each, on longer ballots an order nobody asked for.</summary>
    Half,
    RaoKupper,
    Davidson,

    /// <summary>Davidson's for longer ballots.</summary>
    DavidsonLuce,
}

/// <summary>Where intervals come from.</summary>
internal enum IntervalChoice
{
    /// <summary>What the method does by itself.</summary>
    Usual,
    Sandwich,
    Bootstrap,
    None,
}

/// <summary>What a method is asked for.</summary>
internal sealed record RankSettings
{
    public TieModel Ties { get; init; }

    public IntervalChoice Intervals { get; init; }

    /// <summary>Whether votes of one voter are one observation; null decides by the data.</summary>
    public bool? ClusterByVoter { get; init; }

    /// <summary>Whether votes on one prompt are one observation; null decides by the data.</summary>
    public bool? ClusterByPrompt { get; init; }

    public double Confidence { get; init; } = 0.95;

    /// <summary>Rounds of a bootstrap; null leaves it to the method.</summary>
    public int? Rounds { get; init; }

    public ulong Seed { get; init; }

    /// <summary>Imagined ties between every two entries.</summary>
    public double Prior { get; init; }

    /// <summary>Changes of the method's own options, in the order given.</summary>
    public IReadOnlyList<(string Name, string Value)> Set { get; init; } = [];

    /// <summary>How much each source counts; 1 where nothing is said.</summary>
    public IReadOnlyDictionary<string, double> SourceWeights { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>A method's options with what all of them share.</summary>
    public T Shared<T>(T options)
        where T : class => options is FitOptions fit
            ? (T)(object)(fit with { Confidence = Confidence, Seed = Seed, Rounds = Intervals == IntervalChoice.None ? 1 : Rounds ?? fit.Rounds })
            : options;
}
