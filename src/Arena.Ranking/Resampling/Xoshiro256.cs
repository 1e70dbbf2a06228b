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
