using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Arena.Ranking.Clustering;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Pairwise;

/// <summary>Bradley–Terry on drawn votes: counts are drawn anew, the fit continues from that to all votes.</summary>
internal static class BradleyTerryBootstrap
{
    /// <summary>Refits stop when no log-strength moves by more than this: 0.0002 points.</summary>
    private const double Tolerance = 1e-6;

    /// <param name="evidence">The pairs, and what the result stands on.</param>
    /// <param name="options">Rounds, seed, clusters, prior, anchor.</param>
    /// <param name="ballots">What to draw from; null draws the counts themselves.</param>
    public static Standings Run(BallotEvidence evidence, BradleyTerryOptions options, Ballots? ballots)
    {
        var fit = new BradleyTerryBallotFit(evidence.Pairs, options);
        if (fit.Diagnose() is { } diagnosis)
        {
            throw new RankingException(diagnosis);
        }

        PairwiseCounts counts = fit.Counts;
        int n = counts.Competitors;
        (double[] theta, int iterations, StopReason reason) = new BradleyTerryMaximiser(counts, options).Maximise();
        IPairDraws draws = ballots is null
            ? new CountDraws(evidence.Pairs.Votes, counts, options.PriorTies)
            : new DrawnBallots(ballots, counts, options);
        BradleyTerryOptions refit = options with { Tolerance = Math.Max(Tolerance, options.Tolerance), MaxDegreeOfParallelism = 1 };
        var rounds = new BootstrapRounds(options, n);
        rounds.Run(draws.Room, (round, room) =>
        {
            PairwiseCounts drawn = draws.Draw(new Xoshiro256(options.Seed, (ulong)round), room);
            if (options.PriorTies.Equals(0.0) && drawn.Diagnose() is { } fault)
            {
                throw new RankingException(fault);
            }

            return Ratings(new BradleyTerryMaximiser(drawn, refit).Maximise(theta, options.MaxIterations).Theta, options.Anchor);
        });
        return rounds.Standings(
            evidence.Maker(BradleyTerry.Name, options, options.PriorTies > 0), Ratings(theta, options.Anchor), new FitDiagnostics(iterations, reason, 0, []));
    }

    private static double[] Ratings(double[] theta, int? anchor)
    {
        double shift = anchor is { } a ? theta[a] : 0;
        return Array.ConvertAll(theta, t => EloScale.Centre + EloScale.Unit * (t - shift));
    }
}

/// <summary>A way to draw pairwise counts.</summary>
internal interface IPairDraws
{
    int[] Room();

    PairwiseCounts Draw(Xoshiro256 random, int[] room);
}

/// <summary>Every count of a pair and outcome is drawn as Poisson with its own size as mean.</summary>
internal sealed class CountDraws(PairCells votes, PairwiseCounts counts, double priorTies) : IPairDraws
{
    private readonly int[] _cellOf = PairPlaces.Of(votes, counts);

    public int[] Room() => [];

    public PairwiseCounts Draw(Xoshiro256 random, int[] room)
    {
        (double[] won, double[] lost) = PairPlaces.Prior(counts, priorTies);
        for (int c = 0; c < votes.Count; c++)
        {
            double ties = random.NextPoisson(votes.Tied[c]) / 2.0;
            won[_cellOf[c]] += random.NextPoisson(votes.Won[c]) + ties;
            lost[_cellOf[c]] += random.NextPoisson(votes.Lost[c]) + ties;
        }

        return counts.With(won, lost);
    }
}

/// <summary>Ballots or clusters are drawn with replacement; votes stand in the order of their clusters, so that a round reads them once, from front to back.</summary>
internal sealed class DrawnBallots : IPairDraws
{
    private const int Outcomes = 4;

    private readonly PairwiseCounts _counts;
    private readonly double _priorTies;
    private readonly int[] _start;
    private readonly List<int> _place = [];
    private readonly List<double>? _weight;
    private readonly List<int>? _second;
    private readonly int _seconds;

