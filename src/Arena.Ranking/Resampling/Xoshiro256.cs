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

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
