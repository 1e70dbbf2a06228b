namespace Arena.Ranking.Pairwise;

/// <summary>Scores summed by cluster while ballots pass: a row of n numbers for every cluster met.</summary>
internal sealed class ClusterRows(int competitors)
{
    private readonly Dictionary<int, int> _rowOf = [];
    private readonly List<double[]> _rows = [];
    private readonly ClusterAccumulator _sums = new(competitors);

    public int Clusters { get; private set; }

    /// <summary>Adds ballots; one whose key is −1 is a cluster of its own.</summary>
    public void Add(Ballots ballots, ReadOnlySpan<int> keys, double[] scores)
    {
        ReadOnlySpan<int> start = ballots.Starts, competitor = ballots.CompetitorColumn;
        for (int b = 0; b < ballots.Count; b++)
        {
            if (!BallotScores.Compares(ballots, b))
            {
                continue;
            }

            int key = keys.IsEmpty ? -1 : keys[b];
            double[]? row = key < 0 ? null : Row(key);
            for (int slot = start[b]; slot < start[b + 1]; slot++)
            {
                if (row is null)
                {
                    _sums.Add(competitor[slot], scores[slot]);
                }
                else
                {
                    row[competitor[slot]] += scores[slot];
                }
            }

            if (row is null)
            {
                _sums.EndCluster();
                Clusters++;
            }
        }
    }

    /// <summary>The sums (lower half) and the number of clusters each competitor is in.</summary>
    public (double[] Sums, int[] ClustersOf) Finish()
    {
        foreach (double[] row in _rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                if (!row[i].Equals(0.0))
                {
                    _sums.Add(i, row[i]);
                }
            }

            _sums.EndCluster();
        }

        Clusters += _rows.Count;
        return _sums.Finish();
    }

    private double[] Row(int key)
    {
        if (!_rowOf.TryGetValue(key, out int place))
        {
            _rowOf[key] = place = _rows.Count;
            _rows.Add(new double[competitors]);
        }

        return _rows[place];
    }
}
