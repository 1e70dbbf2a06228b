using Arena.Ranking.Metrics;

namespace Arena.Ranking.Voting;

/// <summary>Borda points of every slot, counted once; a bootstrap round only adds them up.</summary>
internal sealed class BordaPoints
{
    private readonly VoteTable _table;
    private readonly double[] _points;

    public BordaPoints(VoteTable table)
    {
        _table = table;
        _points = new double[table.CompetitorColumn.Length];
        (float[] sorted, int[] order) = ([], []);
        for (int b = 0; b < table.Count; b++)
        {
            int from = table.Starts[b], to = table.Starts[b + 1];
            if (sorted.Length < to - from)
            {
                (sorted, order) = (new float[2 * (to - from)], new int[2 * (to - from)]);
            }

            OfBallot(table.Values[from..to], table.Margin, _points.AsSpan(from, to - from), sorted.AsSpan(0, to - from), order.AsSpan(0, to - from));
        }
    }

    /// <summary>Points of every competitor.</summary>
    /// <param name="times">How often each cluster was drawn; null is once each.</param>
    /// <param name="scale">Sums or shares; a competitor that was not drawn has the share ½.</param>
    public double[] Scores(int[]? times, BordaScale scale)
    {
        double[] scores = new double[_table.Competitors], possible = new double[_table.Competitors];
        ReadOnlySpan<int> starts = _table.Starts, who = _table.CompetitorColumn;
        for (int b = 0; b < _table.Count; b++)
        {
            double weight = _table.Weight(b) * (times is null ? 1 : times[_table.Cluster[b]]);
            for (int s = starts[b]; weight > 0 && s < starts[b + 1]; s++)
            {
                scores[who[s]] += weight * _points[s];
                possible[who[s]] += weight * (starts[b + 1] - starts[b] - 1);
            }
        }

        for (int i = 0; scale == BordaScale.Share && i < scores.Length; i++)
        {
            scores[i] = possible[i] > 0 ? scores[i] / possible[i] : 0.5;
        }

        return scores;
    }

    /// <summary>Points of the slots of one ballot.</summary>
    public ReadOnlySpan<double> Slots(int from, int to) => _points.AsSpan(from, to - from);

    /// <summary>Whether all competitors could win the same number of points.</summary>
    public bool EvenlyShown()
    {
        var possible = new double[_table.Competitors];
        for (int b = 0; b < _table.Count; b++)
        {
            for (int s = _table.Starts[b]; s < _table.Starts[b + 1]; s++)
            {
                possible[_table.CompetitorColumn[s]] += _table.Weight(b) * (_table.Starts[b + 1] - _table.Starts[b] - 1);
            }
        }

        return Array.TrueForAll(possible, p => Math.Abs(p - possible[0]) <= 1e-9 * possible[0]);
    }

    /// <summary>Every metric ranks by its shares, and those ranks are ballots of one vote each.</summary>
    public static double[] TwoLevel(BordaPoints[] metrics, int[]? times, BordaScale scale)
    {
        var scores = new double[metrics[0]._table.Competitors];
        foreach (BordaPoints metric in metrics)
        {
            // equal shares must be equal numbers, whatever order they were summed in
            double[] ranks = RankDistance.AverageRanks([.. metric.Scores(times, BordaScale.Share).Select(s => Math.Round(s, 12))]);
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] += scores.Length - ranks[i];
            }
        }

        for (int i = 0; scale == BordaScale.Share && i < scores.Length; i++)
        {
            scores[i] /= metrics.Length * (scores.Length - 1.0);
        }

        return scores;
    }

    /// <summary>Beaten + ½ level, on one ballot: by sorting, and two pointers where a margin makes near values level.</summary>
    private static void OfBallot(ReadOnlySpan<float> values, double margin, Span<double> points, Span<float> sorted, Span<int> order)
    {
        values.CopyTo(sorted);
        for (int k = 0; k < order.Length; k++)
        {
            order[k] = k;
        }

        sorted.Sort(order);
        for (int k = 0, below = 0, upTo = 0; k < sorted.Length; k++)
        {
            while (sorted[k] - sorted[below] > margin)
            {
                below++;
            }

            while (upTo < sorted.Length && sorted[upTo] - sorted[k] <= margin)
            {
                upTo++;
            }

            points[order[k]] = below + (upTo - below - 1) / 2.0;
        }
    }
}
