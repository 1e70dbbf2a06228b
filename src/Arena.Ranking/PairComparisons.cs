using System.Runtime.InteropServices;

namespace Arena.Ranking;

/// <summary>Two competitors compared; numbers in rating units, positive where the first is better.</summary>
/// <param name="Difference">How much better the first is, over samples both were measured on (Bradley–Terry: difference of ratings).</param>
/// <param name="StandardError">Its standard error, one observation a sample.</param>
/// <param name="Low">Lower end of the pointwise interval.</param>
/// <param name="High">Upper end of the pointwise interval.</param>
/// <param name="SimultaneousLow">Lower end of the interval that holds for all pairs at once.</param>
/// <param name="SimultaneousHigh">Upper end of the interval that holds for all pairs at once.</param>
/// <param name="CommonSamples">Samples with a score of both.</param>
/// <param name="DiscordantSamples">Those of them on which the two do not tie.</param>
/// <param name="Separated">Whether the simultaneous interval excludes 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PairComparison(
    double Difference,
    double StandardError,
    double Low,
    double High,
    double SimultaneousLow,
    double SimultaneousHigh,
    int CommonSamples,
    int DiscordantSamples,
    bool Separated)
{
    internal PairComparison Reversed() => this with
    {
        Difference = -Difference,
        Low = -High,
        High = -Low,
        SimultaneousLow = -SimultaneousHigh,
        SimultaneousHigh = -SimultaneousLow,
    };
}

/// <summary>All pairs of n competitors.</summary>
public sealed class PairComparisons
{
    private readonly PairComparison[] _pairs;

    internal PairComparisons(int competitors, PairComparison[] pairs)
    {
        (Competitors, _pairs) = (competitors, pairs);
        Separated = pairs.Count(p => p.Separated);
    }

    public int Competitors { get; }

    /// <summary>Number of pairs, n(n−1)/2.</summary>
    public int Count => _pairs.Length;

    /// <summary>Number of pairs whose order is certain at the level asked for.</summary>
    public int Separated { get; }

    /// <summary>Number of pairs whose order is not certain.</summary>
    public int NotSeparated => Count - Separated;

    /// <summary>The comparison of two different competitors, seen from the first.</summary>
    public PairComparison this[int first, int second]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(first);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(first, Competitors);
            ArgumentOutOfRangeException.ThrowIfNegative(second);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(second, Competitors);
            ArgumentOutOfRangeException.ThrowIfEqual(second, first);
            return first < second
                ? _pairs[IndexOf(first, second, Competitors)]
                : _pairs[IndexOf(second, first, Competitors)].Reversed();
        }
    }

    /// <summary>Whether the order of two competitors is certain; false for a competitor and itself.</summary>
    public bool AreSeparated(int first, int second) => first != second && this[first, second].Separated;

    /// <summary>Whether the first is certainly better than the second.</summary>
    public bool IsBetter(int first, int second) => first != second && this[first, second] is { Separated: true, Difference: > 0 };

    /// <summary>n × n flags row by row: which pairs are separated.</summary>
    public bool[] ToMatrix()
    {
        var flags = new bool[Competitors * Competitors];
        for (int a = 0; a < Competitors; a++)
        {
            for (int b = a + 1; b < Competitors; b++)
            {
                flags[a * Competitors + b] = flags[b * Competitors + a] = _pairs[IndexOf(a, b, Competitors)].Separated;
            }
        }

        return flags;
    }

    /// <summary>Place of the pair (a, b), a &lt; b, in row-by-row order of the upper triangle.</summary>
    internal static int IndexOf(int a, int b, int competitors) => a * (2 * competitors - a - 1) / 2 + (b - a - 1);
}
