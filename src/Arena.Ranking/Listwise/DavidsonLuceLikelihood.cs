using Arena.Ranking.Pairwise;

namespace Arena.Ranking.Listwise;

/// <summary>
/// Davidson–Luce likelihood (Firth, Kosmidis, Turner 2019) of orderings, each a term. Going down an ordering, every tier T
/// of t is chosen among all sets of those not yet placed: mean θ of T + ln δ_t − ln Σ over orders d of δ_d Σ over sets S
/// of d of (Π_S w)^(1/d), δ_1 = 1. The last one left is no choice, an unordered tier at the end adds nothing. Parameters are
/// log-strengths and, for every order that somebody tied, ln δ less <see cref="Usual"/>: a multinomial logit, so concave.
/// </summary>
/// <remarks>Holds scratch: one thread at a time.</remarks>
internal sealed class DavidsonLuceLikelihood : IVoteLikelihood
{
    private readonly RankedBallots _ballots;
    private readonly SymmetricSums[] _sums;
    private readonly double[] _theta;
    private readonly double[] _probability;
    private readonly double[] _exposure;
    private readonly double[] _mean;
    private readonly double[] _together;

    public DavidsonLuceLikelihood(RankedBallots ballots)
    {
        _ballots = ballots;
        (TieOrders, TieWeights, Usual) = Orders(ballots);
        _sums = [.. TieOrders.Prepend(1).Select(d => new SymmetricSums(d, ballots.Longest))];
        (_theta, _mean, _together) = (new double[ballots.Longest], new double[ballots.Longest], new double[ballots.Longest]);
        _probability = new double[_sums.Length];
        _exposure = new double[_sums.Length * ballots.Longest];
    }

    /// <summary>Numbers of competitors that tied on some ballot, ascending.</summary>
    public int[] TieOrders { get; }

    /// <summary>Weight of the ties of each order.</summary>
    public double[] TieWeights { get; }

    /// <summary>ln δ of each order as if all were equally strong: where to start, and what keeps the parameters of large orders near 0.</summary>
    public double[] Usual { get; }

    public int Parameters => _ballots.Competitors + TieOrders.Length;

    public int Terms => _ballots.Count;

    public int MostTouched => _ballots.Longest + TieOrders.Length;

    public double Weight(int term) => _ballots.Weight[term];

    public int Touched(int term, Span<int> parameters)
    {
        ReadOnlySpan<int> items = Items(term);
        items.CopyTo(parameters);
        for (int k = 0; k < TieOrders.Length; k++)
        {
            parameters[items.Length + k] = _ballots.Competitors + k;
        }

        return items.Length + TieOrders.Length;
    }

    public double Evaluate(int term, ReadOnlySpan<double> x, Span<double> gradient, Span<double> curvature)
    {
        ReadOnlySpan<int> items = Items(term);
        for (int k = 0; k < items.Length; k++)
        {
            _theta[k] = x[items[k]];
        }

        gradient.Clear();
        curvature.Clear();
        double value = 0;
        foreach ((int from, int tied) in Choices(_ballots, term))
        {
            value += Choose(_theta.AsSpan(from..items.Length), tied, x[_ballots.Competitors..], gradient.IsEmpty ? default : gradient[from..]);
            if (!curvature.IsEmpty)
            {
                Bend(items.Length - from, from, items.Length + TieOrders.Length, curvature);
            }
        }

        return value;
    }

    private ReadOnlySpan<int> Items(int term) => _ballots.Item.AsSpan(_ballots.Start[term].._ballots.Start[term + 1]);

    /// <summary>Choices of an ordering: from which slot on, and how many were chosen together.</summary>
    private static IEnumerable<(int From, int Tied)> Choices(RankedBallots ballots, int ordering)
    {
        int start = ballots.Start[ordering], end = ballots.Start[ordering + 1];
        for (int first = start, next; first < end - 1; first = next)
        {
            next = ballots.EndOfTier(first, end);
            if ((ballots.Tier[first] & Ballots.UnorderedBit) == 0)
            {
                yield return (first - start, next - first);
            }
        }
    }

