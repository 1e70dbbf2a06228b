namespace Arena.Ranking.Listwise;

/// <summary>
/// The terms of single orderings of the Plackett–Luce log-likelihood at given weights w = e^θ. Going down an ordering,
/// every tier T of t with the rest R below it (weights A and B in all) adds:
/// <list type="bullet">
/// <item>one competitor: θ − ln(A + B); nothing when it is last;</item>
/// <item>t tied (Efron 1977, as in the rank-ordered logit): Σ θ − Σₖ₌₀^(t−1) ln(B + (1 − k/t) A), the mean over the t! orders
/// of the tied with the sum that remains replaced by its mean. When nothing is below, the last place is no choice and leaves
/// (t − 1)(mean θ − ln A), which for a pair is half a win each;</item>
/// <item>t unordered: the logarithm of the sum over all orders (<see cref="UnorderedTier"/>); nothing when it is last.</item>
/// </list>
/// All are concave in θ.
/// </summary>
/// <remarks>
/// Whatever the tier, competitor j below it is exposed by the same amount r, and pairs below it bend by wᵢwⱼ q: so r and q
/// run down the ordering as sums, and an ordering of m costs m for the gradient and m²/2 for the curvature.
/// </remarks>
internal sealed class BallotTerms(RankedBallots ballots)
{
    private readonly double[] _weight = new double[ballots.Longest];
    private readonly double[] _below = new double[ballots.Longest + 1];
    private readonly double[] _exposure = new double[ballots.Longest];
    private readonly UnorderedTier _unordered = new(ballots.Longest);

    /// <summary>Adds one ordering.</summary>
    /// <param name="ballot">Which.</param>
    /// <param name="theta">Log-strengths.</param>
    /// <param name="weights">e^θ.</param>
    /// <param name="sums">Where to add.</param>
    public void Add(int ballot, double[] theta, double[] weights, ListwiseSums sums)
    {
        double scale = ballots.Weight[ballot] * (ballots.Copies is null ? 1 : ballots.Copies[ballot]);
        int start = ballots.Start[ballot], end = ballots.Start[ballot + 1];
        ReadOnlySpan<int> items = ballots.Item.AsSpan(start, end - start);
        Load(items, weights);
        if (ballots.Strict[ballot])
        {
            AddStrict(items, theta, scale, sums);
        }
        else
        {
            AddTiers(start, items, theta, scale, sums, sums.Gradient);
        }
    }

    /// <summary>The gradient of one observation (weight included, copies not), one value a slot.</summary>
    public void Score(int ballot, double[] theta, double[] weights, Span<double> score)
    {
        int start = ballots.Start[ballot], end = ballots.Start[ballot + 1];
        ReadOnlySpan<int> items = ballots.Item.AsSpan(start, end - start);
        Load(items, weights);
        if (!ballots.Strict[ballot])
        {
            AddTiers(start, items, theta, ballots.Weight[ballot], null, score);
            return;
        }

        double exposed = 0;
        for (int k = 0; k < items.Length; k++)
        {
            exposed += k == items.Length - 1 ? 0 : 1 / _below[k];
            score[k] = ballots.Weight[ballot] * ((k == items.Length - 1 ? 0 : 1) - _weight[k] * exposed);
        }
    }

    /// <summary>The diagonal of the negative Hessian of one observation (weight included, copies not), one value a slot.</summary>
    public void Information(int ballot, double[] weights, Span<double> information)
    {
        int start = ballots.Start[ballot], length = ballots.Start[ballot + 1] - start;
        Load(ballots.Item.AsSpan(start, length), weights);
        double exposed = 0, bend = 0;
        for (int first = 0, next; first < length; first = next)
        {
            next = ballots.EndOfTier(start + first, start + length) - start;
            TierTerms tier = Tier(first, next, (ballots.Tier[start + first] & Ballots.UnorderedBit) != 0, length, curvature: true);
            for (int k = first; k < next; k++)
            {
                // rows of the Hessian add up to 0: an unordered tier has its diagonal from the rest of the row
                double own = tier.Marginal
                    ? _weight[k] * _unordered.RowOf(k - first, _weight.AsSpan(first, next - first), _below[next])
                    : _weight[k] * (_exposure[k] - _weight[k] * tier.Within);
                information[k] = ballots.Weight[ballot] * Math.Max(0, _weight[k] * (exposed - _weight[k] * bend) + own);
            }

            exposed += tier.Rest;
            bend += tier.BelowBelow;
        }
    }

    private void Load(ReadOnlySpan<int> items, double[] weights)
    {
        double sum = 0;
        _below[items.Length] = 0;
        for (int k = items.Length - 1; k >= 0; k--)
        {
            _below[k] = sum += _weight[k] = weights[items[k]];
        }
    }

    private void AddStrict(ReadOnlySpan<int> items, double[] theta, double scale, ListwiseSums sums)
    {
        int n = theta.Length, last = items.Length - 1;
        ReadOnlySpan<double> weight = _weight.AsSpan(0, items.Length);
        double exposed = 0, bend = 0, log = 0, product = 1;
        double[] gradient = sums.Gradient;
        for (int k = 0; k < last; k++)
        {
            double inverse = 1 / _below[k];
            exposed += inverse;
            bend += inverse * inverse;
            log += theta[items[k]];
            product *= inverse;
            if (product is < 1e-200 or > 1e200)
            {
                (log, product) = (log + Math.Log(product), 1);
            }

            gradient[items[k]] += scale * (1 - weight[k] * exposed);
            if (sums.Curvature is not null)
            {
                double factor = scale * bend * weight[k];
                Span<double> row = sums.Curvature.AsSpan(items[k] * n, n);
                for (int j = k + 1; j < items.Length; j++)
                {
                    row[items[j]] += factor * weight[j];
                }
            }

            if (sums.Chain is not null)
            {
                for (int j = k + 1; j < items.Length; j++)
                {
                    sums.Chain[items[j] * n + items[k]] += scale * inverse;
                }
            }
        }

        gradient[items[last]] -= scale * weight[last] * exposed;
        sums.LogLikelihood += scale * (log + Math.Log(product));
    }

