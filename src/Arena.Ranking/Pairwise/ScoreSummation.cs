using System.Runtime.InteropServices;
using Arena.Ranking.Numerics;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Pairwise;

/// <summary>The middle of the sandwich.</summary>
/// <param name="Sums">n × n, symmetric.</param>
/// <param name="Clusters">Independent clusters: the fewer of voters and prompts, or ballots.</param>
/// <param name="ClustersOf">Those each competitor is in; null where every ballot is one.</param>
/// <param name="Shares">How much of the information on each competitor shares a cluster: <see cref="InformationShares"/>.</param>
/// <param name="Notes">What a reader should know.</param>
internal sealed record ScoreSums(double[] Sums, int Clusters, int[]? ClustersOf, double[] Shares, IReadOnlyList<string> Notes);

/// <summary>
/// Sums u uᵀ over ballots, voters, prompts, or G_voter + G_prompt − G_voter∩prompt; what few clusters lack is not made up for yet.
/// </summary>
internal sealed class ScoreSummation(TalliedPairs pairs, BradleyTerryOptions options, double[] theta)
{
    private readonly int _n = theta.Length;
    private readonly double[] _strengths = BallotScores.Strengths(theta);
    private readonly double[] _total = TotalScore(theta, options.PriorTies);

    public ScoreSums Of(BallotSource? source)
    {
        if (options.Cluster == ClusterBy.None)
        {
            double[] sums = ByBallot(source);
            Finish(sums, pairs.Board.Observations);
            return new ScoreSums(sums, pairs.Board.Observations, null, SharesOfBallots(source).Shares(), []);
        }

        return source!.Held is { } held ? Clustered(held) : Streamed(source);
    }

    private double[] ByBallot(BallotSource? source)
    {
        double[] sums = ScoreCovariance.OfVotes(pairs.Votes, _strengths);
        if (pairs.Derived is not null)
        {
            foreach (Ballots batch in source!.Read())
            {
                ScoreCovariance.AddSlates(batch, BallotScores.OfSlots(batch, _strengths), sums);
            }
        }

        return sums;
    }

    private ScoreSums Clustered(Ballots ballots)
    {
        double[] scores = BallotScores.OfSlots(ballots, _strengths), information = BallotScores.Information(ballots, _strengths);
        var covariance = new ClusterCovariance(ballots, scores, options.MaxDegreeOfParallelism);
        if (options.Cluster != (ClusterBy.Voter | ClusterBy.Prompt))
        {
            var index = ClusterIndex.Of(ClusterIndex.Keys(ballots, options.Cluster == ClusterBy.Voter ? ballots.VoterColumn : ballots.PromptColumn));
            (double[] sums, int[] clustersOf) = covariance.Sum(index);
            Finish(sums, index.Clusters);
            return new ScoreSums(sums, index.Clusters, clustersOf, InformationShares.Of(ballots.Starts, ballots.CompetitorColumn, information, _n, index), []);
        }

        int[] promptKeys = ClusterIndex.Keys(ballots, ballots.PromptColumn);
        ClusterIndex voters = ClusterIndex.Of(ClusterIndex.Keys(ballots, ballots.VoterColumn)), prompts = ClusterIndex.Of(promptKeys);
        (double[] byVoter, int[] votersOf) = covariance.Sum(voters);
        (double[] byPrompt, int[] promptsOf) = covariance.Sum(prompts);
        (double[] byBoth, int both) = Intersections(ballots, covariance, voters, promptKeys);
        return TwoWay(
            (byVoter, voters.Clusters, votersOf),
            (byPrompt, prompts.Clusters, promptsOf),
            (byBoth, both),
            InformationShares.Of(ballots.Starts, ballots.CompetitorColumn, information, _n, voters, prompts),
            []);
    }

    private ScoreSums Streamed(BallotSource source)
    {
        var (voters, prompts) = (new ClusterRows(_n), new ClusterRows(_n));
        foreach (Ballots batch in source.Read())
        {
            double[] scores = BallotScores.OfSlots(batch, _strengths), information = BallotScores.Information(batch, _strengths);
            if (options.Cluster.HasFlag(ClusterBy.Voter))
            {
                voters.Add(batch, batch.VoterColumn, scores, information);
            }

            if (options.Cluster.HasFlag(ClusterBy.Prompt))
            {
                prompts.Add(batch, batch.PromptColumn, scores, information);
            }
        }

        if (options.Cluster != (ClusterBy.Voter | ClusterBy.Prompt))
        {
            ClusterRows rows = options.Cluster == ClusterBy.Voter ? voters : prompts;
            (double[] sums, int[] clustersOf) = rows.Finish();
            Finish(sums, rows.Clusters);
            return new ScoreSums(sums, rows.Clusters, clustersOf, rows.Information.Shares(), []);
        }

        (double[] byVoter, int[] votersOf) = voters.Finish();
        (double[] byPrompt, int[] promptsOf) = prompts.Finish();
        return TwoWay(
            (byVoter, voters.Clusters, votersOf),
            (byPrompt, prompts.Clusters, promptsOf),
            (ByBallot(source), pairs.Board.Observations),
            InformationShares.BothWays(voters.Information, prompts.Information, SharesOfBallots(source)),
            ["Votes of one voter on one prompt passed one by one: each was taken as its own intersection of voter and prompt, which makes intervals a little wider where voters come back to a prompt."]);
    }