    /// <summary>Adds a choice of the first few members to the gradient (members, then orders); leaves the moments for <see cref="Bend"/>.</summary>
    private double Choose(ReadOnlySpan<double> theta, int tied, ReadOnlySpan<double> logDelta, Span<double> gradient)
    {
        int members = theta.Length, orders = Possible(members);
        double top = double.NegativeInfinity, value = 0, all = 0;
        for (int k = 0; k < orders; k++)
        {
            double delta = k == 0 ? 0 : Usual[k - 1] + logDelta[k - 1];
            top = Math.Max(top, _probability[k] = delta + _sums[k].Log(theta));
            value += _sums[k].Order == tied ? delta : 0;
        }

        for (int k = 0; k < orders; k++)
        {
            all += _probability[k] = Math.Exp(_probability[k] - top);
        }

        for (int i = 0; i < tied; i++)
        {
            value += theta[i] / tied;
        }

        if (!gradient.IsEmpty)
        {
            _mean.AsSpan(0, members).Clear();
            for (int k = 0; k < orders; k++)
            {
                _probability[k] /= all;
                for (int i = 0; i < members; i++)
                {
                    _mean[i] += _exposure[k * members + i] = _probability[k] * _sums[k].Share(i) / _sums[k].Order;
                }
            }

            for (int i = 0; i < members; i++)
            {
                gradient[i] += (i < tied ? 1.0 / tied : 0) - _mean[i];
            }

            for (int k = 1; k < orders; k++)
            {
                gradient[members + k - 1] += (_sums[k].Order == tied ? 1 : 0) - _probability[k];
            }
        }

        return value - top - Math.Log(all);
    }

    /// <summary>Adds the covariance, in the chosen set S of a random order d, of (i is in S)/d for each member and (this is the order) for each order.</summary>
    private void Bend(int members, int from, int width, Span<double> curvature)
    {
        int orders = Possible(members), firstOrder = from + members;
        for (int k = 0; k < orders; k++)
        {
            double order = _sums[k].Order, probability = _probability[k];
            for (int i = 0; i < members; i++)
            {
                double exposure = _exposure[k * members + i];
                curvature[(from + i) * width + from + i] += exposure / order;
                _sums[k].Shares(i, _together);
                for (int j = i + 1; j < members; j++)
                {
                    Add(from + i, from + j, probability * _together[j] / (order * order), width, curvature);
                }

                if (k > 0)
                {
                    Add(from + i, firstOrder + k - 1, exposure - probability * _mean[i], width, curvature);
                }
            }

            for (int other = 1; other < k; other++)
            {
                Add(firstOrder + other - 1, firstOrder + k - 1, -probability * _probability[other], width, curvature);
            }

            if (k > 0)
            {
                curvature[(firstOrder + k - 1) * (width + 1)] += probability * (1 - probability);
            }
        }

        for (int i = 0; i < members; i++)
        {
            curvature[(from + i) * (width + 1)] -= _mean[i] * _mean[i];
            for (int j = i + 1; j < members; j++)
            {
                Add(from + i, from + j, -_mean[i] * _mean[j], width, curvature);
            }
        }
    }

    /// <summary>How many of the orders fit into so many members.</summary>
    private int Possible(int members) => 1 + TieOrders.Count(d => d <= members);

    private static void Add(int row, int column, double value, int width, Span<double> curvature)
    {
        curvature[row * width + column] += value;
        curvature[column * width + row] += value;
    }

    private static (int[] Orders, double[] Weights, double[] Usual) Orders(RankedBallots ballots)
    {
        // the weight of choices by their order, and of the sets there were to choose
        var chosen = new SortedDictionary<int, double>();
        var choices = new SortedDictionary<int, double>();
        for (int b = 0; b < ballots.Count; b++)
        {
            int length = ballots.Start[b + 1] - ballots.Start[b];
            foreach ((int from, int tied) in Choices(ballots, b))
            {
                chosen[tied] = chosen.GetValueOrDefault(tied) + ballots.Weight[b];
                choices[length - from] = choices.GetValueOrDefault(length - from) + ballots.Weight[b];
            }
        }

        int[] orders = [.. chosen.Keys.Where(d => d > 1)];
        // ln of: chosen sets of an order to one that could have been
        double Rate(int order) => Math.Log(chosen.GetValueOrDefault(order, 1)) - Math.Log(choices.Where(c => c.Key >= order).Sum(c => c.Value * Sets(c.Key, order)));
        return (orders, [.. orders.Select(d => chosen[d])], [.. orders.Select(d => Rate(d) - Rate(1))]);
    }

    /// <summary>How many sets of an order there are.</summary>
    private static double Sets(int members, int order) => MathNet.Numerics.SpecialFunctions.Binomial(members, order);
}
