using Arena.Cli.Rank.Input;
using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>What a method reads.</summary>
[Flags]
internal enum MethodInput
{
    Votes = 1,
    Scores = 2,
    Payoffs = 4,

    /// <summary>Several sources, each with votes or scores.</summary>
    Sources = 8,

    /// <summary>Votes, and scores as one ballot a sample.</summary>
    Either = Votes | Scores,
}

/// <summary>A method as the command line knows it.</summary>
internal sealed record RankMethod
{
    private RankMethod()
    {
    }

    /// <summary>What a person types.</summary>
    public required string Name { get; init; }

    /// <summary>What a person reads.</summary>
    public required string Title { get; init; }

    /// <summary>What it reads.</summary>
    public required MethodInput Input { get; init; }

    /// <summary>The library's options for it, which <c>--set</c> changes, as they are without <c>--set</c>.</summary>
    public required object Defaults { get; init; }

    /// <summary>Fits; throws <see cref="RankingException"/> with the diagnosis.</summary>
    public required Func<RankInput, RankSettings, RankOutcome> Fit { get; init; }

    /// <summary>Other names for the same.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Which of <c>--intervals</c> it can make, beside none at all.</summary>
    public IReadOnlyList<IntervalChoice> Intervals { get; init; } = [];

    /// <summary>Whether it has intervals of a kind of its own, such as a posterior, which are not chosen.</summary>
    public bool HasOwnIntervals { get; init; }

    /// <summary>Why there are no intervals where there are none without being declined.</summary>
    public string WithoutIntervals { get; init; } = "the method makes none";

    /// <summary>What <c>--ties</c> may ask of it beside its own.</summary>
    public IReadOnlyList<TieModel> TieModels { get; init; } = [];

    /// <summary>Whether <c>--prior</c> means something to it.</summary>
    public bool HasPrior { get; init; }

    /// <summary>Whether it reads votes one after the other, so that their order counts.</summary>
    public bool InOrder { get; init; }

    /// <param name="name">What a person types.</param>
    /// <param name="title">What a person reads.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="options">The options for an input, before those that all methods share and those of <c>--set</c>.</param>
    /// <param name="fit">Fits with the options as they then are.</param>
    public static RankMethod Of<TOptions>(string name, string title, MethodInput input, Func<RankInput, RankSettings, TOptions> options, Func<RankInput, RankSettings, TOptions, RankOutcome> fit)
        where TOptions : class, new() => new()
        {
            Name = name,
            Title = title,
            Input = input,
            Defaults = new TOptions(),
            Fit = (read, settings) =>
            {
                TOptions own = MethodOptions.Apply(name, settings.Shared(options(read, settings)), settings.Set);
                return fit(read, settings, own) with { Options = own };
            },
        };
}
