using System.Numerics;
using Arena.Ranking.Online;

namespace Arena.Ranking.Selection;

/// <summary>
/// How likely each member of a slate has the largest of independent normal draws, ∫ φ_i Π_j Φ_j, while others of the slate are
/// out. On a grid, made once a slate: Π Φ of all who stay in whoever of the slate is chosen; for every member the Φ of all who
/// go out with it; and its density. A step then only multiplies. What underflows on the way would not matter.
/// </summary>
internal sealed class BestShares
{
    /// <summary>Deviations beyond which a normal distribution is over.</summary>
    private const double Reach = 8;

    /// <summary>From here on Φ is 1 to rounding.</summary>
    private const double Certain = 8.3;

    private readonly MatchState _state;
    private readonly int[] _slate;
    private readonly double _least;
    private readonly double _low;
    private readonly double _step;
    private readonly double[] _others;
    private readonly double[][] _below;
    private readonly double[][] _best;
    private readonly double[] _product;

    /// <summary>Shares of one slate.</summary>
    /// <param name="state">Means and deviations.</param>
    /// <param name="slate">Members that can share a slate.</param>
    /// <param name="least">Smaller deviations are raised to it.</param>
    public BestShares(MatchState state, ReadOnlySpan<int> slate, double least)
    {
        (_state, _slate, _least) = (state, slate.ToArray(), least);
        (_low, double high, _step) = Ends();
        int points = (int)Math.Ceiling((high - _low) / _step) + 1;
        (_others, _product) = (Ones(points), new double[points]);
        var open = new bool[state.Competitors];
        state.Open(open);
        foreach (int member in slate)
        {
            state.Close(member, open);
        }

        for (int i = 0; i < open.Length; i++)
        {
            if (open[i])
            {
                MultiplyBelow(_others, i);
            }
        }

        (_below, _best) = (new double[_slate.Length][], new double[_slate.Length][]);
        for (int k = 0; k < _slate.Length; k++)
        {
            double[] mates = _below[k] = Ones(points);
            foreach (int mate in state.MatesOf(_slate[k]))
            {
                if (mate != _slate[k] && state.IsAvailable(mate))
                {
                    MultiplyBelow(mates, mate);
                }
            }

            _best[k] = [.. mates];
            MultiplyDensity(_best[k], _slate[k]);
            MultiplyBelow(mates, _slate[k]);
        }
    }

    public void Next(ReadOnlySpan<int> chosen, ReadOnlySpan<int> candidates, Span<double> shares)
    {
        for (int c = 0; c < candidates.Length; c++)
        {
            _others.CopyTo(_product, 0);
            for (int k = 0; k < _slate.Length; k++)
            {
                if (candidates.Contains(_slate[k]))
                {
                    Multiply(_product, _slate[k] == candidates[c] ? _best[k] : _below[k]);
                }
            }

            double sum = 0;
            foreach (double value in _product)
            {
                sum += value;
            }

            shares[c] = sum * _step;
        }
    }

    /// <summary>From the (K + excluded)-th largest μ − 8σ on: with that many taken, the best of the rest is above it. Up to where all are over.</summary>
    private (double Low, double High, double Step) Ends()
    {
        var ends = new List<double>(_state.Competitors);
        (double high, double step) = (double.NegativeInfinity, double.PositiveInfinity);
        for (int i = 0; i < _state.Competitors; i++)
        {
            (double mean, double deviation) = Belief(i);
            if (_state.IsAvailable(i))
            {
                ends.Add(mean - Reach * deviation);
                (high, step) = (Math.Max(high, mean + Reach * deviation), Math.Min(step, deviation / 2));
            }
        }

        int largestGroup = 1;
        foreach (int[] group in _state.GroupMembers)
        {
            largestGroup = Math.Max(largestGroup, group.Length);
        }

        ends.Sort();
        return (ends[Math.Max(0, ends.Count - ((_slate.Length - 1) * largestGroup + 1))], high, step);
    }

    private (double Mean, double Deviation) Belief(int competitor) =>
        (_state.Mean.Span[competitor], Math.Max(_least, _state.Deviation.Span[competitor]));

    /// <summary>Times Φ, from where it is 1 down to where the product has vanished.</summary>
    private void MultiplyBelow(double[] values, int competitor)
    {
        (double mean, double deviation) = Belief(competitor);
        int certain = (int)Math.Clamp(Math.Ceiling((mean + Certain * deviation - _low) / _step), 0, values.Length);
        for (int x = certain - 1; x >= 0 && values[x] > 0; x--)
        {
            values[x] *= Truncated.Below((_low + x * _step - mean) / deviation);
        }
    }

    private void MultiplyDensity(double[] values, int competitor)
    {
        (double mean, double deviation) = Belief(competitor);
        for (int x = 0; x < values.Length; x++)
        {
            values[x] *= Truncated.Density((_low + x * _step - mean) / deviation) / deviation;
        }
    }

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }

    private static void Multiply(Span<double> values, ReadOnlySpan<double> factors)
    {
        int x = 0;
        for (; x <= values.Length - Vector<double>.Count; x += Vector<double>.Count)
        {
            (new Vector<double>(values[x..]) * new Vector<double>(factors[x..])).CopyTo(values[x..]);
        }

        for (; x < values.Length; x++)
        {
            values[x] *= factors[x];
        }
    }
}
