using Arena.Ranking.Resampling;

namespace Arena.Ranking.Games;

/// <summary>
/// Draws of the payoffs that the games leave possible. Where two payoffs always add up to the same, they are one measurement seen from
/// both sides and are drawn once.
/// </summary>
internal sealed class PayoffDraws
{
    private readonly PayoffTables _tables;
    private readonly PayoffUncertainty _kind;
    private readonly double? _sum;

    // mean and standard deviation, or lower bound and width
    private readonly double[][] _from;
    private readonly double[][] _spread;

    public PayoffDraws(PayoffTables tables, PayoffOptions options)
    {
        (_tables, _kind) = (tables, options.Uncertainty);
        _sum = ConstantSum.Of(tables);
        _from = new double[tables.Populations][];
        _spread = new double[tables.Populations][];
        var bounds = new ConfidenceBounds(options.Bound, options.PayoffRange.Lowest, options.PayoffRange.Highest);
        for (int k = 0; k < tables.Populations; k++)
        {
            (_from[k], _spread[k]) = (new double[tables.Cells], new double[tables.Cells]);
            for (int i = 0; i < tables.Cells; i++)
            {
                double mean = tables.Payoffs(k)[i];
                int games = tables.Counts(k)[i];
                if (games == 0)
                {
                    _from[k][i] = mean;
                    continue;
                }

                if (_kind == PayoffUncertainty.Normal)
                {
                    (_from[k][i], _spread[k][i]) = (mean, Math.Sqrt(tables.Variances(k)[i] / games));
                    continue;
                }

                (double lower, double upper) = bounds.Of(mean, games, 1 - options.Confidence);
                (lower, upper) = (Math.Max(lower, options.PayoffRange.Lowest), Math.Min(upper, options.PayoffRange.Highest));
                (_from[k][i], _spread[k][i]) = (lower, upper - lower);
            }
        }
    }

    /// <summary>What is missing for the uncertainty asked for.</summary>
    public static Diagnosis? Check(PayoffTables tables, PayoffOptions options)
    {
        if (options.Uncertainty == PayoffUncertainty.None)
        {
            return null;
        }

        if (!tables.HasCounts)
        {
            return new Diagnosis.Unsampled("number of games behind each payoff");
        }

        if (options.Uncertainty == PayoffUncertainty.Normal && !tables.HasVariances)
        {
            return new Diagnosis.Unsampled("variance of a single game's payoff");
        }

        for (int k = 0; k < tables.Populations; k++)
        {
            ReadOnlySpan<double> payoffs = tables.Payoffs(k);
            ReadOnlySpan<int> counts = tables.Counts(k);
            for (int i = 0; i < payoffs.Length; i++)
            {
                if (counts[i] == 0 && !(tables.IsSymmetric && i % (tables.Strategies[0] + 1) == 0))
                {
                    return new Diagnosis.Unsampled(FormattableString.Invariant($"game in profile {i} of population {k}"));
                }

                if (options.Uncertainty == PayoffUncertainty.Bounds && (payoffs[i] < options.PayoffRange.Lowest || payoffs[i] > options.PayoffRange.Highest))
                {
                    return new Diagnosis.PayoffOutOfRange(k, i, payoffs[i], options.PayoffRange.Lowest, options.PayoffRange.Highest);
                }
            }
        }

        return null;
    }

    public PayoffTables Draw(ref Xoshiro256 random)
    {
        var payoffs = new double[_tables.Populations][];
        for (int k = 0; k < payoffs.Length; k++)
        {
            payoffs[k] = _tables.IsSymmetric ? DrawSymmetric(ref random)
                : k == 1 && _sum is { } sum ? Array.ConvertAll(payoffs[0], p => sum - p)
                : DrawAll(k, ref random);
        }

        return _tables.WithPayoffs(payoffs);
    }

    private double[] DrawAll(int population, ref Xoshiro256 random)
    {
        var payoffs = new double[_tables.Cells];
        for (int i = 0; i < payoffs.Length; i++)
        {
            payoffs[i] = One(population, i, ref random);
        }

        return payoffs;
    }

    private double[] DrawSymmetric(ref Xoshiro256 random)
    {
        int n = _tables.Strategies[0];
        // a strategy against itself tells nothing about who is better, and may never have been played
        double[] payoffs = _tables.Payoffs(0).ToArray();
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                payoffs[i * n + j] = One(0, i * n + j, ref random);
                payoffs[j * n + i] = _sum is { } sum ? sum - payoffs[i * n + j] : One(0, j * n + i, ref random);
            }
        }

        return payoffs;
    }

    private double One(int population, int cell, ref Xoshiro256 random) =>
        _from[population][cell] + _spread[population][cell] * (_kind == PayoffUncertainty.Normal ? random.NextNormal() : random.NextDouble());
}
