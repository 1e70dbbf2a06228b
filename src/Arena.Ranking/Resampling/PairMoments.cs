using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Arena.Ranking.Resampling;

/// <summary>Sums over the samples two competitors share of d = score of the first − score of the second.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PairMoments(
    double Common,
    double Discordant,
    double WinWeight,
    double LossWeight,
    double Weight,
    double WeightSquared,
    double D,
    double DWeightSquared,
    double D2,
    double D4)
{
    public int CommonSamples => (int)Common;

    /// <summary>Samples on which the two differ by more than the margin.</summary>
    public int DiscordantSamples => (int)Discordant;

    /// <summary>(Σ w)² / Σ w²: the number of samples, were they weighted alike.</summary>
    public int EffectiveSamples => EffectiveCount(Weight, WeightSquared);

    /// <summary>
    /// How many samples the difference really stands on: (Σ w²d²)² / Σ w⁴d⁴, which is the number of samples that differ
    /// when they differ alike, and less when few of them dominate.
    /// </summary>
    public double EffectiveDiscordant => D4 > 0 ? D2 * D2 / D4 : 0;

    /// <summary>Mean difference over the shared samples; 0 when there is none.</summary>
    public double Mean => Weight > 0 ? D / Weight : 0;

    /// <summary>Σ w²(d − mean)², never below 0.</summary>
    public double Centred => Math.Max(0, D2 - 2 * Mean * DWeightSquared + Mean * Mean * WeightSquared);

    /// <summary>Kish's effective number of samples, rounded down.</summary>
    public static int EffectiveCount(double weight, double weightSquared) =>
        weightSquared > 0 ? (int)Math.Floor(Math.Round(weight * weight / weightSquared, 6)) : 0;
}

/// <summary>The moments of all pairs, one pass over the patterns a pair, in fixed 256-bit lanes.</summary>
internal sealed class PairMomentSums
{
    private readonly SamplePatterns _patterns;
    private readonly double _margin;
    private readonly double[] _count;
    private readonly double[] _weight;

    public PairMomentSums(SamplePatterns patterns, double margin)
    {
        _patterns = patterns;
        _margin = margin;
        _weight = patterns.Weight;
        _count = [.. patterns.Count.Select(c => (double)c)];
    }

    /// <summary>Every pair, in the order of <see cref="PairComparisons.IndexOf"/>.</summary>
    public PairMoments[] All(int threads)
    {
        int n = _patterns.Competitors;
        var all = new PairMoments[n * (n - 1) / 2];
        Parallel.For(0, n, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            for (int j = i + 1; j < n; j++)
            {
                all[PairComparisons.IndexOf(i, j, n)] = Of(i, j);
            }
        });
        return all;
    }

    private PairMoments Of(int first, int second)
    {
        ref double a = ref MemoryMarshal.GetReference(_patterns.Row(first));
        ref double b = ref MemoryMarshal.GetReference(_patterns.Row(second));
        ref double c = ref MemoryMarshal.GetReference(_count.AsSpan());
        ref double w = ref MemoryMarshal.GetReference(_weight.AsSpan());
        Vector256<double> margin = Vector256.Create(_margin);
        var sums = default(Lanes);
        int p = 0;
        for (; p <= _count.Length - Vector256<double>.Count; p += Vector256<double>.Count)
        {
            sums.Add(
                Vector256.LoadUnsafe(ref a, (nuint)p) - Vector256.LoadUnsafe(ref b, (nuint)p),
                Vector256.LoadUnsafe(ref c, (nuint)p),
                Vector256.LoadUnsafe(ref w, (nuint)p),
                margin);
        }

        // the rest, padded with missing samples
        Span<double> rest = stackalloc double[12];
        rest.Fill(double.NaN);
        for (int k = 0; p < _count.Length; p++, k++)
        {
            rest[k] = _patterns.Row(first)[p] - _patterns.Row(second)[p];
            (rest[4 + k], rest[8 + k]) = (_count[p], _weight[p]);
        }

        sums.Add(
            Vector256.Create<double>(rest[..4]), Vector256.Create<double>(rest[4..8]), Vector256.Create<double>(rest[8..]), margin);
        return sums.Total();
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Lanes
    {
        private Vector256<double> _common;
        private Vector256<double> _discordant;
        private Vector256<double> _wins;
        private Vector256<double> _losses;
        private Vector256<double> _weight;
        private Vector256<double> _weight2;
        private Vector256<double> _d;
        private Vector256<double> _dWeight2;
        private Vector256<double> _d2;
        private Vector256<double> _d4;

        public void Add(Vector256<double> d, Vector256<double> count, Vector256<double> weight, Vector256<double> margin)
        {
            // d is NaN where either score is missing; masking by its own equality turns that into nothing
            Vector256<double> both = Vector256.Equals(d, d);
            d &= both;
            count &= both;
            weight &= both;
            Vector256<double> cw = count * weight;
            Vector256<double> cw2 = cw * weight;
            Vector256<double> wd = weight * d;
            Vector256<double> wd2 = wd * wd;
            _common += count;
            Vector256<double> won = Vector256.GreaterThan(d, margin);
            Vector256<double> lost = Vector256.LessThan(d, -margin);
            _discordant += (won | lost) & count;
            _wins += won & cw;
            _losses += lost & cw;
            _weight += cw;
            _weight2 += cw2;
            _d += cw * d;
            _dWeight2 += cw2 * d;
            _d2 += count * wd2;
            _d4 += count * (wd2 * wd2);
        }

        public readonly PairMoments Total() => new(
            Vector256.Sum(_common),
            Vector256.Sum(_discordant),
            Vector256.Sum(_wins),
            Vector256.Sum(_losses),
            Vector256.Sum(_weight),
            Vector256.Sum(_weight2),
            Vector256.Sum(_d),
            Vector256.Sum(_dWeight2),
            Vector256.Sum(_d2),
            Vector256.Sum(_d4));
    }
}
