using Arena.Ranking.Clustering;

namespace Arena.Ranking.Pairwise;

/// <summary>The middle of the sandwich of <see cref="BradleyTerry"/>, from ballots that are counted, held, or pass once more.</summary>
internal sealed class BallotMeat(TalliedPairs pairs, BradleyTerryOptions options, double[] theta)
{
    private const string Streamed = "Votes of one voter on one prompt passed one by one: each was taken as its own intersection of voter and prompt, which makes intervals a little wider where voters come back to a prompt.";

    private readonly double[] _strengths = BallotScores.Strengths(theta);

    public Meat Of(BallotSource? source)
    {
        if (options.Cluster == ClusterBy.None)
        {
            return Meat.Of(Each(source));
        }

        return source!.Held is not { } held ? OfStream(source)
            : held.IsPairwise ? OfVotes(held)
            : Meat.Of(BallotScores.OfSlots(held, _strengths), Index(held, ClusterBy.Voter), Index(held, ClusterBy.Prompt), options, () => Each(source));
    }

    /// <summary>Votes on two only, put in the order of their clusters.</summary>
    private Meat OfVotes(Ballots ballots)
    {
        bool both = options.Cluster == (ClusterBy.Voter | ClusterBy.Prompt);
        int prompts = 0;
        (VoteScores? byVoter, VoteScores? byPrompt) = (null, null);
        Parallel.Invoke(
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism },
            () => byVoter = Scores(ballots, ClusterBy.Voter, both ? ClusterIndex.Close(ballots.PromptColumn, out prompts) : default),
            () => byPrompt = Scores(ballots, ClusterBy.Prompt, default));
        return Meat.Of(byVoter, byPrompt, prompts, () => BallotScores.OfVotes(pairs.Votes, _strengths), options);
    }

    private VoteScores? Scores(Ballots ballots, ClusterBy way, ReadOnlySpan<int> others) =>
        options.Cluster.HasFlag(way) ? new VoteScores(ClusteredVotes.Of(ballots, way, others), _strengths) : null;

    /// <summary>Every ballot for itself: votes on two from their counts, longer ones read once more.</summary>
    private ClusterSums Each(BallotSource? source)
    {
        ClusterSums sums = BallotScores.OfVotes(pairs.Votes, _strengths);
        if (pairs.Derived is null)
        {
            return sums;
        }

        var outer = new OuterProducts(theta.Length);
        foreach (Ballots batch in source!.Read())
        {
            BallotScores.AddSlates(batch, _strengths, outer);
        }

        return sums.Merge(outer.Finish());
    }

    private Meat OfStream(BallotSource source)
    {
        ClusterRows? voters = options.Cluster.HasFlag(ClusterBy.Voter) ? new ClusterRows(theta.Length) : null;
        ClusterRows? prompts = options.Cluster.HasFlag(ClusterBy.Prompt) ? new ClusterRows(theta.Length) : null;
        foreach (Ballots batch in source.Read())
        {
            SparseScores scores = BallotScores.OfSlots(batch, _strengths);
            voters?.Add(scores, ClusterIndex.Keys(batch, ClusterBy.Voter));
            prompts?.Add(scores, ClusterIndex.Keys(batch, ClusterBy.Prompt));
        }

        if (voters is null || prompts is null)
        {
            return Meat.Of((voters ?? prompts)!.Finish());
        }

        Meat both = Meat.TwoWay(voters.Finish(), prompts.Finish(), Each(source), options);
        return both with { Notes = [Streamed, .. both.Notes] };
    }

    private ClusterIndex? Index(Ballots ballots, ClusterBy way) => options.Cluster.HasFlag(way) ? ClusterIndex.Of(ballots, way) : null;
}
