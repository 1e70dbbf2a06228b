using Arena.Cli.Rank.Input;
using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>Every method that the command line knows, in one place.</summary>
internal static class RankMethods
{
    public const string Automatic = "auto";

    /// <summary>From so many known voters or prompts on, intervals go by them without being asked.</summary>
    public const int FewestClusters = 20;

    private const int Most = 20_000;

    public static IReadOnlyList<RankMethod> All { get; } = [.. LikelihoodMethods.All, .. MixedMethod.All, .. ScoreMethods.All, .. SequentialMethods.All, .. VotingMethods.All, .. GameMethods.All];

    /// <summary>The method of a name; null for the automatic choice.</summary>
    public static RankMethod? Find(string name) =>
        string.Equals(name, Automatic, StringComparison.OrdinalIgnoreCase)
            ? null
            : All.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase) || m.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase))
                ?? throw new RefusedException($"There is no method '{name}'.{Nearest.Hint(name, All.SelectMany(m => (string[])[m.Name, .. m.Aliases]))} There are: {string.Join(", ", All.Select(m => m.Name))}.");

    /// <summary>The method of a name with ties as asked: bt and pl have one for each model of ties.</summary>
    public static RankMethod? Find(string name, TieModel ties)
    {
        RankMethod? method = Find(name);
        if (ties == TieModel.Half)
        {
            return method;
        }

        string model = ties switch { TieModel.RaoKupper => "rao-kupper", TieModel.Davidson => "davidson", _ => "davidson-luce" };
        return method is null || method.TieModels.Contains(ties)
            ? Find(model)
            : throw new RefusedException($"--ties {model} means nothing to {method.Name}; it is for {string.Join(", ", All.Where(m => m.TieModels.Contains(ties)).Select(m => m.Name))}.");
    }

    /// <summary>What suits an input when nobody says.</summary>
    public static RankMethod Usual(RankInput input) => Find(input switch
    {
        RankInput.Scores => "mean",
        RankInput.Several or RankInput.Votes { Sources: not null } => MixedSources.Name,
        RankInput.Payoffs => AlphaRank.Name,
        RankInput.Votes { Covariates: not null } => "contextual-bt",
        RankInput.Counts or RankInput.Votes { Ballots.IsPairwise: true } => "bt",
        _ => "pl",
    })!;

    /// <summary>Whether a method reads an input at all.</summary>
    public static bool Reads(RankMethod method, RankInput input) => method.Input.HasFlag(Kind(input));

    /// <summary>Fits a method to an input.</summary>
    /// <exception cref="RefusedException">The method does not read this input, or does not know what is asked of it.</exception>
    /// <exception cref="RankingException">The input cannot be ranked.</exception>
    public static RankOutcome Fit(RankMethod method, RankInput input, RankSettings settings)
    {
        if (!Reads(method, input))
        {
            throw new RefusedException(input is RankInput.Several
                ? $"{method.Name} ranks one source, and several files are several sources. Take {MixedSources.Name}, which tests whether they agree, or put them into one file if they are one."
                : $"{method.Name} ranks {string.Join(" or ", Enum.GetValues<MethodInput>().Where(k => k != MethodInput.Either && method.Input.HasFlag(k)).Select(k => k.ToString().ToLowerInvariant()))}, and these are {Kind(input).ToString().ToLowerInvariant()}. Take one of: {string.Join(", ", All.Where(m => Reads(m, input)).Select(m => m.Name))}.");
        }

        if (input is RankInput.Votes { Sources.Names.Count: > 1 } && !method.Input.HasFlag(MethodInput.Sources))
        {
            throw new RefusedException($"The votes come from several sources, and {method.Name} would pool them by count. Take {MixedSources.Name}, which tests whether they agree, or name no column for source.");
        }

        if (input.Names.Count > Most)
        {
            throw new RefusedException($"There are {input.Names.Count:N0} different entries; at most {Most:N0} are ranked. Is the column with their names the right one? --columns names another.");
        }

        if (settings.Intervals is IntervalChoice.Sandwich or IntervalChoice.Bootstrap && !method.Intervals.Contains(settings.Intervals))
        {
            string able = string.Join(" or ", method.Intervals.Select(i => i.ToString().ToLowerInvariant()));
            throw new RefusedException($"{method.Name} makes no {settings.Intervals.ToString().ToLowerInvariant()} intervals{(able.Length > 0 ? $", but {able}" : method.HasOwnIntervals ? ", but its own: leave --intervals out" : "")}.");
        }

        if (settings.Prior > 0 && !method.HasPrior)
        {
            throw new RefusedException($"--prior means nothing to {method.Name}; it is for {string.Join(", ", All.Where(m => m.HasPrior).Select(m => m.Name))}.");
        }

        RankOutcome outcome = method.Fit(input, settings);
        if (outcome.Board is { Intervals: IntervalKind.ClusterSandwich, Evidence.Clusters: var clusters } && clusters <= input.Names.Count)
        {
            outcome = outcome with { Remarks = [.. outcome.Remarks, $"{clusters} clusters say little about {input.Names.Count} entries: intervals by cluster are too narrow where clusters are fewer than entries. Read them with care, or take --cluster none."] };
        }

        return settings.Intervals == IntervalChoice.None
            ? outcome with { Board = WithoutIntervals(outcome.Board), Populations = [.. outcome.Populations.Select(p => (p.Population, WithoutIntervals(p.Board)))], NoIntervals = "declined with --intervals none" }
            : outcome with { NoIntervals = outcome.Board.Intervals == IntervalKind.None ? outcome.NoIntervals ?? method.WithoutIntervals : null };
    }

    /// <summary>The votes of an input; scores count as one ballot a sample.</summary>
    public static Ballots Ballots(RankInput input) => input switch
    {
        RankInput.Votes votes => votes.Ballots,
        RankInput.Scores scores => ScoreBallots.Of(scores.Matrix),
        _ => throw new InvalidOperationException($"{input.GetType().Name} are no votes."),
    };

    private static MethodInput Kind(RankInput input) => input switch
    {
        RankInput.Scores => MethodInput.Scores,
        RankInput.Payoffs => MethodInput.Payoffs,
        RankInput.Several => MethodInput.Sources,
        _ => MethodInput.Votes,
    };

    private static Standings WithoutIntervals(Standings board) => board with
    {
        Intervals = IntervalKind.None,
        Competitors = [.. board.Competitors.Select(c => c with { Low = double.NegativeInfinity, High = double.PositiveInfinity, StandardError = double.PositiveInfinity, RankLow = 1, RankHigh = board.Competitors.Count })],
    };
}
