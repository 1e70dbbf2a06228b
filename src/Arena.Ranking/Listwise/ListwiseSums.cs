namespace Arena.Ranking.Listwise;

/// <summary>What a pass over orderings adds up.</summary>
internal sealed class ListwiseSums
{
    public ListwiseSums(int competitors, bool curvature, bool chain)
    {
        Gradient = new double[competitors];
        Curvature = curvature ? new double[competitors * competitors] : null;
        Chain = chain ? new double[competitors * competitors] : null;
    }

    public double LogLikelihood { get; set; }

    public double[] Gradient { get; }

    /// <summary>n × n: ∂²ℓ/∂θᵢ∂θⱼ, written at (better, worse) only until <see cref="Fold"/>; null where not asked for.</summary>
    public double[]? Curvature { get; }

    /// <summary>n × n: rates from the row to the column; null where not asked for.</summary>
    public double[]? Chain { get; }

    public void Clear()
    {
        LogLikelihood = 0;
        Array.Clear(Gradient);
        Array.Clear(Curvature ?? []);
        Array.Clear(Chain ?? []);
    }

    public void Add(ListwiseSums other)
    {
        LogLikelihood += other.LogLikelihood;
        Add(Gradient, other.Gradient);
        Add(Curvature, other.Curvature);
        Add(Chain, other.Chain);
    }

    /// <summary>Curvature + its transpose.</summary>
    public void Fold()
    {
        int n = Gradient.Length;
        for (int i = 0; Curvature is not null && i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                Curvature[i * n + j] = Curvature[j * n + i] = Curvature[i * n + j] + Curvature[j * n + i];
            }
        }
    }

    private static void Add(double[]? target, double[]? source)
    {
        if (target is null || source is null)
        {
            return;
        }

        int k = 0, lanes = System.Numerics.Vector<double>.Count;
        for (; k <= target.Length - lanes; k += lanes)
        {
            (new System.Numerics.Vector<double>(target, k) + new System.Numerics.Vector<double>(source, k)).CopyTo(target, k);
        }

        for (; k < target.Length; k++)
        {
            target[k] += source[k];
        }
    }
}