    /// <summary>Any ordering. With sums null the target takes one value a slot, else one a competitor.</summary>
    private void AddTiers(int start, ReadOnlySpan<int> items, double[] theta, double scale, ListwiseSums? sums, Span<double> target)
    {
        double exposed = 0, bend = 0;
        for (int first = 0, next; first < items.Length; first = next)
        {
            next = ballots.EndOfTier(start + first, start + items.Length) - start;
            bool unordered = (ballots.Tier[start + first] & Ballots.UnorderedBit) != 0;
            ReadOnlySpan<int> members = items[first..next];
            TierTerms tier = Tier(first, next, unordered, items.Length, sums?.Curvature is not null);
            if (!tier.Marginal)
            {
                foreach (int i in members)
                {
                    tier.Log += tier.Wins * theta[i];
                }
            }

            for (int k = first; k < next; k++)
            {
                target[sums is null ? k : items[k]] += scale * (tier.Wins - _weight[k] * (exposed + _exposure[k]));
            }

            if (sums?.Curvature is not null)
            {
                Bend(items, first, next, tier, scale, bend, sums.Curvature, theta.Length);
            }

            if (sums?.Chain is not null)
            {
                Link(items, first, next, tier, scale, sums.Chain, theta.Length);
            }

            if (sums is not null)
            {
                sums.LogLikelihood += scale * tier.Log;
            }

            exposed += tier.Rest;
            bend += tier.BelowBelow;
        }
    }

    /// <summary>What one tier adds; the exposure of its own members goes to <see cref="_exposure"/>.</summary>
    private TierTerms Tier(int first, int next, bool unordered, int length, bool curvature)
    {
        int t = next - first;
        double rest = _below[next], own = Sum(first, next);
        Span<double> exposure = _exposure.AsSpan(first, t);
        if (next == length)
        {
            exposure.Fill(unordered ? 0 : (t - 1) / own);
            return unordered
                ? default
                : new TierTerms { Wins = (t - 1.0) / t, Log = -(t - 1) * Math.Log(own), Within = (t - 1) / (own * own) };
        }

        if (unordered)
        {
            double log = _unordered.Evaluate(_weight.AsSpan(first, t), rest, curvature);
            _unordered.Exposure.AsSpan(0, t).CopyTo(exposure);
            return new TierTerms { Marginal = true, Wins = 1, Log = log, Rest = _unordered.Below, BelowBelow = _unordered.BelowBelow };
        }

        var tier = new TierTerms { Wins = 1 };
        double self = 0;
        for (int k = 0; k < t; k++)
        {
            double share = 1 - (double)k / t, inverse = 1 / (rest + share * own);
            self += share * inverse;
            tier.Rest += inverse;
            tier.Within += share * share * inverse * inverse;
            tier.MemberBelow += share * inverse * inverse;
            tier.BelowBelow += inverse * inverse;
            tier.Log += Math.Log(inverse);
        }

        exposure.Fill(self);
        return tier;
    }

    private void Bend(ReadOnlySpan<int> items, int first, int next, TierTerms tier, double scale, double bend, double[] curvature, int n)
    {
        int t = next - first;
        for (int k = first; k < next; k++)
        {
            Span<double> row = curvature.AsSpan(items[k] * n, n);
            double factor = scale * _weight[k];
            double below = factor * (bend + (tier.Marginal ? _unordered.MemberBelow[k - first] : tier.MemberBelow));
            for (int j = k + 1; j < next; j++)
            {
                row[items[j]] += factor * _weight[j] * (bend + (tier.Marginal ? _unordered.Pair[(k - first) * t + (j - first)] : tier.Within));
            }

            for (int j = next; j < items.Length; j++)
            {
                row[items[j]] += below * _weight[j];
            }
        }
    }

    /// <summary>
    /// Rates j → i for i in the tier: j's exposure over t. Each member is then reached at the rate it was chosen at, and left
    /// at the rate it was exposed, so the chain stands still where the gradient is 0.
    /// </summary>
    private void Link(ReadOnlySpan<int> items, int first, int next, TierTerms tier, double scale, double[] chain, int n)
    {
        for (int j = first; j < items.Length; j++)
        {
            double rate = scale * (j < next ? _exposure[j] : tier.Rest) / (next - first);
            for (int i = first; i < next; i++)
            {
                chain[items[j] * n + items[i]] += i == j ? 0 : rate;
            }
        }
    }

    private double Sum(int first, int next)
    {
        double sum = 0;
        for (int k = first; k < next; k++)
        {
            sum += _weight[k];
        }

        return sum;
    }

    /// <summary>
    /// Sums over the choices of one tier: 1/D for those below (Rest), c²/D², c/D² and 1/D² for two members, a member and one
    /// below, two below; c is a member's share in the sum D.
    /// </summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private struct TierTerms
    {
        public bool Marginal;
        public double Wins;
        public double Log;
        public double Rest;
        public double Within;
        public double MemberBelow;
        public double BelowBelow;
    }
}