    public DrawnBallots(Ballots ballots, PairwiseCounts counts, BradleyTerryOptions options)
    {
        (_counts, _priorTies) = (counts, options.PriorTies);
        ClusterBy main = options.Cluster.HasFlag(ClusterBy.Voter) ? ClusterBy.Voter : options.Cluster;
        ClusterIndex index = ClusterIndex.Of(ballots, main);
        int[]? secondOf = null;
        if (options.Cluster == (ClusterBy.Voter | ClusterBy.Prompt))
        {
            ClusterIndex prompts = ClusterIndex.Of(ballots, ClusterBy.Prompt);
            (secondOf, _seconds, _second) = (prompts.Number, prompts.Clusters, []);
        }

        _weight = ballots.Weights.IsEmpty ? null : [];
        _start = new int[index.Clusters + 1];
        for (int c = 0; c < index.Clusters; c++)
        {
            for (int k = index.Start[c]; k < index.Start[c + 1]; k++)
            {
                Take(ballots[index.Order[k]], secondOf?[index.Order[k]] ?? 0);
            }

            _start[c + 1] = _place.Count;
        }
    }

    public int[] Room() => new int[_start.Length - 1 + _seconds];

    public PairwiseCounts Draw(Xoshiro256 random, int[] room)
    {
        int clusters = _start.Length - 1;
        random.Resample(room.AsSpan(0, clusters));
        random.Resample(room.AsSpan(clusters));
        double[] sums = Sum(room.AsSpan(0, clusters), room.AsSpan(clusters));
        (double[] won, double[] lost) = PairPlaces.Prior(_counts, _priorTies);
        for (int c = 0; c < won.Length; c++)
        {
            double ties = sums[Outcomes * c + 2] / 2;
            won[c] += sums[Outcomes * c + 1] + ties;
            lost[c] += sums[Outcomes * c] + ties;
        }

        return _counts.With(won, lost);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] Sum(ReadOnlySpan<int> times, ReadOnlySpan<int> secondTimes)
    {
        ReadOnlySpan<int> place = CollectionsMarshal.AsSpan(_place);
        ReadOnlySpan<double> weight = CollectionsMarshal.AsSpan(_weight);
        ReadOnlySpan<int> second = CollectionsMarshal.AsSpan(_second);
        var sums = new double[Outcomes * _counts.Second.Length];
        for (int c = 0; c < times.Length; c++)
        {
            if (times[c] == 0)
            {
                continue;
            }

            double share = times[c];
            ReadOnlySpan<int> own = place[_start[c].._start[c + 1]];
            if (_weight is null && _second is null)
            {
                foreach (int at in own)
                {
                    sums[at] += share;
                }
            }
            else
            {
                for (int k = 0, e = _start[c]; k < own.Length; k++, e++)
                {
                    sums[own[k]] += share * (weight.IsEmpty ? 1 : weight[e]) * (second.IsEmpty ? 1 : secondTimes[second[e]]);
                }
            }
        }

        return sums;
    }

    private void Take(in Ballot ballot, int second)
    {
        for (int a = 0; a < ballot.Length; a++)
        {
            for (int b = a + 1; b < ballot.Length; b++)
            {
                bool tied = ballot.Tier(a) == ballot.Tier(b);
                if (tied && ballot.KindOfTier(a) == TierKind.Unordered)
                {
                    continue;
                }

                int better = ballot.Competitors[a], other = ballot.Competitors[b];
                _place.Add(Outcomes * PairPlaces.Find(_counts, Math.Min(better, other), Math.Max(better, other)) + (tied ? 2 : better < other ? 1 : 0));
                _weight?.Add(ballot.Weight);
                _second?.Add(second);
            }
        }
    }
}

/// <summary>Where a pair stands among the counts, which hold every pair where there is a prior.</summary>
internal static class PairPlaces
{
    public static int Find(PairwiseCounts counts, int low, int high)
    {
        int length = counts.Start[low + 1] - counts.Start[low];
        return length == counts.Competitors - low - 1
            ? counts.Start[low] + high - low - 1
            : Array.BinarySearch(counts.Second, counts.Start[low], length, high);
    }

    public static int[] Of(PairCells cells, PairwiseCounts counts)
    {
        var places = new int[cells.Count];
        for (int i = 0; i < cells.Competitors; i++)
        {
            for (int c = cells.Start[i]; c < cells.Start[i + 1]; c++)
            {
                places[c] = Find(counts, i, cells.Second[c]);
            }
        }

        return places;
    }

    /// <summary>Counts of the prior alone.</summary>
    public static (double[] Won, double[] Lost) Prior(PairwiseCounts counts, double priorTies)
    {
        var (won, lost) = (new double[counts.Second.Length], new double[counts.Second.Length]);
        if (priorTies > 0)
        {
            Array.Fill(won, priorTies / 2);
            Array.Fill(lost, priorTies / 2);
        }

        return (won, lost);
    }
}
