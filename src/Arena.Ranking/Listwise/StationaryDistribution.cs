namespace Arena.Ranking.Listwise;

/// <summary>Stationary distribution of a continuous-time Markov chain by Grassmann, Taksar, Heyman (1985) elimination: no subtraction, so no cancellation.</summary>
internal static class StationaryDistribution
{
    /// <summary>The shares of time that the chain spends in each state.</summary>
    /// <param name="rates">n × n, rate from the row to the column; the diagonal is not read. Overwritten.</param>
    /// <param name="n">States; every one reaches every other.</param>
    /// <returns>Shares that add up to 1.</returns>
    public static double[] Of(double[] rates, int n)
    {
        for (int k = n - 1; k > 0; k--)
        {
            double leaving = 0;
            ReadOnlySpan<double> last = rates.AsSpan(k * n, k);
            foreach (double rate in last)
            {
                leaving += rate;
            }

            for (int i = 0; i < k; i++)
            {
                double share = rates[i * n + k] /= leaving;
                Span<double> row = rates.AsSpan(i * n, k);
                for (int j = 0; j < row.Length; j++)
                {
                    row[j] += share * last[j];
                }
            }
        }

        var shares = new double[n];
        double sum = shares[0] = 1;
        for (int k = 1; k < n; k++)
        {
            for (int i = 0; i < k; i++)
            {
                shares[k] += shares[i] * rates[i * n + k];
            }

            sum += shares[k];
        }

        for (int k = 0; k < n; k++)
        {
            shares[k] /= sum;
        }

        return shares;
    }
}
