using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Arena.Ranking.Clustering;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Pairwise;

/// <summary>Ballots or clusters are drawn with replacement; votes stand in the order of their clusters, so that eight rounds read them once, from front to back; one round where there are so many pairs that eight would not fit.</summary>
internal sealed class DrawnBallots : PairDraws
{
    private const int Wide = 8;
    private const int MostWideCells = 1 << 20;

    private readonly int[] _start;
    private readonly int[] _place;
    private readonly double[]? _weight;
    private readonly int[]? _second;
    private readonly int[] _clustersOf;
    private readonly int _clusters;
    private readonly int _seconds;

    public DrawnBallots(Ballots ballots, PairwiseCounts counts, BradleyTerryOptions options)
        : base(counts, options.PriorTies, counts.Second.Length <= MostWideCells ? Wide : 1)
    {
        bool both = options.Cluster == (ClusterBy.Voter | ClusterBy.Prompt);
        ClusterIndex? prompts = both ? ClusterIndex.Of(ballots, ClusterBy.Prompt) : null;
        var votes = ClusteredVotes.Of(ballots, both ? ClusterBy.Voter : options.Cluster, prompts?.Number);
        _start = [0, .. votes.Start.Skip(1).Where((end, c) => end > votes.Start[c])];
        (_clusters, _seconds, _weight) = (_start.Length - 1, prompts?.Clusters ?? 0, votes.Weights);
        _clustersOf = votes.ClustersOf();
        _second = both ? Array.ConvertAll(votes.Votes, v => v.Other) : null;
        _place = Array.ConvertAll(votes.Votes, vote =>
        {
            (int better, int worse) = (vote.Better, vote.Worse);
            int outcome = vote.Tied ? 2 : better < worse ? 1 : 0;
            return Lanes * (Outcomes * PairPlaces.Find(counts, Math.Min(better, worse), Math.Max(better, worse)) + outcome);
        });
    }

    /// <summary>What the ballots say, with the clusters that are drawn.</summary>
    public BallotEvidence With(BallotEvidence evidence, Ballots ballots) =>
        (_second is null ? evidence : evidence.WithClusters(ballots, ClusterBy.Prompt)).AtMost(_clusters, _clustersOf);

    public override Workspace Room() => new(Outcomes * Lanes * Cells, Lanes * (_clusters + _seconds));

    public override void Draw(ulong seed, int from, int to, Workspace room)
    {
        Array.Clear(room.Times);
        for (int round = from; round < to; round++)
        {
            var random = new Xoshiro256(seed, (ulong)round);
            Resample(ref random, room.Times, round - from, _clusters);
            Resample(ref random, room.Times, Lanes * _clusters + round - from, _seconds);
        }

        Array.Clear(room.Sums);
        Sum(room.Times, room.Sums);
    }

    private void Resample(ref Xoshiro256 random, double[] times, int first, int items)
    {
        for (int k = 0; k < items; k++)
        {
            times[first + Lanes * random.NextBelow(items)]++;
        }
    }

    private void Sum(double[] times, double[] sums)
    {
        if (Lanes == Wide)
        {
            SumWide(times, sums);
            return;
        }

        for (int c = 0; c < _clusters; c++)
        {
            for (int k = _start[c]; times[c] > 0 && k < _start[c + 1]; k++)
            {
                sums[_place[k]] += times[c] * (_second is null ? 1 : times[_clusters + _second[k]]) * (_weight is null ? 1 : _weight[k]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumWide(double[] times, double[] sums)
    {
        ref double own = ref MemoryMarshal.GetArrayDataReference(times), target = ref MemoryMarshal.GetArrayDataReference(sums);
        ref double seconds = ref Unsafe.Add(ref own, Wide * _clusters);
        for (int c = 0; c < _clusters; c++)
        {
            Vector256<double> left = Vector256.LoadUnsafe(ref own, (nuint)(Wide * c)), right = Vector256.LoadUnsafe(ref own, (nuint)(Wide * c + 4));
            for (int k = _start[c]; k < _start[c + 1]; k++)
            {
                (Vector256<double> a, Vector256<double> b) = (left, right);
                if (_second is not null)
                {
                    nuint at = (nuint)(Wide * _second[k]);
                    (a, b) = (a * Vector256.LoadUnsafe(ref seconds, at), b * Vector256.LoadUnsafe(ref seconds, at + 4));
                }

                if (_weight is not null)
                {
                    (a, b) = (a * _weight[k], b * _weight[k]);
                }

                nuint place = (nuint)_place[k];
                (Vector256.LoadUnsafe(ref target, place) + a).StoreUnsafe(ref target, place);
                (Vector256.LoadUnsafe(ref target, place + 4) + b).StoreUnsafe(ref target, place + 4);
            }
        }
    }
}
