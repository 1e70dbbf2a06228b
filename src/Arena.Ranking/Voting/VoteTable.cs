using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Clustering;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Voting;

/// <summary>
/// Ballots or samples as slots with a number each (larger is better; within the margin is level), a weight and a cluster
/// a ballot: what duels and points are counted from, again and again in a bootstrap.
/// </summary>
internal sealed class VoteTable
{
    private readonly int[] _start;
    private readonly int[] _competitor;
    private readonly float[] _value;
    private readonly double[] _weight;
    private readonly float _margin;
    private readonly bool _samples;

    private VoteTable(int competitors, int[] start, int[] competitor, float[] value, double[] weight, int[] cluster, int clusters, float margin, bool samples)
    {
        (Competitors, _start, _competitor, _value, _weight, _margin, _samples) = (competitors, start, competitor, value, weight, margin, samples);
        (Cluster, Clusters) = (cluster, clusters);
    }

    public int Competitors { get; }

    public int Count => _weight.Length;

    /// <summary>Cluster of every ballot.</summary>
    public int[] Cluster { get; }

    public int Clusters { get; }

    /// <summary>First slot of a ballot; the next ballot's first slot ends it.</summary>
    public ReadOnlySpan<int> Starts => _start;

    public ReadOnlySpan<int> CompetitorColumn => _competitor;

    public ReadOnlySpan<float> Values => _value;

    public double Weight(int ballot) => _weight[ballot];

    public double Margin => _margin;

    public static VoteTable Of(Ballots ballots, VoteResampling resampling)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        var value = new float[ballots.Slots];
        ReadOnlySpan<ushort> tiers = ballots.TierColumn;
        for (int s = 0; s < value.Length; s++)
        {
            value[s] = -(tiers[s] & ~Ballots.UnorderedBit);
        }

