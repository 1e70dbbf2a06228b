using Arena.Cli.Rank.Input;
using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>What came of a fit.</summary>
/// <param name="Board">The standings.</param>
/// <param name="Remarks">What else the method has to say, in sentences with the entries' names.</param>
internal sealed record RankOutcome(Standings Board, params IReadOnlyList<string> Remarks);

/// <summary>What a method reads.</summary>
[Flags]
internal enum MethodInput
{
    Votes = 1,
    Scores = 2,

    /// <summary>Votes, and scores as one ballot a sample.</summary>
    Either = Votes | Scores,
}

/// <summary>A method as the command line knows it.</summary>
/// <param name="Name">What a person types.</param>
/// <param name="Title">What a person reads.</param>
/// <param name="Input">What it reads.</param>
/// <param name="Fit">Fits; throws <see cref="RankingException"/> with the diagnosis.</param>
internal sealed record RankMethod(string Name, string Title, MethodInput Input, Func<RankInput, RankSettings, RankOutcome> Fit)
{
    /// <summary>Other names for the same.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Which of <c>--intervals</c> it can make, beside none at all.</summary>
    public IReadOnlyList<IntervalChoice> Intervals { get; init; } = [];

    /// <summary>Whether it has intervals of a kind of its own, such as a posterior, which are not chosen.</summary>
    public bool HasOwnIntervals { get; init; }

    /// <summary>Whether <c>--ties</c> means something to it.</summary>
    public bool HasTieModels { get; init; }

    /// <summary>Whether <c>--prior</c> means something to it.</summary>
    public bool HasPrior { get; init; }
}
