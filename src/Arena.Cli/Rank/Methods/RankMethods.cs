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

    public static IReadOnlyList<RankMethod> All { get; } = [.. LikelihoodMethods.All, .. ScoreMethods.All, .. SequentialMethods.All, .. VotingMethods.All];

    /// <summary>The method of a name; null for the automatic choice.</summary>
    public static RankMethod? Find(string name) =>
        string.Equals(name, Automatic, StringComparison.OrdinalIgnoreCase)
            ? null
            : All.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase) || m.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase))
                ?? throw new RefusedException($"There is no method '{name}'. There are: {string.Join(", ", All.Select(m => m.Name))}.");

    /// <summary>What suits an input when nobody says.</summary>
    public static RankMethod Usual(RankInput input) => Find(input switch
    {
        RankInput.Scores => "mean",
        RankInput.Votes { Ballots.IsPairwise: true } => "bt",
        _ => "pl",
    })!;

    /// <summary>Fits a method to an input.</summary>
    /// <exception cref="RefusedException">The method does not read this input, or does not know what is asked of it.</exception>
    /// <exception cref="RankingException">The input cannot be ranked.</exception>
    public static RankOutcome Fit(RankMethod method, RankInput input, RankSettings settings)
    {
        if (!method.Input.HasFlag(MethodInput.Votes) && input is RankInput.Votes)
        {
            throw new RefusedException($"{method.Name} ranks scores, and these are votes. Take one of: {string.Join(", ", All.Where(m => m.Input.HasFlag(MethodInput.Votes)).Select(m => m.Name))}.");
        }

        if (input.Names.Count > Most)
        {
            throw new RefusedException($"There are {input.Names.Count:N0} different entries; at most {Most:N0} are ranked. Is the column with their names the right one? --columns names another.");
        }

        if (settings.Intervals is IntervalChoice.Sandwich or IntervalChoice.Bootstrap && !method.Intervals.Contains(settings.Intervals))
        {
            string able = string.Join(" or ", method.Intervals.Select(i => i.ToString().ToLowerInvariant()));
            throw new RefusedException($"{method.Name} makes no {settings.Intervals.ToString().ToLowerInvariant()} intervals{(able.Length > 0 ? $", but {able}" : method.HasOwnIntervals ? ", but its own posterior's: leave --intervals out" : "")}.");
        }

        if (settings.Ties != TieModel.Half && !method.HasTieModels)
        {
            throw new RefusedException($"--ties means nothing to {method.Name}; it is for {string.Join(", ", All.Where(m => m.HasTieModels).Select(m => m.Name))}.");
        }

        if (settings.Prior > 0 && !method.HasPrior)
        {
            throw new RefusedException($"--prior means nothing to {method.Name}; it is for {string.Join(", ", All.Where(m => m.HasPrior).Select(m => m.Name))}.");
        }

        RankOutcome outcome = method.Fit(input, settings);
        return settings.Intervals == IntervalChoice.None ? outcome with { Board = WithoutIntervals(outcome.Board) } : outcome;
    }

    /// <summary>The votes of an input; scores count as one ballot a sample.</summary>
    public static Ballots Ballots(RankInput input) => input switch
    {
        RankInput.Votes votes => votes.Ballots,
        RankInput.Scores scores => ScoreBallots.Of(scores.Matrix),
        _ => throw new InvalidOperationException("There are votes and scores."),
    };

    private static Standings WithoutIntervals(Standings board) => board with
    {
        Intervals = IntervalKind.None,
        Competitors = [.. board.Competitors.Select(c => c with { Low = double.NegativeInfinity, High = double.PositiveInfinity, StandardError = double.PositiveInfinity, RankLow = 1, RankHigh = board.Competitors.Count })],
    };
}
