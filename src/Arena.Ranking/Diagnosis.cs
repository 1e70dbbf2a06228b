using System.Globalization;

namespace Arena.Ranking;

/// <summary>Why an input cannot be ranked. Competitors, samples and ballots are named by their index.</summary>
public abstract partial record Diagnosis
{
    private protected Diagnosis()
    {
    }

    /// <summary>What is wrong and what to do about it, in one or two sentences.</summary>
    public abstract string Message { get; }

    /// <summary>The message.</summary>
    public sealed override string ToString() => Message;

    private protected static string Text(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);

    private protected static string Names(IReadOnlyList<int> indices) =>
        indices.Count <= 10
            ? string.Join(", ", indices)
            : Text($"{string.Join(", ", indices.Take(10))} and {indices.Count - 10} more");

    private protected static string GroupNames(IReadOnlyList<IReadOnlyList<int>> groups) =>
        string.Join(" | ", groups.Take(10).Select(Names)) + (groups.Count > 10 ? " | …" : "");

    /// <summary>There is nobody to rank.</summary>
    public sealed record NoCompetitors : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => "There is no competitor. Give at least one.";
    }

    /// <summary>The matrix has no column, or every column is without a score or has weight 0.</summary>
    public sealed record NoSamples : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => "There is no sample with a score and a weight above 0. Give at least one.";
    }

    /// <summary>A score is infinite. (NaN means missing and is allowed.)</summary>
    /// <param name="Competitor">Index of the competitor.</param>
    /// <param name="Sample">Index of the sample.</param>
    public sealed record InfiniteScore(int Competitor, int Sample) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message =>
            Text($"The score of competitor {Competitor} on sample {Sample} is infinite. Give a finite number, or NaN where it is missing.");
    }

    /// <summary>A score does not fit the declared kind.</summary>
    /// <param name="Competitor">Index of the competitor.</param>
    /// <param name="Sample">Index of the sample.</param>
    /// <param name="Score">The score given.</param>
    /// <param name="Kind">The declared kind.</param>
    public sealed record WrongKind(int Competitor, int Sample, float Score, ScoreKind Kind) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => Kind == ScoreKind.Binary
            ? Text($"The score of competitor {Competitor} on sample {Sample} is {Score}, but binary scores are 0 or 1. Declare the scores numeric or ordinal.")
            : Text($"The score of competitor {Competitor} on sample {Sample} is {Score}, but ordinal scores are whole numbers. Declare the scores numeric.");
    }

    /// <summary>A weight is negative, not a finite number, or neither 0 nor from 1e-9 to 1e9.</summary>
    /// <param name="Sample">Index of the sample.</param>
    /// <param name="Weight">The weight given.</param>
    public sealed record InvalidWeight(int Sample, double Weight) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => Text($"The weight of sample {Sample} is {Weight}. Give 0, or a number from 1e-9 to 1e9.");
    }

    /// <summary>The tie margin is negative or not a finite number.</summary>
    /// <param name="TieMargin">The margin given.</param>
    public sealed record InvalidTieMargin(double TieMargin) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => Text($"The tie margin is {TieMargin}. Give a finite number of 0 or more.");
    }

    /// <summary>Columns are on different scales, and the method adds scores up.</summary>
    public sealed record MixedScales : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => "The samples are scored on different scales, so their scores cannot be averaged. Take a method that reads the order on each sample (OneBench, BradleyTerry), or one scale at a time.";
    }

    /// <summary>There is no ballot of positive weight that compares anybody.</summary>
    public sealed record NoBallots : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => "There is no ballot with two competitors and a weight above 0. Give at least one.";
    }

    /// <summary>A ballot names a competitor that does not exist.</summary>
    /// <param name="Ballot">Index of the ballot.</param>
    /// <param name="Competitor">The index that it names.</param>
    /// <param name="Competitors">How many competitors there are.</param>
    public sealed record UnknownCompetitor(int Ballot, int Competitor, int Competitors) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message =>
            Text($"Ballot {Ballot} names competitor {Competitor}, but there are {Competitors}, numbered from 0. Correct the number, or make room for more competitors.");
    }

    /// <summary>A ballot names a competitor twice.</summary>
    /// <param name="Ballot">Index of the ballot.</param>
    /// <param name="Competitor">Index of the competitor.</param>
    public sealed record DuplicateCompetitor(int Ballot, int Competitor) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => Text($"Ballot {Ballot} names competitor {Competitor} twice. Name each once.");
    }

    /// <summary>A ballot has more competitors than a ballot can hold.</summary>
    /// <param name="Ballot">Index of the ballot.</param>
    /// <param name="Length">How many it has.</param>
    /// <param name="Most">How many fit.</param>
    public sealed record BallotTooLong(int Ballot, int Length, int Most) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => Text($"Ballot {Ballot} has {Length} competitors; at most {Most} fit. Split it.");
    }

    /// <summary>A ballot's weight is negative, not a finite number, or neither 0 nor from 1e-9 to 1e9.</summary>
    /// <param name="Ballot">Index of the ballot.</param>
    /// <param name="Weight">The weight given.</param>
    public sealed record InvalidBallotWeight(int Ballot, double Weight) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => Text($"The weight of ballot {Ballot} is {Weight}. Give 0, or a number from 1e-9 to 1e9.");
    }

    /// <summary>The method does not read ballots of this kind.</summary>
    /// <param name="Ballot">Index of the ballot.</param>
    /// <param name="Needs">What the method needs, in words.</param>
    public sealed record UnsuitableBallot(int Ballot, string Needs) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => Text($"Ballot {Ballot} does not suit this method: it needs {Needs}. Leave such ballots out, or take another method.");
    }

    /// <summary>These competitors have no ballot that compares them with anybody.</summary>
    /// <param name="Competitors">Their indices.</param>
    public sealed record Unvoted(IReadOnlyList<int> Competitors) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => Text($"No vote yet for or against competitor {Names(Competitors)}. Leave them out until they have one, or ask for a prior.");
    }

    /// <summary>These competitors have no score on any sample that counts.</summary>
    /// <param name="Competitors">Their indices.</param>
    public sealed record Unmeasured(IReadOnlyList<int> Competitors) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message =>
            Text($"No score yet for competitor {Names(Competitors)}. Leave them out (ScoreMatrix.Select) until they have one.");
    }

    /// <summary>A method that compares needs two.</summary>
    public sealed record OneCompetitor : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => "There is one competitor and nobody to compare it with. Add a second one, or rank by mean score.";
    }

    /// <summary>No chain of shared samples links these groups, so nothing says how one compares with another.</summary>
    /// <param name="Components">Groups of competitors, each connected within.</param>
    public sealed record Disconnected(IReadOnlyList<IReadOnlyList<int>> Components) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message =>
            Text($"The comparisons fall into {Components.Count} groups without a sample in common: {GroupNames(Components)}. Rank the groups apart, measure them on common samples, or ask for a prior.");
    }

    /// <summary>Every comparison is a tie: there is nothing to tell the competitors apart.</summary>
    public sealed record OnlyTies : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => "Every comparison is a tie, so nothing tells the competitors apart. Measure samples on which they differ.";
    }

    /// <summary>
    /// Some group beat the rest in every comparison between them, so its maximum-likelihood rating is infinite
    /// (Ford 1957). Groups stand best first; within each, ratings exist.
    /// </summary>
    /// <param name="Groups">Groups of competitors, best first.</param>
    /// <param name="NeverLost">Competitors that won every comparison.</param>
    /// <param name="NeverWon">Competitors that lost every comparison.</param>
    public sealed record Separable(
        IReadOnlyList<IReadOnlyList<int>> Groups,
        IReadOnlyList<int> NeverLost,
        IReadOnlyList<int> NeverWon) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message
        {
            get
            {
                string never = (NeverLost.Count, NeverWon.Count) switch
                {
                    (0, 0) => "",
                    (_, 0) => Text($" Competitor {Names(NeverLost)} never lost."),
                    (0, _) => Text($" Competitor {Names(NeverWon)} never won."),
                    _ => Text($" Competitor {Names(NeverLost)} never lost; {Names(NeverWon)} never won."),
                };
                return Text($"Some competitors beat others every time, so the distance between them has no finite estimate (best first: {GroupNames(Groups)}).{never} Measure more samples, rank by mean score, or ask for a prior.");
            }
        }
    }

    /// <summary>The likelihood keeps rising as a parameter goes to infinity: some direction in the parameters explains every ballot.</summary>
    public sealed record NoFiniteMaximum : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message =>
            "The likelihood has no finite maximum: strengths and the other parameters together explain the ballots ever better as they grow. Collect more ballots, leave parameters out, or ask for a prior.";
    }

    /// <summary>There is a maximum, but some competitors stand so far apart there, or weights differ by so much, that double precision loses how far.</summary>
    public sealed record BeyondPrecision : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message =>
            "Some ratings are too far apart, or some weights too unlike, for double precision: the curvature of the likelihood cannot be inverted. Ask for a prior, or leave out votes of negligible weight.";
    }

    /// <summary>The data cannot tell some parameters apart.</summary>
    /// <param name="What">The parameters, in words.</param>
    public sealed record Unidentified(string What) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => Text($"The ballots cannot tell {What} apart. Vary what was shown, or leave it out.");
    }

    /// <summary>No ballot says who cast it.</summary>
    public sealed record NoVoters : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message => "No ballot says who cast it, so voters cannot be compared. Give the voters, or take another method.";
    }

    /// <summary>A source has too few independent clusters for its covariance to be inverted.</summary>
    /// <param name="Source">Name of the source.</param>
    /// <param name="Clusters">Its independent observations or clusters.</param>
    /// <param name="Needed">How many it needs at least.</param>
    public sealed record TooFewClusters(string Source, int Clusters, int Needed) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message =>
            Text($"Source '{Source}' has {Clusters} independent observations or clusters; comparing it with others needs {Needed} or more. Collect more, or leave it out.");
    }

    /// <summary>A source's covariance says that some difference is known exactly, which no ballots can show.</summary>
    /// <param name="Source">Name of the source.</param>
    public sealed record SingularCovariance(string Source) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message =>
            Text($"The covariance of source '{Source}' has a direction without error, so nothing says how much the source is worth: its ballots are too few or too much alike. Collect more, or leave it out.");
    }

    /// <summary>Sources show different strengths, by more than chance.</summary>
    /// <param name="First">A source; of the two that disagree most.</param>
    /// <param name="Second">The other one.</param>
    /// <param name="Statistic">χ² of all sources together.</param>
    /// <param name="Freedom">Its degrees of freedom.</param>
    /// <param name="PValue">How often chance alone would disagree so much.</param>
    public sealed record SourcesDisagree(string First, string Second, double Statistic, int Freedom, double PValue) : Diagnosis
    {
        /// <inheritdoc/>
        public override string Message =>
            Text($"The sources disagree by more than chance (χ² = {Statistic:0.0} with {Freedom} degrees of freedom, p = {PValue:0.####}; most of all '{First}' and '{Second}'). Show them side by side, or combine despite it.");
    }
}
