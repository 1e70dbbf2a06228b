namespace Arena.Ranking.Selection;

/// <summary>Options of <see cref="TransportSelection"/>.</summary>
public sealed record TransportSelectionOptions
{
    /// <summary>Entropic regularisation, in units of the squared whitened distance a dimension (random pairs are about 2 apart), above 0. Default: 0.1.</summary>
    public double Regularisation
    {
        get;
        init => field = Require.Positive(value, "The regularisation is a finite number above 0, such as 0.1.");
    } = 0.1;

    /// <summary>Most Sinkhorn rounds for each sample chosen; they start from the potentials before, so stopping short of <see cref="Tolerance"/> costs little. Default: 100.</summary>
    public int MaxIterations
    {
        get;
        init => field = Require.AtLeast(value, 1, "Allow 1 round or more, such as 100.");
    } = 100;

    /// <summary>Sinkhorn stops when no potential moves by more than this. Default: 1e-6.</summary>
    public double Tolerance
    {
        get;
        init => field = Require.Positive(value, "The tolerance is a finite number above 0, such as 1e-6.");
    } = 1e-6;
}

/// <summary>Samples chosen to look like a target.</summary>
/// <param name="Samples">Rows of the pool, in the order chosen: every beginning of it is a choice too.</param>
/// <param name="Divergence">Sinkhorn divergence between the choice and the target; 0 is equal.</param>
public sealed record TransportChoice(IReadOnlyList<int> Samples, double Divergence);

/// <summary>
/// Chooses samples whose features are distributed as a target's: greedily (Frank–Wolfe steps, as kernel herding does) down the
/// Sinkhorn divergence S(α, β) = OT_ε(α, β) − ½OT_ε(α, α) − ½OT_ε(β, β) (Feydy et al. 2019), the next sample being the one at
/// which the potential f_αβ − f_αα is least. Distances are squared Euclidean over whitened features, divided by their number.
/// </summary>
/// <remarks>
/// Whitening takes the covariance of pool and target together, so units and correlations of features do not matter; directions
/// without any variance are dropped. One choice costs (pool + rounds · chosen) · (target + chosen) exponentials. Use it to make a small suite resemble the
/// traffic it stands for. It matches features, not difficulty: features that say nothing about the task match nothing of worth.
/// </remarks>
public static class TransportSelection
{
    /// <summary>Chooses samples of the pool.</summary>
    /// <param name="pool">Rows of features, one a sample.</param>
    /// <param name="target">Rows of the same features.</param>
    /// <param name="features">Numbers a row.</param>
    /// <param name="budget">How many to choose, from 1 to the rows of the pool.</param>
    /// <param name="options">Regularisation and rounds.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, a number is not finite, or the budget is out of range.</exception>
    public static TransportChoice Select(ReadOnlySpan<double> pool, ReadOnlySpan<double> target, int features, int budget, TransportSelectionOptions? options = null)
    {
        options ??= new TransportSelectionOptions();
        (double[] from, double[] to, int width) = Whitening.Together(pool, target, features);
        int n = pool.Length / features;
        if (budget < 1 || budget > n)
        {
            throw new ArgumentException($"The pool has {n} samples, but {budget} were asked for.", nameof(budget));
        }

        var chosen = new List<int>(budget);
        var taken = new bool[n];
        var sinkhorn = new Sinkhorn(from, to, width, options);
        for (int k = 0; k < budget; k++)
        {
            int best = -1;
            double least = double.PositiveInfinity;
            for (int i = 0; i < n; i++)
            {
                if (!taken[i])
                {
                    double slope = sinkhorn.Slope(i);
                    (best, least) = best < 0 || slope < least ? (i, slope) : (best, least);
                }
            }

            taken[best] = true;
            chosen.Add(best);
            sinkhorn.Take(best);
        }

        return new TransportChoice(chosen, sinkhorn.Divergence());
    }

    /// <summary>Sinkhorn divergence between two sets of rows as <see cref="Select"/> measures it, both whitened together.</summary>
    /// <inheritdoc cref="Select" path="/param"/>
    public static double Divergence(ReadOnlySpan<double> pool, ReadOnlySpan<double> target, int features, TransportSelectionOptions? options = null)
    {
        options ??= new TransportSelectionOptions();
        (double[] from, double[] to, int width) = Whitening.Together(pool, target, features);
        var sinkhorn = new Sinkhorn(from, to, width, options);
        for (int i = 0; i < pool.Length / features; i++)
        {
            sinkhorn.Add(i);
        }

        sinkhorn.Solve();
        return sinkhorn.Divergence();
    }
}
