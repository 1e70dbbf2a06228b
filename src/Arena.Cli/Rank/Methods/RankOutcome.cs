using Arena.Cli.Rank.Input;
using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>What came of a fit.</summary>
/// <param name="Board">The standings; the first population's where there are several.</param>
/// <param name="Remarks">What else the method has to say, in sentences with the entries' names.</param>
internal sealed record RankOutcome(Standings Board, params IReadOnlyList<string> Remarks)
{
    /// <summary>The standings of every population, where there are several.</summary>
    public IReadOnlyList<(Population Population, Standings Board)> Populations { get; init; } = [];

    /// <summary>What the method shows beside the board.</summary>
    public IReadOnlyList<ResultTable> Tables { get; init; } = [];

    /// <summary>The library's options that it was fitted with.</summary>
    public object? Options { get; init; }

    /// <summary>Why there are no intervals; null where there are.</summary>
    public string? NoIntervals { get; init; }

    /// <summary>Every board with the names of its entries; one without a population's name where there is a single one.</summary>
    public IReadOnlyList<(string Population, Standings Board, IReadOnlyList<string> Names)> Boards(RankInput input) => Populations.Count == 0
        ? [("", Board, input.Names)]
        : [.. Populations.Select(p => (p.Population.Name, p.Board, p.Population.Strategies))];
}

/// <summary>A table beside the board.</summary>
/// <param name="Name">Its key for machines.</param>
/// <param name="Title">What a person reads above it.</param>
/// <param name="Columns">Its columns, by their keys.</param>
/// <param name="Rows">Texts, numbers, truths or nothing.</param>
internal sealed record ResultTable(string Name, string Title, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows);
