using System.Numerics;
using System.Runtime.InteropServices;

namespace Arena.Ranking.Resampling;

/// <summary>
/// xoshiro256** (Blackman, Vigna 2018), seeded through SplitMix64. System.Random's sequence for a seed is no promise
/// across versions of .NET; this one is fixed, and a stream a round makes results independent of threads.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct Xoshiro256
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public Xoshiro256(ulong seed, ulong stream)
    {
        ulong state = seed;
        state = SplitMix(ref state) ^ (stream * 0xD1342543DE82EF95);
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0 … bound − 1, without bias (Lemire 2019).</summary>
    public int NextBelow(int bound)
    {
        ulong range = (uint)bound;
        ulong product = (Next() >> 32) * range;
        uint low = (uint)product;
        if (low < range)
        {
            uint threshold = (uint)(0x1_0000_0000 % range);
            while (low < threshold)
            {
                product = (Next() >> 32) * range;
                low = (uint)product;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>Standard normal, by the polar method (Marsaglia, Bray 1964); the second of each two is dropped, so that a draw has no memory.</summary>
    public double NextNormal()
    {
        while (true)
        {
            double u = 2 * NextDouble() - 1, v = 2 * NextDouble() - 1, s = u * u + v * v;
            if (s is > 0 and < 1)
            {
                return u * Math.Sqrt(-2 * Math.Log(s) / s);
            }
        }
    }

    /// <summary>Two independent standard normals for the price of one.</summary>
    public (double First, double Second) NextNormals()
    {
        while (true)
        {
            double u = 2 * NextDouble() - 1, v = 2 * NextDouble() - 1, s = u * u + v * v;
            if (s is > 0 and < 1)
            {
                double factor = Math.Sqrt(-2 * Math.Log(s) / s);
                return (u * factor, v * factor);
            }
        }
    }

    /// <summary>Gamma of the given shape and scale 1 (Marsaglia, Tsang 2000).</summary>
    public double NextGamma(double shape)
    {
        if (shape < 1)
        {
            // a draw of shape + 1 times a power of a uniform one
            return NextGamma(shape + 1) * Math.Pow(1 - NextDouble(), 1 / shape);
        }

        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double z = NextNormal(), v = 1 + c * z;
            v = v * v * v;
            if (v > 0 && Math.Log(1 - NextDouble()) < z * z / 2 + d - d * v + d * Math.Log(v))
            {
                return d * v;
            }
        }
    }

    /// <summary>Poisson: small means by multiplying uniforms, larger ones by transformed rejection (PTRS; Hörmann 1993).</summary>
    public double NextPoisson(double mean)
    {
        if (!(mean > 0))
        {
            return 0;
        }

        if (mean < 10)
        {
            double limit = Math.Exp(-mean), product = NextDouble();
            int count = 0;
            for (; product > limit; count++)
            {
                product *= NextDouble();
            }

            return count;
        }

        double b = 0.931 + 2.53 * Math.Sqrt(mean), a = -0.059 + 0.02483 * b, log = Math.Log(mean);
        double inverse = 1.1239 + 1.1328 / (b - 3.4), quick = 0.9277 - 3.6224 / (b - 2);
        while (true)
        {
            double u = NextDouble() - 0.5, v = 1 - NextDouble(), us = 0.5 - Math.Abs(u);
            double k = Math.Floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= quick)
            {
                return k;
            }

            if (k >= 0 && (us >= 0.013 || v <= us)
                && Math.Log(v * inverse / (a / (us * us) + b)) <= k * log - mean - MathNet.Numerics.SpecialFunctions.GammaLn(k + 1))
            {
                return k;
            }
        }
    }

    /// <summary>Draws as many of some items as there are, with replacement: how often each was drawn.</summary>
    public void Resample(Span<int> times)
    {
        times.Clear();
        for (int k = 0; k < times.Length; k++)
        {
            times[NextBelow(times.Length)]++;
        }
    }

    /// <summary>Exponential of rate 1; −ln of this is a standard Gumbel draw.</summary>
    public double NextExponential() => -Math.Log(1 - NextDouble());

    /// <summary>Every order is as likely (Fisher, Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int k = items.Length - 1; k > 0; k--)
        {
            int other = NextBelow(k + 1);
            (items[k], items[other]) = (items[other], items[k]);
        }
    }

    /// <summary>A random order of 0 … count − 1 (Fisher, Yates).</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (int k = 0; k < count; k++)
        {
            int other = NextBelow(k + 1);
            order[k] = order[other];
            order[other] = k;
        }

        return order;
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
