namespace Arena.Ranking.Pairwise;

/// <summary>Sums over the terms of a likelihood, in their order.</summary>
internal static class LikelihoodSums
{
    public static double Value(IVoteLikelihood model, ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int t = 0; t < model.Terms; t++)
        {
            double weight = model.Weight(t);
            sum += weight > 0 ? weight * model.Evaluate(t, x, default, default) : 0;
        }

        return sum;
    }

    /// <summary>Log-likelihood, gradient and negative Hessian, row by row.</summary>
    public static (double Value, double[] Gradient, double[] Curvature) All(IVoteLikelihood model, ReadOnlySpan<double> x)
    {
        int n = model.Parameters, most = model.MostTouched;
        var gradient = new double[n];
        var curvature = new double[n * n];
        var touched = new int[most];
        double[] first = new double[most], second = new double[most * most];
        double sum = 0;
        for (int t = 0; t < model.Terms; t++)
        {
            double weight = model.Weight(t);
            if (weight <= 0)
            {
                continue;
            }

            int count = model.Touched(t, touched);
            sum += weight * model.Evaluate(t, x, first.AsSpan(0, count), second.AsSpan(0, count * count));
            for (int a = 0; a < count; a++)
            {
                gradient[touched[a]] += weight * first[a];
                Span<double> row = curvature.AsSpan(touched[a] * n, n);
                for (int b = 0; b < count; b++)
                {
                    row[touched[b]] += weight * second[a * count + b];
                }
            }
        }

        return (sum, gradient, curvature);
    }
}
