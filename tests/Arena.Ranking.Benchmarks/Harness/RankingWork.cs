namespace Arena.Ranking.Benchmarks.Harness;

/// <summary>One row of the speed table.</summary>
/// <param name="Name">The work, such as "Bradley–Terry, sandwich intervals".</param>
/// <param name="Sizes">Its sizes, such as "100 entries, 1e6 votes".</param>
internal sealed record RankingWork(string Name, string Sizes)
{
    /// <summary>Makes the input, which is not timed, and returns what is. Called once; what it returns is called many times.</summary>
    public required Func<Action> Prepare { get; init; }

    /// <summary>What is to be reached, in seconds; null where nothing was set.</summary>
    public double? TargetSeconds { get; init; }

    /// <summary>Others that do the same work, measured in this run or quoted.</summary>
    public IReadOnlyList<Peer> Peers { get; init; } = [];

    /// <summary>A remark for the last column, read after the last run: memory used, iterations taken.</summary>
    public Func<string>? Note { get; init; }
}
