using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Arena.Ranking.Resampling;

/// <summary>
/// The bootstrap over samples: each round draws as many samples as there are, with replacement, the same ones for every
/// competitor, and sums rows of per-pattern values over them.
/// </summary>
/// <remarks>
/// Work per round is the draws plus rows × patterns multiply-adds in fixed 256-bit lanes, so the sums are the same on
/// every machine and for every number of threads. Nothing is allocated per round.
/// </remarks>
internal sealed class SampleBootstrap(SamplePatterns patterns, double[] rows, int[] segmentStart, FitOptions options)
{
    private const int Batch = 4;
    private const int Block = 2048;

    private readonly int _patterns = patterns.Patterns;
    private readonly int _rows = rows.Length / patterns.Patterns;

    /// <summary>Receives a round's sums, segments × rows; called at the same time from several threads for different rounds.</summary>
    public delegate void RoundVisitor(int round, ReadOnlySpan<double> sums);

    public void Run(RoundVisitor visit)
    {
        int batches = (options.Rounds + Batch - 1) / Batch;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism };
        Parallel.For(0, batches, parallel, () => new Workspace(_patterns, (segmentStart.Length - 1) * _rows), (batch, _, work) =>
        {
            RunBatch(batch, work, visit);
            return work;
        }, _ => { });
    }

    private void RunBatch(int batch, Workspace work, RoundVisitor visit)
    {
        for (int b = 0; b < Batch; b++)
        {
            Draw(batch * Batch + b, work.Counts.AsSpan(b * _patterns, _patterns));
        }

        Array.Clear(work.Sums);
        int segments = segmentStart.Length - 1;
        int stride = segments * _rows;
        for (int segment = 0; segment < segments; segment++)
        {
            for (int start = segmentStart[segment]; start < segmentStart[segment + 1]; start += Block)
            {
                int length = Math.Min(Block, segmentStart[segment + 1] - start);
                for (int row = 0; row < _rows; row++)
                {
                    AddProducts(row, start, length, work.Counts, work.Sums, segment * _rows + row, stride);
                }
            }
        }

        for (int b = 0; b < Batch && batch * Batch + b < options.Rounds; b++)
        {
            visit(batch * Batch + b, work.Sums.AsSpan(b * stride, stride));
        }
    }

    // full optimisation from the first call: a fit of a small board ends before the runtime would have got round to it
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Draw(int round, Span<double> counts)
    {
        counts.Clear();
        int[] patternOf = patterns.PatternOf;
        var random = new Xoshiro256(options.Seed, (ulong)round);
        ulong samples = (ulong)patternOf.Length;
        int left = patternOf.Length;
        for (; left > 1; left -= 2)
        {
            // two indices from one number: (32 random bits × m) / 2³², off uniform by at most m / 2³²
            ulong bits = random.Next();
            counts[patternOf[(int)(((bits >> 32) * samples) >> 32)]]++;
            counts[patternOf[(int)(((bits & uint.MaxValue) * samples) >> 32)]]++;
        }

        if (left == 1)
        {
            counts[patternOf[(int)(((random.Next() >> 32) * samples) >> 32)]]++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddProducts(int row, int start, int length, double[] counts, double[] sums, int target, int stride)
    {
        ref double values = ref MemoryMarshal.GetReference(rows.AsSpan(row * _patterns + start, length));
        ref double c0 = ref MemoryMarshal.GetReference(counts.AsSpan(start, length));
        ref double c1 = ref MemoryMarshal.GetReference(counts.AsSpan(_patterns + start, length));
        ref double c2 = ref MemoryMarshal.GetReference(counts.AsSpan(2 * _patterns + start, length));
        ref double c3 = ref MemoryMarshal.GetReference(counts.AsSpan(3 * _patterns + start, length));
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
        int p = 0;
        for (; p <= length - Vector256<double>.Count; p += Vector256<double>.Count)
        {
            Vector256<double> value = Vector256.LoadUnsafe(ref values, (nuint)p);
            s0 += value * Vector256.LoadUnsafe(ref c0, (nuint)p);
            s1 += value * Vector256.LoadUnsafe(ref c1, (nuint)p);
            s2 += value * Vector256.LoadUnsafe(ref c2, (nuint)p);
            s3 += value * Vector256.LoadUnsafe(ref c3, (nuint)p);
        }

        double t0 = Vector256.Sum(s0), t1 = Vector256.Sum(s1), t2 = Vector256.Sum(s2), t3 = Vector256.Sum(s3);
        for (; p < length; p++)
        {
            double value = Unsafe.Add(ref values, p);
            t0 += value * Unsafe.Add(ref c0, p);
            t1 += value * Unsafe.Add(ref c1, p);
            t2 += value * Unsafe.Add(ref c2, p);
            t3 += value * Unsafe.Add(ref c3, p);
        }

        sums[target] += t0;
        sums[target + stride] += t1;
        sums[target + 2 * stride] += t2;
        sums[target + 3 * stride] += t3;
    }

    private sealed class Workspace(int patterns, int sums)
    {
        public double[] Counts { get; } = new double[Batch * patterns];

        public double[] Sums { get; } = new double[Batch * sums];
    }
}
