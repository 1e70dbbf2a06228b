namespace Arena.Cli.Rank.Input;

/// <summary>How votes or scores stand in a table.</summary>
internal enum InputLayout
{
    /// <summary>A vote on two entries a row.</summary>
    Pairs,

    /// <summary>A ranking of several a row.</summary>
    Rankings,

    /// <summary>The best, and perhaps the worst, of those shown a row.</summary>
    Choices,

    /// <summary>An entry's place in a contest a row.</summary>
    Contests,

    /// <summary>An entry's score on a sample a row.</summary>
    Scores,

    /// <summary>An entry a row, a sample a column.</summary>
    EntriesInRows,

    /// <summary>A sample a row, an entry a column.</summary>
    EntriesInColumns,

    /// <summary>Payoffs: a matrix, or a profile a row.</summary>
    Payoffs,
}
