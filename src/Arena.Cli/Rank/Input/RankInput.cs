using Arena.Ranking;

namespace Arena.Cli.Rank.Input;

/// <summary>What was read: votes, scores or payoffs, and the entries' names by index.</summary>
internal abstract record RankInput
{
    private RankInput()
    {
    }

    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What a reader should know about the reading, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How each file was read.</summary>
    public IReadOnlyList<InputFile> Files { get; init; } = [];

    /// <summary>What one observation is.</summary>
    public virtual string Observation => "vote";

    public sealed record Votes(Ballots Ballots) : RankInput
    {
        /// <summary>When each was cast; null where no column says.</summary>
        public VoteTimes? Times { get; init; }

        /// <summary>What may have swayed each; null where no columns were named.</summary>
        public Covariates? Covariates { get; init; }

        /// <summary>Where each comes from; null where no column was named.</summary>
        public VoteSources? Sources { get; init; }
    }

    /// <summary>Votes on two, counted while they passed and not held.</summary>
    public sealed record Counts(PairwiseTally Tally) : RankInput;

    public sealed record Scores(ScoreMatrix Matrix) : RankInput
    {
        /// <summary>One matrix a metric, all with the same entries and samples; empty where there is one metric only.</summary>
        public IReadOnlyList<ScoreMatrix> Metrics { get; init; } = [];

        public override string Observation => "sample";
    }

    /// <summary>Payoffs; <see cref="Names"/> are the strategies of the first population.</summary>
    public sealed record Payoffs(PayoffTables Tables, IReadOnlyList<Population> Populations) : RankInput
    {
        public override string Observation => Tables.HasCounts ? "game" : "pair";
    }

    /// <summary>Several files, each a source of its own.</summary>
    public sealed record Several(IReadOnlyList<(string Name, RankInput Input)> Sources) : RankInput
    {
        public override string Observation => "observation";
    }
}

/// <summary>How a file was read.</summary>
/// <param name="Name">As the command line names it.</param>
/// <param name="Layout">How it stands in the table.</param>
/// <param name="Rows">Rows read, with those left out.</param>
/// <param name="Columns">The columns of each role that has any.</param>
internal sealed record InputFile(string Name, string Layout, long Rows, IReadOnlyDictionary<string, string> Columns);

/// <summary>When each vote was cast.</summary>
/// <param name="Column">The column that says so.</param>
/// <param name="Values">One a vote, NaN where it could not be read.</param>
/// <param name="InDays">Whether they are days since 1970; otherwise plain numbers as they stand in the file.</param>
/// <param name="Mistake">What is wrong with the first that could not be read.</param>
internal sealed record VoteTimes(string Column, double[] Values, bool InDays, string? Mistake);

/// <summary>Where each vote comes from.</summary>
internal sealed record VoteSources(IReadOnlyList<string> Names, int[] Of);

/// <summary>A population of a game.</summary>
internal sealed record Population(string Name, IReadOnlyList<string> Strategies);
