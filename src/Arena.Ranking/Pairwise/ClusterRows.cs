using Arena.Ranking.Resampling;

namespace Arena.Ranking.Pairwise;

/// <summary>Scores and information summed by cluster while ballots pass: a row of 2 n numbers for every cluster met.</summary>
internal sealed class ClusterRows(int competitors)
{
    private readonly Dictionary<int, int> _rowOf = [];
    private readonly List<double[]> _rows = [];
    private readonly ClusterAccumulator _sums = new(competitors);

    /// <summary>Complete after <see cref="Finish"/>.</summary>
    public InformationShares Information { get; } = new(competitors);

    public int Clusters { get; private set; }

    /// <summary>Adds ballots; one whose key is −1 is a cluster of its own.</summary>
    public void Add(Ballots ballots, ReadOnlySpan<int> keys, double[] scores, double[] information)
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
                    Information.Add(competitor[slot], information[slot]);
                }
                else
                {
                    row[competitor[slot]] += scores[slot];
                    row[competitors + competitor[slot]] += information[slot];
                }
            }

            if (row is null)
            {
                _sums.EndCluster();
                Information.EndCluster();
                Clusters++;
            }
        }
    }

    /// <summary>The sums (lower half) and the number of clusters each competitor is in.</summary>
    public (double[] Sums, int[] ClustersOf) Finish()
    {
        foreach (double[] row in _rows)
        {
            for (int i = 0; i < competitors; i++)
            {
                if (!row[i].Equals(0.0))
                {
                    _sums.Add(i, row[i]);
                }

                Information.Add(i, row[competitors + i]);
            }

            _sums.EndCluster();
            Information.EndCluster();
        }

        Clusters += _rows.Count;
        return _sums.Finish();
    }

    private double[] Row(int key)
    {
        if (!_rowOf.TryGetValue(key, out int place))
        {
            _rowOf[key] = place = _rows.Count;
            _rows.Add(new double[2 * competitors]);
        }

        return _rows[place];
    }
}
