namespace Arena.Ranking.Clustering;

/// <summary>
/// Score vectors (gradients of the log-likelihood) of observations, of which each touches few parameters: observation o has the values
/// Values[Starts[o] … Starts[o + 1]) at the parameters Items[…]; a parameter that stands twice has both.
/// </summary>
/// <param name="Parameters">Length of a whole vector.</param>
/// <param name="Starts">One an observation, and the number of values.</param>
/// <param name="Items">One a value.</param>
/// <param name="Values">The scores, weights included.</param>
/// <param name="Information">What each value's observation adds to the Hessian's diagonal there, weights included; 0 or more.</param>
internal sealed record SparseScores(int Parameters, ReadOnlyMemory<int> Starts, ReadOnlyMemory<int> Items, double[] Values, double[] Information)
{
    public int Count => Starts.Length - 1;

    /// <summary>How many observations are exactly alike, one each where null; read where every observation stands for itself.</summary>
    public double[]? Copies { get; init; }
}
