using System.Runtime.InteropServices;

namespace Arena.Ranking;

/// <summary>Two competitors compared; numbers in rating units, positive where the first is better.</summary>
/// <param name="Difference">How much better the first is: the difference of ratings (mean score: over samples both were measured on).</param>
/// <param name="StandardError">Its standard error, one observation a sample or ballot; +∞ where the method gives none.</param>
/// <param name="Low">Lower end of the pointwise interval.</param>
/// <param name="High">Upper end of the pointwise interval.</param>
/// <param name="SimultaneousLow">Lower end of the interval that holds for all pairs at once.</param>
/// <param name="SimultaneousHigh">Upper end of the interval that holds for all pairs at once.</param>
/// <param name="Common">Samples with a score of both, or ballots with both.</param>
/// <param name="Discordant">Those of them on which the two do not tie.</param>
/// <param name="Separated">Whether the simultaneous interval excludes 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PairComparison(
    double Difference,
    double StandardError,
    double Low,
    double High,
    double SimultaneousLow,
    double SimultaneousHigh,
    int Common,
    int Discordant,
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
    private readonly Func<int, int, PairComparison> _compare;
    private readonly Lazy<int> _separated;

    internal PairComparisons(int competitors, PairComparison[] pairs)
        : this(competitors, (a, b) => pairs[IndexOf(a, b, competitors)])
    {
    }

    /// <summary>Pairs made when they are asked for: the comparisons of ten thousand competitors would not fit into memory.</summary>
    /// <param name="competitors">n.</param>
    /// <param name="compare">Compares a with b; called with a &lt; b only; pure.</param>
    internal PairComparisons(int competitors, Func<int, int, PairComparison> compare)
    {
        (Competitors, _compare) = (competitors, compare);
        _separated = new Lazy<int>(CountSeparated);
    }

    /// <summary>n.</summary>
    public int Competitors { get; }

    /// <summary>Number of pairs, n(n−1)/2.</summary>
    public int Count => (int)((long)Competitors * (Competitors - 1) / 2);

    /// <summary>Number of pairs whose order is certain at the level asked for.</summary>
    public int Separated => _separated.Value;

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
            return first < second ? _compare(first, second) : _compare(second, first).Reversed();
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
                flags[a * Competitors + b] = flags[b * Competitors + a] = _compare(a, b).Separated;
            }
        }

        return flags;
    }

    private int CountSeparated()
    {
        int separated = 0;
        for (int a = 0; a < Competitors; a++)
        {
            for (int b = a + 1; b < Competitors; b++)
            {
                separated += _compare(a, b).Separated ? 1 : 0;
            }
        }

        return separated;
    }

    /// <summary>Place of the pair (a, b), a &lt; b, in row-by-row order of the upper triangle.</summary>
    internal static int IndexOf(int a, int b, int competitors) => a * (2 * competitors - a - 1) / 2 + (b - a - 1);
}
