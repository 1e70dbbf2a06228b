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
        public override string Message => "There is no competitor. Give at least one.";
    }

    /// <summary>The matrix has no column, or every column is without a score or has weight 0.</summary>
    public sealed record NoSamples : Diagnosis
    {
        public override string Message => "There is no sample with a score and a weight above 0. Give at least one.";
    }

    /// <summary>A score is infinite. (NaN means missing and is allowed.)</summary>
    public sealed record InfiniteScore(int Competitor, int Sample) : Diagnosis
    {
        public override string Message =>
            Text($"The score of competitor {Competitor} on sample {Sample} is infinite. Give a finite number, or NaN where it is missing.");
    }

    /// <summary>A score does not fit the declared kind.</summary>
    public sealed record WrongKind(int Competitor, int Sample, float Score, ScoreKind Kind) : Diagnosis
    {
        public override string Message => Kind == ScoreKind.Binary
            ? Text($"The score of competitor {Competitor} on sample {Sample} is {Score}, but binary scores are 0 or 1. Declare the scores numeric or ordinal.")
            : Text($"The score of competitor {Competitor} on sample {Sample} is {Score}, but ordinal scores are whole numbers. Declare the scores numeric.");
    }

    /// <summary>A weight is negative or not a finite number.</summary>
    public sealed record InvalidWeight(int Sample, double Weight) : Diagnosis
    {
        public override string Message => Text($"The weight of sample {Sample} is {Weight}. Give a finite number of 0 or more.");
    }

    /// <summary>The tie margin is negative or not a finite number.</summary>
    public sealed record InvalidTieMargin(double TieMargin) : Diagnosis
    {
        public override string Message => Text($"The tie margin is {TieMargin}. Give a finite number of 0 or more.");
    }

    /// <summary>Columns are on different scales, and the method adds scores up.</summary>
    public sealed record MixedScales : Diagnosis
    {
        public override string Message => "The samples are scored on different scales, so their scores cannot be averaged. Take a method that reads the order on each sample (OneBench, BradleyTerry), or one scale at a time.";
    }

    /// <summary>There is no ballot of positive weight that compares anybody.</summary>
    public sealed record NoBallots : Diagnosis
    {
        public override string Message => "There is no ballot with two competitors and a weight above 0. Give at least one.";
    }

    /// <summary>A ballot names a competitor that does not exist.</summary>
    public sealed record UnknownCompetitor(int Ballot, int Competitor, int Competitors) : Diagnosis
    {
        public override string Message =>
            Text($"Ballot {Ballot} names competitor {Competitor}, but there are {Competitors}, numbered from 0. Correct the number, or make room for more competitors.");
    }

    /// <summary>A ballot names a competitor twice.</summary>
    public sealed record DuplicateCompetitor(int Ballot, int Competitor) : Diagnosis
    {
        public override string Message => Text($"Ballot {Ballot} names competitor {Competitor} twice. Name each once.");
    }

    /// <summary>A ballot has more competitors than a ballot can hold.</summary>
    public sealed record BallotTooLong(int Ballot, int Length, int Most) : Diagnosis
    {
        public override string Message => Text($"Ballot {Ballot} has {Length} competitors; at most {Most} fit. Split it.");
    }

    /// <summary>A ballot's weight is negative or not a finite number.</summary>
    public sealed record InvalidBallotWeight(int Ballot, double Weight) : Diagnosis
    {
        public override string Message => Text($"The weight of ballot {Ballot} is {Weight}. Give a finite number of 0 or more.");
    }

    /// <summary>The method does not read ballots of this kind.</summary>
    public sealed record UnsuitableBallot(int Ballot, string Needs) : Diagnosis
    {
        public override string Message => Text($"Ballot {Ballot} does not suit this method: it needs {Needs}. Leave such ballots out, or take another method.");
    }

    /// <summary>These competitors have no ballot that compares them with anybody.</summary>
    public sealed record Unvoted(IReadOnlyList<int> Competitors) : Diagnosis
    {
        public override string Message => Text($"No vote yet for or against competitor {Names(Competitors)}. Leave them out until they have one, or ask for a prior.");
    }

    /// <summary>These competitors have no score on any sample that counts.</summary>
    public sealed record Unmeasured(IReadOnlyList<int> Competitors) : Diagnosis
    {
        public override string Message =>
            Text($"No score yet for competitor {Names(Competitors)}. Leave them out (ScoreMatrix.Select) until they have one.");
    }

    /// <summary>A method that compares needs two.</summary>
    public sealed record OneCompetitor : Diagnosis
    {
        public override string Message => "There is one competitor and nobody to compare it with. Add a second one, or rank by mean score.";
    }

    /// <summary>No chain of shared samples links these groups, so nothing says how one compares with another.</summary>
    public sealed record Disconnected(IReadOnlyList<IReadOnlyList<int>> Components) : Diagnosis
    {
        public override string Message =>
            Text($"The comparisons fall into {Components.Count} groups without a sample in common: {GroupNames(Components)}. Rank the groups apart, measure them on common samples, or ask for a prior.");
    }

    /// <summary>Every comparison is a tie: there is nothing to tell the competitors apart.</summary>
    public sealed record OnlyTies : Diagnosis
    {
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
        public override string Message =>
            "The likelihood has no finite maximum: strengths and the other parameters together explain the ballots ever better as they grow. Collect more ballots, leave parameters out, or ask for a prior.";
    }

    /// <summary>The data cannot tell some parameters apart.</summary>
    public sealed record Unidentified(string What) : Diagnosis
    {
        public override string Message => Text($"The ballots cannot tell {What} apart. Vary what was shown, or leave it out.");
    }

    /// <summary>No ballot says who cast it.</summary>
    public sealed record NoVoters : Diagnosis
    {
        public override string Message => "No ballot says who cast it, so voters cannot be compared. Give the voters, or take another method.";
    }

    /// <summary>A source has too few independent clusters for its covariance to be inverted.</summary>
    public sealed record TooFewClusters(string Source, int Clusters, int Needed) : Diagnosis
    {
        public override string Message =>
            Text($"Source '{Source}' has {Clusters} independent observations or clusters; comparing it with others needs {Needed} or more. Collect more, or leave it out.");
    }

    /// <summary>Sources show different strengths, by more than chance.</summary>
    public sealed record SourcesDisagree(string First, string Second, double Statistic, int Freedom, double PValue) : Diagnosis
    {
        public override string Message =>
            Text($"The sources disagree by more than chance (χ² = {Statistic:0.0} with {Freedom} degrees of freedom, p = {PValue:0.####}; most of all '{First}' and '{Second}'). Show them side by side, or combine despite it.");
    }
}
