using System.Runtime.InteropServices;

namespace Arena.Ranking.Listwise;

/// <summary>
/// A tier of t competitors that came before the rest in an order nobody asked for: the probability of that, summed over
/// all t! orders, and its derivatives. To 4 the orders are enumerated. Above, with competitor i arriving at an exponential
/// time of rate wᵢ, Plackett–Luce is the order of arrival, and the sum is P(all of the tier before any of the rest) =
/// ∫₀^∞ B e^(−Bs) Π (1 − e^(−wᵢ s)) ds, B the rest's total weight.
/// </summary>
/// <remarks>
/// With s = eˣ the integrand is entire, has one peak, and falls off doubly exponentially to the right: the trapezoid rule
/// converges exponentially and is exact to ten digits and more with 30 to 60 nodes, whatever t, where a sum over subsets
/// takes 2ᵗ. Derivatives are moments under the integrand as a density of s: with φᵢ = wᵢs/(e^(wᵢs) − 1), ∂/∂θᵢ = E φᵢ in
/// the tier and wⱼ(1/B − E s) in the rest.
/// </remarks>
internal sealed class UnorderedTier(int longest)
{
    public const int MostEnumerated = 4;

    /// <summary>Nodes whose logarithm is this much below the peak are nothing in double precision.</summary>
    private const double Negligible = 34;

    private readonly List<double> _time = [];
    private readonly List<double> _mass = [];
    private readonly List<double> _share = [];
    private readonly OrdersOfTier _orders = new();

    /// <summary>What each member is exposed to: ∂/∂θᵢ is 1 − wᵢ times this.</summary>
    public double[] Exposure { get; } = new double[longest];

    /// <summary>t × t, above the diagonal: ∂²/∂θᵢ∂θⱼ is wᵢwⱼ times this.</summary>
    public double[] Pair { get; private set; } = [];

    /// <summary>One a member: ∂²/∂θᵢ∂θⱼ for j below is wᵢwⱼ times this.</summary>
    public double[] MemberBelow { get; } = new double[longest];

    /// <summary>What each below is exposed to.</summary>
    public double Below { get; private set; }

    /// <summary>For two below, ∂²/∂θⱼ∂θₖ is wⱼwₖ times this.</summary>
    public double BelowBelow { get; private set; }

    /// <summary>Log-probability; the other members are filled in, those of second order when asked for.</summary>
    public double Evaluate(ReadOnlySpan<double> weights, double rest, bool curvature)
    {
        int t = weights.Length;
        if (curvature && Pair.Length < t * t)
        {
            Pair = new double[t * t];
        }

        if (t <= MostEnumerated)
        {
            double log = _orders.Evaluate(weights, rest, curvature, Exposure, Pair, MemberBelow);
            (Below, BelowBelow) = (_orders.Below, _orders.BelowBelow);
            return log;
        }

        return Integrate(weights, rest, curvature);
    }

    /// <summary>Σ over all others of wⱼ times their entry with a member, the second order having been asked for.</summary>
    public double RowOf(int member, ReadOnlySpan<double> weights, double rest)
    {
        int t = weights.Length;
        double sum = rest * MemberBelow[member];
        for (int j = 0; j < t; j++)
        {
            sum += j == member ? 0 : weights[j] * Pair[Math.Min(j, member) * t + Math.Max(j, member)];
        }

        return sum;
    }

