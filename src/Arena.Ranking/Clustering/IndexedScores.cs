using System.Runtime.InteropServices;

namespace Arena.Ranking.Clustering;

/// <summary>Scores of observations, read by an index of their clusters.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct IndexedScores(SparseScores scores, ClusterIndex index, ClusterIndex? other) : IClusteredScores
{
    public int Parameters => scores.Parameters;

    public int[] Start => index.Start;

    public void AddTo(OuterProducts outer, int position)
    {
        int o = index.Order[position];
        ReadOnlySpan<int> starts = scores.Starts.Span, items = scores.Items.Span;
        for (int k = starts[o]; k < starts[o + 1]; k++)
        {
            outer.Add(items[k], scores.Values[k], scores.Information[k]);
        }
    }

    public int Other(int position) => other!.Number[index.Order[position]];
}
