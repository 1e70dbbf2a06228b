using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Pairwise;

/// <summary>Sums over samples of two competitors' influences a, b: Σ ab, Σ (a − b)² and Σ (a − b)⁴.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct InfluenceMoments(double Product, double Square, double Fourth)
{
    /// <summary>How many samples the difference stands on: Σ²/Σ⁴, less than their number when few dominate.</summary>
    public double EffectiveSamples => Fourth > 0 ? Square * Square / Fourth : 0;

    public static InfluenceMoments Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> counts)
    {
        ref double a = ref MemoryMarshal.GetReference(first);
        ref double b = ref MemoryMarshal.GetReference(second);
        ref double c = ref MemoryMarshal.GetReference(counts);
        Vector256<double> products = default, squares = default, fourths = default;
        int p = 0;
        for (; p <= counts.Length - Vector256<double>.Count; p += Vector256<double>.Count)
        {
            Vector256<double> x = Vector256.LoadUnsafe(ref a, (nuint)p);
            Vector256<double> y = Vector256.LoadUnsafe(ref b, (nuint)p);
            Vector256<double> count = Vector256.LoadUnsafe(ref c, (nuint)p);
            Vector256<double> d2 = (x - y) * (x - y);
            products += count * x * y;
            squares += count * d2;
            fourths += count * d2 * d2;
        }

        double product = Vector256.Sum(products), square = Vector256.Sum(squares), fourth = Vector256.Sum(fourths);
        for (; p < counts.Length; p++)
        {
            double d2 = (first[p] - second[p]) * (first[p] - second[p]);
            product += counts[p] * first[p] * second[p];
            square += counts[p] * d2;
            fourth += counts[p] * d2 * d2;
        }

        return new InfluenceMoments(product, square, fourth);
    }

    /// <summary>influence = matrix · scores, both competitors × patterns; the matrix n × n row by row.</summary>
    public static double[] Influence(double[] matrix, double[] scores, SamplePatterns patterns, int threads)
    {
        int n = patterns.Competitors;
        int width = patterns.Patterns;
        var influence = new double[n * width];
        Parallel.For(0, n, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            Span<Vector256<double>> target = MemoryMarshal.Cast<double, Vector256<double>>(influence.AsSpan(i * width, width));
            for (int j = 0; j < n; j++)
            {
                double factor = matrix[i * n + j];
                ReadOnlySpan<Vector256<double>> source = MemoryMarshal.Cast<double, Vector256<double>>(scores.AsSpan(j * width, width));
                for (int k = 0; k < target.Length; k++)
                {
                    target[k] += factor * source[k];
                }

                for (int p = target.Length * Vector256<double>.Count; p < width; p++)
                {
                    influence[i * width + p] += factor * scores[j * width + p];
                }
            }
        });
        return influence;
    }
}
