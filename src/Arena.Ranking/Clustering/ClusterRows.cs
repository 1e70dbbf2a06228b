namespace Arena.Ranking.Clustering;

/// <summary>Scores and information summed by cluster while observations pass: a row of 2 n numbers for every cluster met.</summary>
internal sealed class ClusterRows(int parameters)
{
    private readonly Dictionary<int, int> _rowOf = [];
    private readonly List<double[]> _rows = [];
    private readonly OuterProducts _outer = new(parameters);

    /// <summary>Adds observations by their keys, which mean what they mean to a <see cref="ClusterIndex"/>.</summary>
    public void Add(SparseScores scores, ReadOnlySpan<int> keys)
    {
        ReadOnlySpan<int> starts = scores.Starts.Span, items = scores.Items.Span;
        for (int o = 0; o < keys.Length; o++)
        {
            if (keys[o] >= 0)
            {
                double[] row = Row(keys[o]);
                for (int slot = starts[o]; slot < starts[o + 1]; slot++)
                {
                    row[items[slot]] += scores.Values[slot];
                    row[parameters + items[slot]] += scores.Information[slot];
                }
            }
            else if (keys[o] == ClusterIndex.Own)
            {
                for (int slot = starts[o]; slot < starts[o + 1]; slot++)
                {
                    _outer.Add(items[slot], scores.Values[slot], scores.Information[slot]);
                }

                _outer.EndCluster();
            }
        }
    }

    public ClusterSums Finish()
    {
        foreach (double[] row in _rows)
        {
            for (int i = 0; i < parameters; i++)
            {
                if (!row[i].Equals(0.0) || row[parameters + i] > 0)
                {
                    _outer.Add(i, row[i], row[parameters + i]);
                }
            }

            _outer.EndCluster();
        }

        return _outer.Finish();
    }

    private double[] Row(int key)
    {
        if (!_rowOf.TryGetValue(key, out int place))
        {
            _rowOf[key] = place = _rows.Count;
            _rows.Add(new double[2 * parameters]);
        }

        return _rows[place];
    }
}