    private ScoreSums TwoWay(
        (double[] Sums, int Clusters, int[] Of) voter,
        (double[] Sums, int Clusters, int[] Of) prompt,
        (double[] Sums, int Clusters) both,
        double[] shares,
        List<string> notes)
    {
        Finish(voter.Sums, voter.Clusters);
        Finish(prompt.Sums, prompt.Clusters);
        Finish(both.Sums, both.Clusters);
        for (int k = 0; k < voter.Sums.Length; k++)
        {
            voter.Sums[k] += prompt.Sums[k] - both.Sums[k];
        }

        if (ScoreCovariance.MakeSemidefinite(voter.Sums, _n, options.MaxDegreeOfParallelism))
        {
            notes.Add("The two-way covariance had negative eigenvalues, taken as 0: there is little evidence of one of the two ways of clustering.");
        }

        return new ScoreSums(
            voter.Sums, Math.Min(voter.Clusters, prompt.Clusters), [.. voter.Of.Zip(prompt.Of, Math.Min)], shares, notes);
    }

    /// <summary>Ballots of one voter on one prompt are one; nearly always that is a single ballot, so only the others are summed anew.</summary>
    private (double[] Sums, int Clusters) Intersections(Ballots ballots, ClusterCovariance covariance, ClusterIndex voters, int[] prompts)
    {
        int count = voters.Ballot.Length;
        double[] sums = ByBallot(BallotSource.Of(ballots));
        int[]? together = RepeatedKeys(voters, prompts, out int repeats);
        if (together is not null)
        {
            (double[] whole, _) = covariance.Sum(ClusterIndex.Of(together));
            (double[] single, _) = covariance.Sum(ClusterIndex.Of(Array.ConvertAll(together, key => key >= 0 ? ClusterIndex.Own : ClusterIndex.Nowhere)));
            for (int k = 0; k < sums.Length; k++)
            {
                sums[k] += whole[k] - single[k];
            }
        }

        return (sums, count - repeats);
    }

    /// <summary>A key for every voter and prompt with several ballots, <see cref="ClusterIndex.Nowhere"/> for the rest; null where there is none.</summary>
    private static int[]? RepeatedKeys(ClusterIndex voters, int[] prompts, out int repeats)
    {
        repeats = 0;
        int[]? keys = null;
        int next = 0;
        var prompt = new List<int>();
        for (int c = 0; c < voters.Clusters; c++)
        {
            Span<int> ballots = voters.Ballot.AsSpan(voters.Start[c]..voters.Start[c + 1]);
            if (ballots.Length < 2)
            {
                continue;
            }

            prompt.Clear();
            foreach (int b in ballots)
            {
                prompt.Add(prompts[b]);
            }

            Span<int> of = CollectionsMarshal.AsSpan(prompt);
            int[] order = ballots.ToArray();
            of.Sort(order.AsSpan());
            for (int k = 0, run = 1; k < order.Length; k += run)
            {
                for (run = 1; of[k] >= 0 && k + run < order.Length && of[k + run] == of[k]; run++)
                {
                }

                if (run > 1)
                {
                    keys ??= Filled(prompts.Length);
                    foreach (int b in order.AsSpan(k, run))
                    {
                        keys[b] = next;
                    }

                    repeats += run - 1;
                    next++;
                }
            }
        }

        return keys;

        static int[] Filled(int length)
        {
            var filled = new int[length];
            Array.Fill(filled, ClusterIndex.Nowhere);
            return filled;
        }
    }

    /// <summary>Every ballot for itself: votes on two from their counts.</summary>
    private InformationShares SharesOfBallots(BallotSource? source)
    {
        var shares = new InformationShares(_n);
        PairCells cells = pairs.Votes;
        for (int i = 0; i < _n; i++)
        {
            for (int c = cells.Start[i]; c < cells.Start[i + 1]; c++)
            {
                double sum = _strengths[i] + _strengths[cells.Second[c]], bend = _strengths[i] / sum * (_strengths[cells.Second[c]] / sum);
                double total = bend * (cells.Won[c] + cells.Lost[c] + cells.Tied[c]);
                double squares = bend * bend * (cells.Squares.Won[c] + cells.Squares.Lost[c] + cells.Squares.Tied[c]);
                shares.AddClusters(i, total, squares);
                shares.AddClusters(cells.Second[c], total, squares);
            }
        }

        if (pairs.Derived is not null)
        {
            foreach (Ballots batch in source!.Read())
            {
                shares.AddSlates(batch, BallotScores.Information(batch, _strengths));
            }
        }

        return shares;
    }

    /// <summary>Mirrors, and takes the prior's fixed share out of what varies.</summary>
    private void Finish(double[] sums, int clusters)
    {
        DenseCholesky.Mirror(sums, _n);
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j < _n; j++)
            {
                sums[i * _n + j] -= _total[i] * _total[j] / Math.Max(1, clusters);
            }
        }
    }

    /// <summary>What the scores of all ballots add up to at the maximum: 0, or what balances the prior.</summary>
    private static double[] TotalScore(double[] theta, double priorTies)
    {
        var total = new double[theta.Length];
        for (int i = 0; priorTies > 0 && i < theta.Length; i++)
        {
            foreach (double other in theta)
            {
                total[i] += priorTies * (BradleyTerryMaximiser.Sigmoid(theta[i] - other) - 0.5);
            }
        }

        return total;
    }
}