        double[] weight = ballots.Weights.IsEmpty ? [.. Enumerable.Repeat(1.0, ballots.Count)] : ballots.Weights.ToArray();
        bool allVoters = ballots.Voters >= 2 && !ballots.VoterColumn.Contains(-1);
        ReadOnlySpan<int> named = resampling switch
        {
            VoteResampling.Voters => ballots.VoterColumn,
            VoteResampling.Prompts => ballots.PromptColumn,
            VoteResampling.Auto when allVoters => ballots.VoterColumn,
            _ => default,
        };
        var index = ClusterIndex.Of(named.IsEmpty ? [.. Enumerable.Repeat(ClusterIndex.Own, ballots.Count)] : named);
        return new VoteTable(ballots.Competitors, ballots.Starts.ToArray(), ballots.CompetitorColumn.ToArray(), value, weight, index.Number, index.Clusters, 0, samples: false);
    }

    /// <summary>Every sample is a ballot of those measured on it.</summary>
    public static VoteTable Of(ScoreMatrix scores, VoteResampling resampling)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (resampling is VoteResampling.Voters or VoteResampling.Prompts)
        {
            throw new ArgumentException("Samples have no voters and no prompts: draw them as ballots (VoteResampling.Ballots).", nameof(resampling));
        }

        int n = scores.Competitors, samples = scores.Samples;
        var start = new int[samples + 1];
        var competitor = new List<int>();
        var value = new List<float>();
        var weight = new double[samples];
        var column = new double[n];
        for (int s = 0; s < samples; s++)
        {
            weight[s] = scores.Weight(s);
            ScoreScale scale = scores.ScaleOf(s);
            for (int i = 0; i < n; i++)
            {
                column[i] = (scale.Direction == ScoreDirection.HigherIsBetter ? 1 : -1) * scores.Row(i)[s];
            }

            if (scores.IsMixed)
            {
                MixedColumns.ToCommonMargin(column, n, [scale.TieMargin]);
            }

            for (int i = 0; i < n; i++)
            {
                if (!double.IsNaN(column[i]))
                {
                    competitor.Add(i);
                    value.Add((float)column[i]);
                }
            }

            start[s + 1] = competitor.Count;
        }

        return new VoteTable(n, start, [.. competitor], [.. value], weight, [.. Enumerable.Range(0, samples)], samples, (float)scores.TieMargin, samples: true);
    }

    /// <summary>Applies a rule, or says why these votes cannot be ranked.</summary>
    public bool TryApply<TOptions, TResult>(
        Func<VoteTable, TOptions, TResult> rule,
        TOptions options,
        [NotNullWhen(true)] out TResult? result,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
        where TResult : class
    {
        diagnosis = Diagnose();
        result = diagnosis is null ? rule(this, options) : null;
        return result is not null;
    }

    /// <summary>Why nothing can be ranked: no ballot that compares, one competitor, or competitors that no ballot compares.</summary>
    public Diagnosis? Diagnose()
    {
        if (Competitors == 1)
        {
            return new Diagnosis.OneCompetitor();
        }

        var seen = new bool[Competitors];
        bool any = false;
        for (int b = 0; b < Count; b++)
        {
            if (_weight[b] > 0 && _start[b + 1] - _start[b] > 1)
            {
                any = true;
                foreach (int i in _competitor.AsSpan(_start[b].._start[b + 1]))
                {
                    seen[i] = true;
                }
            }
        }

        if (!any)
        {
            return _samples ? new Diagnosis.NoSamples() : new Diagnosis.NoBallots();
        }

        int[] unseen = [.. Enumerable.Range(0, Competitors).Where(i => !seen[i])];
        return unseen.Length == 0 ? null : _samples ? new Diagnosis.Unmeasured(unseen) : new Diagnosis.Unvoted(unseen);
    }

    /// <summary>Counts the duels.</summary>
    /// <param name="times">How often each cluster was drawn; null is once each.</param>
    public PairwiseVotes Duels(int[]? times)
    {
        int n = Competitors;
        double[] above = new double[n * n], level = new double[n * n];
        for (int b = 0; b < Count; b++)
        {
            double weight = times is null ? _weight[b] : _weight[b] * times[Cluster[b]];
            if (weight <= 0)
            {
                continue;
            }

            ReadOnlySpan<int> who = _competitor.AsSpan(_start[b].._start[b + 1]);
            ReadOnlySpan<float> value = _value.AsSpan(_start[b].._start[b + 1]);
            for (int p = 0; p < who.Length; p++)
            {
                for (int q = p + 1; q < who.Length; q++)
                {
                    float difference = value[p] - value[q];
                    if (difference > _margin)
                    {
                        above[who[p] * n + who[q]] += weight;
                    }
                    else if (-difference > _margin)
                    {
                        above[who[q] * n + who[p]] += weight;
                    }
                    else
                    {
                        level[who[p] * n + who[q]] += weight;
                        level[who[q] * n + who[p]] += weight;
                    }
                }
            }
        }

        return new PairwiseVotes(n, above, level);
    }

    /// <summary>Ballots that show two or more, those on which not all are level, and the clusters they are in: of the board and of each competitor.</summary>
    public (Evidence Board, Evidence[] Competitors) Evidence()
    {
        (int shown, int discordant, int clusters, int before) = (0, 0, 0, 0);
        var own = new (int Shown, int Discordant, int Clusters)[Competitors];
        var last = new int[Competitors];
        foreach (int b in ByCluster())
        {
            ReadOnlySpan<float> value = _value.AsSpan(_start[b].._start[b + 1]);
            if (_weight[b] <= 0 || value.Length < 2)
            {
                continue;
            }

            int cluster = Cluster[b] + 1;

            (float low, float high) = (float.PositiveInfinity, float.NegativeInfinity);
            foreach (float v in value)
            {
                (low, high) = (Math.Min(low, v), Math.Max(high, v));
            }

            int differs = high - low > _margin ? 1 : 0;
            (shown, discordant, clusters) = (shown + 1, discordant + differs, clusters + (cluster == before ? 0 : 1));
            before = cluster;
            foreach (int i in _competitor.AsSpan(_start[b].._start[b + 1]))
            {
                own[i] = (own[i].Shown + 1, own[i].Discordant + differs, own[i].Clusters + (last[i] == cluster ? 0 : 1));
                last[i] = cluster;
            }
        }

        return (
            new Evidence(shown, discordant) { Clusters = clusters },
            [.. own.Select(o => new Evidence(o.Shown, o.Discordant) { Clusters = o.Clusters })]);
    }

    /// <summary>Ballots, those of one cluster next to each other.</summary>
    private int[] ByCluster()
    {
        int[] cluster = [.. Cluster], order = [.. Enumerable.Range(0, Count)];
        Array.Sort(cluster, order);
        return order;
    }
}
