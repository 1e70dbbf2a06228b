using Arena.Ranking;

namespace Arena.Cli.Rank.Input;

/// <summary>What was read: votes or scores, and the entries' names by index.</summary>
internal abstract record RankInput
{
    private RankInput()
    {
    }

    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What a reader should know about the reading, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public sealed record Votes(Ballots Ballots) : RankInput;

    public sealed record Scores(ScoreMatrix Matrix) : RankInput;
}