    /// <summary>By the integral, whatever the size.</summary>
    internal double Integrate(ReadOnlySpan<double> weights, double rest, bool curvature)
    {
        int t = weights.Length;
        (double peak, double width) = Peak(weights, rest);
        double step = Math.Min(0.2, 0.5 * width);
        _time.Clear();
        _mass.Clear();
        _share.Clear();
        double top = Node(peak, weights, rest);
        for (int direction = -1; direction <= 1; direction += 2)
        {
            for (double x = peak + direction * step; Node(x, weights, rest) > top - Negligible; x += direction * step)
            {
                // every node is kept as it is computed
            }
        }

        double total = 0;
        for (int q = 0; q < _mass.Count; q++)
        {
            total += _mass[q] = Math.Exp(_mass[q] - top);
        }

        double mean = 0;
        ReadOnlySpan<double> share = CollectionsMarshal.AsSpan(_share);
        Span<double> gradient = Exposure.AsSpan(0, t);
        gradient.Clear();
        for (int q = 0; q < _mass.Count; q++)
        {
            double p = _mass[q] /= total;
            mean += p * _time[q];
            ReadOnlySpan<double> row = share.Slice(q * t, t);
            for (int i = 0; i < t; i++)
            {
                gradient[i] += p * row[i];
            }
        }

        Below = mean - 1 / rest;
        if (curvature)
        {
            Moments(weights, mean, rest);
        }

        for (int i = 0; i < t; i++)
        {
            gradient[i] = (1 - gradient[i]) / weights[i];
        }

        return top + Math.Log(total * step);
    }

    /// <summary>Adds a node; returns the logarithm of the integrand there.</summary>
    private double Node(double x, ReadOnlySpan<double> weights, double rest)
    {
        double s = Math.Exp(x), log = Math.Log(rest) + x - rest * s, product = 1;
        foreach (double w in weights)
        {
            // 1 − e^(−y) and y/(e^y − 1) by tanh(y/2), which is exact where y is small
            double y = w * s, tanh = Math.Tanh(y / 2);
            product *= 2 * tanh / (1 + tanh);
            _share.Add(y * (1 - tanh) / (2 * tanh));
            if (product < 1e-200)
            {
                (log, product) = (log + Math.Log(product), 1);
            }
        }

        log += Math.Log(product);
        _time.Add(s);
        _mass.Add(log);
        return log;
    }

    private void Moments(ReadOnlySpan<double> weights, double mean, double rest)
    {
        int t = weights.Length;
        if (Pair.Length < t * t)
        {
            Pair = new double[t * t];
        }

        double variance = 0;
        Pair.AsSpan(0, t * t).Clear();
        MemberBelow.AsSpan(0, t).Clear();
        Span<double> share = CollectionsMarshal.AsSpan(_share);
        for (int q = 0; q < _mass.Count; q++)
        {
            double p = _mass[q], time = _time[q] - mean;
            variance += p * time * time;
            Span<double> row = share.Slice(q * t, t);
            for (int i = 0; i < t; i++)
            {
                row[i] = (row[i] - Exposure[i]) / weights[i];
            }

            for (int i = 0; i < t; i++)
            {
                double factor = p * row[i];
                MemberBelow[i] -= factor * time;
                Span<double> target = Pair.AsSpan(i * t, t);
                for (int j = i + 1; j < t; j++)
                {
                    target[j] += factor * row[j];
                }
            }
        }

        BelowBelow = variance - 1 / (rest * rest);
    }

    /// <summary>Where the logarithm of the integrand in x is largest (it is concave), and 1/√ of its curvature there.</summary>
    private static (double X, double Width) Peak(ReadOnlySpan<double> weights, double rest)
    {
        // each φ is between 0 and 1, which brackets the root of 1 − B s + Σ φ
        double low = -Math.Log(rest), high = Math.Log((weights.Length + 1) / rest), x = high;
        while (true)
        {
            double s = Math.Exp(x), slope = 1 - rest * s, bend = -rest * s;
            foreach (double w in weights)
            {
                double y = w * s, share = y < 1e-8 ? 1 : y / (Math.Exp(y) - 1);
                slope += share;
                bend += share * (1 - y - share);
            }

            (low, high) = slope > 0 ? (x, high) : (low, x);
            double next = x - slope / bend;
            next = next > low && next < high ? next : (low + high) / 2;
            if (Math.Abs(next - x) < 1e-3 || high - low < 1e-3)
            {
                return (next, 1 / Math.Sqrt(-bend));
            }

            x = next;
        }
    }
}
