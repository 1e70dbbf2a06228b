namespace Arena.Ranking.Online;

/// <summary>
/// Weng, Lin 2011, algorithm 4, with the tie groups of openskill: Ω = (σ²/c)[1/A_i − Σ p], Δ = γ(σ²/c²) Σ p(1 − p), sums over
/// the tiers down to the team's own (all q of one tier share one p, and their 1/A_q add up to 1), p = e^{μ/c} over the sum
/// of e^{μ/c} from that tier down, c² = Σ(σ² + β²). Linear in the size of the slate.
/// </summary>
/// <remarks>
/// An unordered tier ends the stages, when it is the last: those in it lost to the ones above and that is all, which is exact.
/// An unordered tier with others below has no closed form; such slates are read as their ordered pairs, each with its own
/// marginal probability, which under Plackett–Luce is Bradley–Terry's.
/// </remarks>
internal sealed class PlackettLuceRule(double beta, WengLinGamma gamma, double kappa) : UpdateRule
{
    /// <summary>Beyond this spread of μ/c the squares of the small exponentials vanish, and sums are taken in logarithms.</summary>
    private const double LargestSpread = 300;

    private readonly BradleyTerryRule _pairs = new(beta, gamma, kappa);
    private double[] _exponential = new double[8];
    private double[] _sum = new double[9];

    public override double Floor => kappa;

    public override void Apply(Slate slate)
    {
        int n = slate.Count;
        if (slate.HasUnordered && MiddleIsUnordered(slate))
        {
            _pairs.Apply(slate);
            return;
        }

        if (_exponential.Length < n)
        {
            _exponential = new double[2 * n];
            _sum = new double[2 * n + 1];
        }

        double c2 = n * beta * beta, most = double.NegativeInfinity, least = double.PositiveInfinity;
        for (int i = 0; i < n; i++)
        {
            c2 += slate.Variance[i];
            most = Math.Max(most, slate.Mu[i]);
            least = Math.Min(least, slate.Mu[i]);
        }

        double c = Math.Sqrt(c2);
        if (most - least > LargestSpread * c)
        {
            Far(slate, c);
            return;
        }

        Near(slate, c, most);
    }

    private void Near(Slate slate, double c, double most)
    {
        int n = slate.Count;
        Span<double> exponential = _exponential.AsSpan(0, n), sum = _sum.AsSpan(0, n + 1);
        sum[n] = 0;
        for (int i = n - 1; i >= 0; i--)
        {
            exponential[i] = Math.Exp((slate.Mu[i] - most) / c);
            sum[i] = sum[i + 1] + exponential[i];
        }

        double first = 0, second = 0; // Σ 1/S and Σ 1/S² over the tiers so far
        for (int start = 0; start < n;)
        {
            int end = EndOfTier(slate, start);
            bool stage = !slate.Unordered[start];
            if (stage)
            {
                double inverse = 1 / sum[start];
                first += inverse;
                second += inverse * inverse;
            }

            double won = stage ? 1.0 / (end - start) : 0;
            for (int i = start; i < end; i++)
            {
                double e = exponential[i];
                Set(slate, i, c, won - e * first, e * first - e * e * second);
            }

            start = end;
        }
    }

    /// <summary>The same with every probability taken in logarithms: no sum vanishes however far apart the means are.</summary>
    private void Far(Slate slate, double c)
    {
        int n = slate.Count;
        Span<double> logSum = _sum.AsSpan(0, n + 1);
        logSum[n] = double.NegativeInfinity;
        for (int i = n - 1; i >= 0; i--)
        {
            double own = slate.Mu[i] / c, rest = logSum[i + 1], high = Math.Max(own, rest);
            logSum[i] = high + Math.Log(Math.Exp(own - high) + Math.Exp(rest - high));
        }

        for (int i = 0; i < n; i++)
        {
            double own = slate.Mu[i] / c, sum = 0, spread = 0;
            int start = 0;
            for (; start < n && slate.Tier[start] <= slate.Tier[i]; start = EndOfTier(slate, start))
            {
                if (!slate.Unordered[start])
                {
                    double p = Math.Exp(Math.Min(0, own - logSum[start]));
                    sum += p;
                    spread += p * (1 - p);
                }
            }

            double won = slate.Unordered[i] ? 0 : 1.0 / TierSize(slate, i);
            Set(slate, i, c, won - sum, spread);
        }
    }

    private void Set(Slate slate, int i, double c, double omega, double delta)
    {
        double variance = slate.Variance[i];
        double slow = gamma switch
        {
            WengLinGamma.SigmaOverC => Math.Sqrt(variance) / c,
            WengLinGamma.OneOverSize => 1.0 / slate.Count,
            _ => 1,
        };
        slate.Omega[i] = variance / c * omega;
        slate.Delta[i] = slow * (variance / (c * c)) * delta;
    }

    private static bool MiddleIsUnordered(Slate slate)
    {
        int last = slate.Tier[slate.Count - 1];
        for (int i = 0; i < slate.Count && slate.Tier[i] < last; i++)
        {
            if (slate.Unordered[i])
            {
                return true;
            }
        }

        return false;
    }

    private static int EndOfTier(Slate slate, int start)
    {
        int end = start + 1;
        while (end < slate.Count && slate.Tier[end] == slate.Tier[start])
        {
            end++;
        }

        return end;
    }

    private static int TierSize(Slate slate, int team)
    {
        int size = 0;
        for (int i = 0; i < slate.Count; i++)
        {
            size += slate.Tier[i] == slate.Tier[team] ? 1 : 0;
        }

        return size;
    }
}
