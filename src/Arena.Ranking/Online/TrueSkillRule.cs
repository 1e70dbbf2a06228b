using MathNet.Numerics.Distributions;

namespace Arena.Ranking.Online;

/// <summary>
/// TrueSkill (Herbrich, Minka, Graepel 2006): expectation propagation over adjacent ranks. Team performances are normal,
/// N(Σμ, Σσ² + size·β²); every two neighbours differ by more than the draw margin, or less when they tied. Messages pass up and
/// down the chain until none moves.
/// </summary>
/// <remarks>A tier that nobody ordered has no chain through it: each of its members is linked with the tiers above and below.</remarks>
internal sealed class TrueSkillRule : UpdateRule
{
    private readonly double _beta2;
    private readonly double _margin; // of two teams, divided by the root of their size together
    private readonly double _tolerance;
    private readonly int _most;
    private readonly bool _rough;
    private double[] _precision = new double[8];
    private double[] _shift = new double[8]; // mean · precision
    private Link[] _links = new Link[8];
    private int _count;

    public TrueSkillRule(TrueSkillOptions options)
    {
        (_beta2, _tolerance, _most, _rough) = (options.Beta * options.Beta, options.Tolerance, options.MaxIterations, options.PythonCompatible);
        double share = (options.DrawProbability + 1) / 2;
        _margin = options.Beta * (_rough ? RoughNormal.Quantile(share) : Normal.InvCDF(0, 1, share));
    }

    public override bool TakesWeights => false;

    public override void Apply(Slate slate)
    {
        Start(slate);
        for (int pass = 0; pass < _most; pass++)
        {
            double moved = 0;
            for (int k = 0; k < _count; k++)
            {
                moved = Math.Max(moved, Pass(ref _links[k]));
            }

            for (int k = _count - 2; k > 0; k--)
            {
                moved = Math.Max(moved, Pass(ref _links[k]));
            }

            if (moved <= _tolerance || _count == 1)
            {
                break;
            }
        }

        for (int i = 0; i < slate.Count; i++)
        {
            double own = slate.Variance[i] + slate.Size[i] * _beta2;
            double variance = 1 / _precision[i], mean = _shift[i] * variance;
            slate.Omega[i] = slate.Variance[i] / own * (mean - slate.Mu[i]);
            slate.Delta[i] = Math.Clamp(slate.Variance[i] / own * (1 - variance / own), 0, 1);
        }
    }

    private void Start(Slate slate)
    {
        int n = slate.Count;
        if (_precision.Length < n)
        {
            (_precision, _shift) = (new double[2 * n], new double[2 * n]);
        }

        for (int i = 0; i < n; i++)
        {
            double precision = 1 / (slate.Variance[i] + slate.Size[i] * _beta2);
            (_precision[i], _shift[i]) = (precision, slate.Mu[i] * precision);
        }

        _count = 0;
        for (int start = 0, aboveStart = 0; start < n;)
        {
            int end = start + 1;
            while (end < n && slate.Tier[end] == slate.Tier[start])
            {
                end++;
            }

            for (int above = start == 0 || slate.Unordered[aboveStart] ? aboveStart : start - 1; above < start; above++)
            {
                for (int below = start; below < (slate.Unordered[start] ? end : start + 1); below++)
                {
                    Add(slate, above, below, draw: false);
                }
            }

            for (int i = start + 1; i < end && !slate.Unordered[start]; i++)
            {
                Add(slate, i - 1, i, draw: true);
            }

            (aboveStart, start) = (start, end);
        }
    }

    private void Add(Slate slate, int above, int below, bool draw)
    {
        if (_count == _links.Length)
        {
            Array.Resize(ref _links, 2 * _count);
        }

        double margin = _margin * Math.Sqrt(slate.Size[above] + slate.Size[below]);
        _links[_count++] = new Link { Above = above, Below = below, Margin = margin, Draw = draw };
    }

    /// <summary>Renews one link's two messages; returns how far the belief about its difference moved.</summary>
    private double Pass(ref Link link)
    {
        double pa = _precision[link.Above] - link.AbovePrecision, sa = _shift[link.Above] - link.AboveShift;
        double pb = _precision[link.Below] - link.BelowPrecision, sb = _shift[link.Below] - link.BelowShift;
        double ma = sa / pa, mb = sb / pb, variance = 1 / pa + 1 / pb, deviation = Math.Sqrt(variance);
        double x = (ma - mb) / deviation, t = link.Margin / deviation;
        (double v, double rest) = Cut(x, t, link.Draw);

        // the belief about the difference, then what the link alone says about it
        double newVariance = variance * rest, newMean = (x + v) * deviation;
        double precision = (1 / rest - 1) / variance;
        if (precision > 0)
        {
            double mean = (newMean / newVariance - (ma - mb) / variance) / precision, own = 1 / precision;
            Send(ref link.AbovePrecision, ref link.AboveShift, link.Above, pa, sa, mean + mb, own + 1 / pb);
            Send(ref link.BelowPrecision, ref link.BelowShift, link.Below, pb, sb, ma - mean, own + 1 / pa);
        }

        double moved = Math.Max(
            Math.Abs(newMean / newVariance - link.Shift),
            Math.Sqrt(Math.Abs(1 / newVariance - link.Precision)));
        (link.Shift, link.Precision) = (newMean / newVariance, 1 / newVariance);
        return moved;
    }

    /// <summary>What the outcome adds to the mean, and what share of the variance it leaves; never nothing, so that precisions stay finite.</summary>
    private (double V, double Left) Cut(double x, double t, bool draw)
    {
        if (_rough && (draw ? RoughNormal.Draw(x, t) : RoughNormal.Win(x, t)) is (double roughV, double roughW))
        {
            return (roughV, Math.Clamp(1 - roughW, 1e-12, 1));
        }

        (double v, _, double left) = draw ? Truncated.Draw(x, t, 0) : Truncated.Win(x, t);
        return (v, Math.Clamp(left, 1e-12, 1));
    }

    private void Send(ref double precision, ref double shift, int team, double cavityPrecision, double cavityShift, double mean, double variance)
    {
        (precision, shift) = (1 / variance, mean / variance);
        (_precision[team], _shift[team]) = (cavityPrecision + precision, cavityShift + shift);
    }

    private struct Link
    {
        public int Above;
        public int Below;
        public double Margin;
        public bool Draw;
        public double AbovePrecision;
        public double AboveShift;
        public double BelowPrecision;
        public double BelowShift;
        public double Precision;
        public double Shift;
    }
}
