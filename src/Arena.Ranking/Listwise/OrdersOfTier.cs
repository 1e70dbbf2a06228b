namespace Arena.Ranking.Listwise;

/// <summary>
/// The sum over all orders of a small unordered tier, order by order. With X the sum of 1/D over the choices somebody was
/// exposed to and Q that of 1/D², exposures are E X and second derivatives Cov(X, X′) + E Q of the choices both were in.
/// </summary>
internal sealed class OrdersOfTier
{
    private static readonly int[][] Orders = [.. Enumerable.Range(0, UnorderedTier.MostEnumerated + 1).Select(All)];

    private readonly double[] _exposed = new double[UnorderedTier.MostEnumerated];
    private readonly double[] _bent = new double[UnorderedTier.MostEnumerated];

    public double Below { get; private set; }

    public double BelowBelow { get; private set; }

    public double Evaluate(ReadOnlySpan<double> weights, double rest, bool curvature, double[] exposure, double[] pair, double[] memberBelow)
    {
        int t = weights.Length;
        exposure.AsSpan(0, t).Clear();
        memberBelow.AsSpan(0, t).Clear();
        double total = 0, below = 0, belowBelow = 0;
        if (curvature)
        {
            pair.AsSpan(0, t * t).Clear();
        }

        ReadOnlySpan<int> orders = Orders[t];
        for (int at = 0; at < orders.Length; at += t)
        {
            ReadOnlySpan<int> order = orders.Slice(at, t);
            double p = Follow(order, weights, rest, out double exposed, out double bent);
            total += p;
            below += p * exposed;
            belowBelow += p * (exposed * exposed + bent);
            for (int k = 0; k < t; k++)
            {
                int i = order[k];
                exposure[i] += p * _exposed[k];
                if (curvature)
                {
                    memberBelow[i] += p * (_exposed[k] * exposed + _bent[k]);
                    for (int m = k + 1; m < t; m++)
                    {
                        int j = order[m];
                        pair[i < j ? i * t + j : j * t + i] += p * (_exposed[k] * _exposed[m] + _bent[k]);
                    }
                }
            }
        }

        Below = below / total;
        BelowBelow = belowBelow / total - Below * Below;
        double log = Math.Log(total);
        for (int i = 0; i < t; i++)
        {
            exposure[i] /= total;
            log += Math.Log(weights[i]);
        }

        for (int i = 0; curvature && i < t; i++)
        {
            memberBelow[i] = memberBelow[i] / total - exposure[i] * Below;
            for (int j = i + 1; j < t; j++)
            {
                pair[i * t + j] = pair[i * t + j] / total - exposure[i] * exposure[j];
            }
        }

        return log;
    }

    /// <summary>Π 1/D of one order; exposures by place.</summary>
    private double Follow(ReadOnlySpan<int> order, ReadOnlySpan<double> weights, double rest, out double exposed, out double bent)
    {
        int t = order.Length;
        for (int k = t - 1; k >= 0; k--)
        {
            _exposed[k] = rest += weights[order[k]];
        }

        double p = 1;
        (exposed, bent) = (0, 0);
        for (int k = 0; k < t; k++)
        {
            double inverse = 1 / _exposed[k];
            p *= inverse;
            _exposed[k] = exposed += inverse;
            _bent[k] = bent += inverse * inverse;
        }

        return p;
    }

    /// <summary>All orders of 0 … t − 1, one after the other.</summary>
    private static int[] All(int t)
    {
        IEnumerable<int[]> orders = [[]];
        for (int k = 0; k < t; k++)
        {
            int next = k;
            orders = [.. orders.SelectMany(o => Enumerable.Range(0, next + 1).Select(place => (int[])[.. o[..place], next, .. o[place..]]))];
        }

        return [.. orders.SelectMany(o => o)];
    }
}
