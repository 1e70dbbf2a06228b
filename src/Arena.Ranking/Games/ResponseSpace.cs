namespace Arena.Ranking.Games;

/// <summary>
/// The profiles in which populations can be settled, and the ones a single mutation away. In a single population the profile
/// is its strategy, and a mutant r in residents s gains M[r, s] − M[s, r].
/// </summary>
internal sealed class ResponseSpace
{
    /// <summary>Payoffs that differ by less than this share of their size differ by rounding: a tie.</summary>
    private const double Rounding = 1e-12;

    private readonly int[] _strategies;
    private readonly int[] _steps;

    public ResponseSpace(PayoffTables tables)
    {
        Tables = tables;
        _strategies = [.. tables.Strategies];
        _steps = new int[_strategies.Length];
        int step = 1;
        for (int k = _strategies.Length - 1; k >= 0; k--)
        {
            _steps[k] = step;
            step *= _strategies[k];
        }

        States = tables.Profiles;
        Neighbours = _strategies.Sum(own => own - 1);
    }

    public PayoffTables Tables { get; }

    public int States { get; }

    /// <summary>Profiles one mutation away from any profile.</summary>
    public int Neighbours { get; }

    /// <summary>Probability that a given mutation is the next one tried.</summary>
    public double MutationShare => 1.0 / Neighbours;

    /// <summary>The neighbours of a profile and what the mutant gains there; a gain of exactly 0 is a tie.</summary>
    public void Fill(int state, Span<int> to, Span<double> gains)
    {
        int at = 0;
        if (Tables.IsSymmetric)
        {
            ReadOnlySpan<double> payoffs = Tables.Payoffs(0);
            for (int r = 0; r < States; r++)
            {
                if (r != state)
                {
                    to[at] = r;
                    gains[at++] = Gain(payoffs[r * States + state], payoffs[state * States + r]);
                }
            }

            return;
        }

        for (int k = 0; k < _strategies.Length; k++)
        {
            ReadOnlySpan<double> payoffs = Tables.Payoffs(k);
            int own = state / _steps[k] % _strategies[k];
            int first = state - own * _steps[k];
            for (int r = 0; r < _strategies[k]; r++)
            {
                if (r != own)
                {
                    to[at] = first + r * _steps[k];
                    gains[at] = Gain(payoffs[to[at]], payoffs[state]);
                    at++;
                }
            }
        }
    }

    /// <summary>Largest and smallest positive gain of any mutation; 0 and +∞ where there is none.</summary>
    public (double Most, double Least) GainRange()
    {
        var to = new int[Neighbours];
        var gains = new double[Neighbours];
        (double most, double least) = (0, double.PositiveInfinity);
        for (int s = 0; s < States; s++)
        {
            Fill(s, to, gains);
            foreach (double gain in gains)
            {
                if (gain > 0)
                {
                    (most, least) = (Math.Max(most, gain), Math.Min(least, gain));
                }
            }
        }

        return (most, least);
    }

    public static double Gain(double mutant, double resident)
    {
        double gain = mutant - resident;
        return Math.Abs(gain) <= Rounding * Math.Max(Math.Abs(mutant), Math.Abs(resident)) ? 0 : gain;
    }
}
