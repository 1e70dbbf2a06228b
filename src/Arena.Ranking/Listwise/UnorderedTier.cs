namespace Arena.Ranking.Listwise;

/// <summary>
/// A tier of t competitors that came before the rest in an order nobody asked for: the probability of that, summed over
/// all t! orders, and its derivatives. With competitor i arriving at an exponential time of rate wᵢ, Plackett–Luce is the
/// order of arrival, so the sum is P(all of the tier before any of the rest) = ∫₀^∞ B e^(−Bs) Π (1 − e^(−wᵢ s)) ds, B the
/// rest's total weight.
/// </summary>
/// <remarks>
/// With s = eˣ the integrand is entire, has one peak, and falls off doubly exponentially to the right: the trapezoid rule
/// converges exponentially and is exact to rounding with 20 to 60 nodes, whatever t, where a sum over subsets takes 2ᵗ.
/// Derivatives are moments under the integrand as a density of s: with φᵢ = wᵢs/(e^(wᵢs) − 1), ∂/∂θᵢ = E φᵢ in the tier and
/// wⱼ(1/B − E s) in the rest.
/// </remarks>
internal sealed class UnorderedTier(int longest)
{
    /// <summary>Nodes whose logarithm is this much below the peak are nothing in double precision.</summary>
    private const double Negligible = 34;

    private readonly List<double> _time = [];
    private readonly List<double> _mass = [];
    private readonly List<double> _share = [];

    /// <summary>E φᵢ, one a member of the tier.</summary>
    public double[] Gradient { get; } = new double[longest];

    /// <summary>Cov(φᵢ, s), one a member.</summary>
    public double[] WithTime { get; } = new double[longest];

    /// <summary>Cov(φᵢ, φⱼ), t × t.</summary>
    public double[] Curvature { get; private set; } = [];

    /// <summary>E s − 1/B: what the rest is exposed to in this tier.</summary>
    public double Rest { get; private set; }

    /// <summary>Var s − 1/B².</summary>
    public double RestCurvature { get; private set; }

    /// <summary>Log-probability; the other members are filled in.</summary>
    public double Evaluate(ReadOnlySpan<double> weights, double rest, bool curvature)
    {
        int t = weights.Length;
        (double peak, double width) = Peak(weights, rest);
        double step = Math.Min(0.3, 0.7 * width);
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
        Gradient.AsSpan(0, t).Clear();
        for (int q = 0; q < _mass.Count; q++)
        {
            double p = _mass[q] /= total;
            mean += p * _time[q];
            for (int i = 0; i < t; i++)
            {
                Gradient[i] += p * _share[q * t + i];
            }
        }

        Rest = mean - 1 / rest;
        if (curvature)
        {
            Moments(t, mean, rest);
        }

        return top + Math.Log(total * step);
    }

    /// <summary>Adds a node; returns the logarithm of the integrand there.</summary>
    private double Node(double x, ReadOnlySpan<double> weights, double rest)
    {
        double s = Math.Exp(x), log = Math.Log(rest) + x - rest * s;
        foreach (double w in weights)
        {
            double y = w * s, gap = -double.ExpM1(-y);
            log += Math.Log(gap);
            _share.Add(y * Math.Exp(-y) / gap);
        }

        _time.Add(s);
        _mass.Add(log);
        return log;
    }

    private void Moments(int t, double mean, double rest)
    {
        if (Curvature.Length < t * t)
        {
            Curvature = new double[t * t];
        }

        double variance = 0;
        Curvature.AsSpan(0, t * t).Clear();
        WithTime.AsSpan(0, t).Clear();
        Span<double> share = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_share);
        for (int q = 0; q < _mass.Count; q++)
        {
            double p = _mass[q], time = _time[q] - mean;
            variance += p * time * time;
            Span<double> row = share.Slice(q * t, t);
            for (int i = 0; i < t; i++)
            {
                row[i] -= Gradient[i];
            }

            for (int i = 0; i < t; i++)
            {
                double factor = p * row[i];
                WithTime[i] += factor * time;
                Span<double> target = Curvature.AsSpan(i * t, t);
                for (int j = i + 1; j < t; j++)
                {
                    target[j] += factor * row[j];
                }
            }
        }

        RestCurvature = variance - 1 / (rest * rest);
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
                double y = w * s, share = y < 1e-8 ? 1 : y / double.ExpM1(y);
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
