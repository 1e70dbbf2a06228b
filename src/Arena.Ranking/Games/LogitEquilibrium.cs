using System.Globalization;

namespace Arena.Ranking.Games;

/// <summary>
/// The logit equilibrium, p ∝ e^{u(p)/τ}, by optimistic multiplicative weights (Cen, Wei, Chi 2021): log p ← (1 − ητ) log p + η u, u taken
/// at a midpoint made with the last u. Temperatures fall by halves, each start warm, so that in games with several equilibria the branch that
/// begins at the uniform strategies is followed.
/// </summary>
internal sealed class LogitEquilibrium
{
    private readonly NashOptions _options;
    private readonly PopulationGame _game;
    private readonly double _range;
    private readonly double[][] _mixed;
    private readonly double[][] _middle;
    private readonly double[][] _logs;
    private readonly double[][] _payoffs;

    public LogitEquilibrium(PayoffTables tables, NashOptions options)
    {
        (_options, _game) = (options, new PopulationGame(tables));
        for (int k = 0; k < tables.Populations; k++)
        {
            (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (double payoff in tables.Payoffs(k))
            {
                (least, most) = (Math.Min(least, payoff), Math.Max(most, payoff));
            }

            _range = Math.Max(_range, most - least);
        }

        _range = _range > 0 ? _range : 1;
        (_mixed, _middle, _logs, _payoffs) = (_game.Room(), _game.Room(), _game.Room(), _game.Room());
        foreach ((double[] mixed, double[] middle) in _mixed.Zip(_middle))
        {
            Array.Fill(mixed, 1.0 / mixed.Length);
            Array.Fill(middle, 1.0 / middle.Length);
        }
    }

    public Equilibrium Solve()
    {
        double[][] best = _mixed;
        (double leastGap, int iterations, bool settled) = (double.PositiveInfinity, 0, false);
        for (double temperature = Math.Max(1, _options.Temperature); ; temperature = Math.Max(temperature / 2, _options.Temperature))
        {
            bool last = temperature <= _options.Temperature;
            // an equal share of what is left for every temperature but the last, which may use it up
            int limit = last ? _options.MaxIterations : iterations + (_options.MaxIterations - iterations) / 8;
            settled = false;
            while (!settled && iterations < limit)
            {
                iterations++;
                settled = Step(temperature) <= _options.Tolerance;
                double gap = iterations % 16 == 0 || settled ? PopulationGame.Gap(_middle, _payoffs) : double.PositiveInfinity;
                if (gap < leastGap)
                {
                    (leastGap, best) = (gap, Array.ConvertAll(_middle, own => own.ToArray()));
                }
            }

            if (last)
            {
                break;
            }
        }

        return settled
            ? new Equilibrium(Array.ConvertAll(_middle, own => own.ToArray()), null, new FitDiagnostics(iterations, StopReason.Converged, double.PositiveInfinity, []))
            : new Equilibrium(best, null, new FitDiagnostics(iterations, StopReason.IterationLimit, double.PositiveInfinity,
            [
                string.Create(CultureInfo.InvariantCulture, $"The iteration did not settle at temperature {_options.Temperature}; the strategies with the least duality gap met on the way are shown. Raise the temperature."),
            ]));
    }

    /// <summary>One step; returns how far the strategies are from their logit response, the largest of all.</summary>
    private double Step(double temperature)
    {
        double rate = 1 / (2 * (1 + temperature));
        Move(_middle, rate, temperature, keep: false);
        _game.Payoffs(_middle, _payoffs);
        Move(_mixed, rate, temperature, keep: true);
        return Distance(temperature);
    }

    /// <summary>p ∝ p^(1 − ητ) e^{ηu}, from the logs kept, into the given strategies.</summary>
    private void Move(double[][] into, double rate, double temperature, bool keep)
    {
        for (int k = 0; k < into.Length; k++)
        {
            double most = double.NegativeInfinity;
            for (int i = 0; i < into[k].Length; i++)
            {
                into[k][i] = (1 - rate * temperature) * _logs[k][i] + rate * _payoffs[k][i] / _range;
                most = Math.Max(most, into[k][i]);
            }

            double sum = 0;
            for (int i = 0; i < into[k].Length; i++)
            {
                double log = into[k][i] - most;
                _logs[k][i] = keep ? log : _logs[k][i];
                sum += into[k][i] = Math.Exp(log);
            }

            for (int i = 0; i < into[k].Length; i++)
            {
                into[k][i] /= sum;
            }
        }
    }

    private double Distance(double temperature)
    {
        double largest = 0;
        for (int k = 0; k < _middle.Length; k++)
        {
            double most = _payoffs[k].Max(), sum = 0;
            foreach (double payoff in _payoffs[k])
            {
                sum += Math.Exp((payoff - most) / (_range * temperature));
            }

            for (int i = 0; i < _middle[k].Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(_middle[k][i] - Math.Exp((_payoffs[k][i] - most) / (_range * temperature)) / sum));
            }
        }

        return largest;
    }
}
